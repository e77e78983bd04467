import type { Pool, PoolClient } from 'pg';

import type { DatabaseContext } from './context.js';
import { DatabaseUnavailable, isConnectionTrouble, isLostRace } from './errors.js';
import { Session } from './session.js';
import type { Transaction } from './transaction.js';

const attempts = 5;
/** A race is lost against a transaction that is nearly done: a short, growing, random pause lets it finish. */
const longestPauseMs = 20;

/** The one way to write: opens the transaction, sets the context, commits, and only then gives the hints. */
export class UnitOfWork {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Runs `work` in one transaction. What it sends but does not await travels with COMMIT in one round trip; it has
   * happened when the returned promise resolves, and not a moment earlier.
   *
   * A transaction that lost a race with another (serialisation failure, deadlock, or a stream that was written in the
   * meantime by a younger transaction) is run again from the start, so `work` must do nothing outside the database.
   *
   * @throws whatever `work` throws, or the first statement's error; nothing is stored then.
   * @throws DatabaseUnavailable, CommitOutcomeUnknown
   */
  async run<Result>(context: DatabaseContext, work: (tx: Transaction) => Promise<Result> | Result): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(context, work);
      } catch (error) {
        if (attempt === attempts || !isLostRace(causeOf(error))) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * longestPauseMs * (attempt / attempts)));
      }
    }
  }

  async #once<Result>(context: DatabaseContext, work: (tx: Transaction) => Promise<Result> | Result): Promise<Result> {
    const client = await borrow(this.#pool);
    let session: Session | undefined;
    try {
      session = new Session(client, context, 'read write');
      const result = await work(session);
      await session.commit();
      client.release();
      session.giveHints();
      return result;
    } catch (error) {
      await session?.rollback();
      const failure = session?.failure ?? error;
      client.release(isConnectionTrouble(causeOf(failure)));
      throw failure;
    }
  }
}

export async function borrow(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new DatabaseUnavailable('no connection to the database', { cause: error });
  }
}

/** Our own errors keep PostgreSQL's as their cause. */
export const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause ? error.cause : error);
