import type { Pool } from 'pg';

import { Batches } from './batches.js';
import { borrow } from './borrow.js';
import { setContext, type DatabaseContext } from './context.js';
import { isConnectionTrouble } from './errors.js';
import { StatementBatch, type BatchFailure, type Statement } from './statement-batch.js';

/** A transaction that is whole before any of it is sent. */
export interface WholeTransaction {
  readonly context: DatabaseContext;
  readonly statements: readonly Statement[];
}

/**
 * Somebody else's lock on one member's rows must not keep the other members waiting: rather they run one by one. Also
 * shorter than it takes PostgreSQL to look for a deadlock (deadlock_timeout, 1 s).
 */
const impatient: Statement = {
  name: 'impatient',
  text: "SELECT set_config('lock_timeout', '250ms', true)",
  values: [],
};

/**
 * Commits transactions that ask nothing, those of one moment together: one write, one commit and one flush of the log to
 * disk for several. Under 32 callers that triples the appends a second. None is acknowledged before the commit, and when
 * one of them fails nothing of any is stored and each runs again alone, so nobody notices the company.
 */
export class GroupCommit {
  readonly #pool: Pool;
  readonly #batches = new Batches<WholeTransaction, BatchFailure | undefined>((members) => this.#together(members));

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * @param locks what the transaction locks first and holds to its end: the id of its stream. Without it the transaction
   *   goes alone.
   * @returns the failure, if any; its index counts the transaction's own statements, and is beyond them when the commit
   *   failed.
   * @throws DatabaseUnavailable when nothing was sent for want of a connection.
   */
  commit(transaction: WholeTransaction, locks: string | undefined): Promise<BatchFailure | undefined> {
    return locks === undefined ? this.#alone(transaction) : this.#batches.add(locks, transaction);
  }

  async #alone({ context, statements }: WholeTransaction): Promise<BatchFailure | undefined> {
    const failure = await this.#write([setContext(context), ...statements]);
    return failure && { ...failure, index: failure.index - 1 };
  }

  async #together(members: readonly WholeTransaction[]): Promise<(BatchFailure | undefined)[]> {
    const [first] = members;
    if (first !== undefined && members.length === 1) {
      return [await this.#alone(first)];
    }
    const failure = await this.#write([impatient, ...members.flatMap(inContext)]);
    // Whether it was committed is unknown to all of them alike, and running again would not tell.
    if (failure !== undefined && !isConnectionTrouble(failure.error)) {
      throw failure.error;
    }
    return members.map(() => failure);
  }

  async #write(statements: readonly Statement[]): Promise<BatchFailure | undefined> {
    const client = await borrow(this.#pool);
    const failure = await StatementBatch.run(client, statements);
    client.release(isConnectionTrouble(failure?.error));
    return failure;
  }
}

/** The context is set where it is another than that of the transaction before. */
function inContext(
  { context, statements }: WholeTransaction,
  index: number,
  members: readonly WholeTransaction[],
): readonly Statement[] {
  return members[index - 1]?.context === context ? statements : [setContext(context), ...statements];
}
