import type { PoolClient } from 'pg';

import { beginIn, setContext, type DatabaseContext } from './context.js';
import { CommitOutcomeUnknown, DatabaseUnavailable, isAftermath, isConnectionTrouble } from './errors.js';
import { StatementBatch, type Statement } from './statement-batch.js';
import type { Transaction } from './transaction.js';

interface SentStatement extends Statement {
  readonly explain: (error: Error) => Error;
}

type Hint = () => void;

/**
 * One transaction on one pooled connection, in as few round trips as its work allows.
 *
 * What is only sent is held until an answer is needed, and then written in one go. A transaction that asks nothing goes
 * to PostgreSQL whole, its context first, as one batch that commits by itself. One that asks is begun with its first
 * query, and ends with what is left to send and COMMIT in one batch. In both, PostgreSQL refuses everything that follows
 * a failed statement, COMMIT included, so writing ahead can never commit half of the work.
 */
export class Session implements Transaction {
  readonly context: DatabaseContext;
  readonly #client: PoolClient;
  readonly #mode: 'read only' | 'read write';
  readonly #hints: Hint[] = [];
  #held: SentStatement[] = [];
  #begun = false;
  #ended = false;
  #failure: Error | undefined;

  constructor(client: PoolClient, context: DatabaseContext, mode: 'read only' | 'read write') {
    this.#client = client;
    this.context = context;
    this.#mode = mode;
  }

  /** The error that started the trouble, when there is any; later ones are only its aftermath. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async query<Row extends object>(name: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    this.#mustBeOpen();
    this.#begin();
    this.#writeHeld();
    try {
      const result = await this.#client.query<Row>({ name, text, values: values as unknown[] });
      return result.rows;
    } catch (error) {
      throw this.#failed(error as Error);
    }
  }

  send(
    name: string,
    text: string,
    values: readonly unknown[] = [],
    explain: (error: Error) => Error = (error) => error,
  ): void {
    this.#mustBeOpen();
    this.#held.push({ name, text, values, explain });
  }

  afterCommit(hint: Hint): void {
    this.#hints.push(hint);
  }

  /** @throws the first failure of the transaction; then nothing of it is stored. */
  async commit(): Promise<void> {
    this.#mustBeOpen();
    this.#ended = true;
    if (this.#failure === undefined && (this.#begun || this.#held.length > 0)) {
      await this.#writeLast();
    }
    if (this.#failure !== undefined) {
      await this.#rollBack();
      throw this.#failure;
    }
  }

  /** Ends a transaction that has nothing to keep; a connection too broken for that has nothing to lose either. */
  async rollback(): Promise<void> {
    if (!this.#ended) {
      this.#ended = true;
      await this.#rollBack();
    }
  }

  giveHints(): void {
    for (const hint of this.#hints) {
      try {
        hint();
      } catch {
        // The transaction stands whatever becomes of a hint; whoever needs certainty follows the feed.
      }
    }
  }

  #mustBeOpen(): void {
    if (this.#ended) {
      throw new Error('the transaction has ended; statements must be started before its function returns');
    }
  }

  #begin(): void {
    if (!this.#begun) {
      this.#begun = true;
      this.#client.query(beginIn(this.context, this.#mode)).catch((error: unknown) => this.#failed(error as Error));
    }
  }

  /** Nobody waits for these: a failure is kept, and met again by the query or COMMIT behind them. */
  #writeHeld(): void {
    if (this.#held.length > 0) {
      const statements = this.#takeHeld();
      void StatementBatch.run(this.#client, statements).then((failure) => {
        if (failure !== undefined) {
          this.#failed(failure.error, statements[failure.index]?.explain);
        }
      });
    }
  }

  async #writeLast(): Promise<void> {
    const held = this.#takeHeld();
    const statements: (Statement & Partial<SentStatement>)[] = this.#begun
      ? [...held, commitStatement]
      : [setContext(this.context), ...held];
    const failure = await StatementBatch.run(this.#client, statements);
    if (failure === undefined) {
      return;
    }
    // The server may have committed and only its answer be lost.
    if (isConnectionTrouble(failure.error)) {
      this.#failure = new CommitOutcomeUnknown('no answer to COMMIT', { cause: failure.error });
    } else {
      this.#failed(failure.error, statements[failure.index]?.explain);
    }
  }

  #takeHeld(): SentStatement[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #failed(error: Error, explain: (error: Error) => Error = (same) => same): Error {
    const explained = isConnectionTrouble(error)
      ? new DatabaseUnavailable('the database did not answer', { cause: error })
      : explain(error);
    if (!isAftermath(error)) {
      this.#failure ??= explained;
    }
    return this.#failure ?? explained;
  }

  async #rollBack(): Promise<void> {
    if (this.#begun) {
      await this.#client.query('ROLLBACK').catch(() => undefined);
    }
  }
}

const commitStatement = { name: 'commit', text: 'COMMIT', values: [] };
