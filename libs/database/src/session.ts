import type { PoolClient } from 'pg';

import { beginIn, type DatabaseContext } from './context.js';
import { causeOf, CommitOutcomeUnknown, DatabaseUnavailable, isAftermath, isConnectionTrouble } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import { StatementBatch, type BatchFailure, type Statement } from './statement-batch.js';
import type { Transaction } from './transaction.js';

interface SentStatement extends Statement {
  readonly explain: (error: Error) => Error;
}

type Hint = () => void;

/** How a session reaches the database. */
export interface SessionAccess {
  /** @throws DatabaseUnavailable */
  connect(): Promise<PoolClient>;
  readonly commits: GroupCommit;
}

/**
 * One transaction, in as few round trips as its work allows.
 *
 * What is only sent is held until an answer is needed, and then written in one go. A transaction that asks nothing needs
 * no connection of its own: it is committed whole, together with others of the moment. One that asks takes a connection
 * and is begun with its first query, and ends with what is left to send and COMMIT in one batch. In both, PostgreSQL
 * refuses everything that follows a failed statement, COMMIT included, so writing ahead can never commit half of the work.
 */
export class Session implements Transaction {
  readonly context: DatabaseContext;
  readonly #access: SessionAccess;
  readonly #mode: 'read only' | 'read write';
  readonly #hints: Hint[] = [];
  readonly #locked = new Set<string>();
  #held: SentStatement[] = [];
  #connection: Promise<PoolClient> | undefined;
  #ended = false;
  #failure: Error | undefined;

  constructor(access: SessionAccess, context: DatabaseContext, mode: 'read only' | 'read write') {
    this.#access = access;
    this.context = context;
    this.#mode = mode;
  }

  /** The error that started the trouble, when there is any; later ones are only its aftermath. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async query<Row extends object>(name: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    this.#mustBeOpen();
    const before = this.#takeHeld();
    this.#connection ??= this.#begin();
    const client = await this.#connection;
    this.#writeAhead(client, before);
    try {
      const result = await client.query<Row>({ name, text, values: values as unknown[] });
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

  locks(stream: string): void {
    this.#locked.add(stream);
  }

  afterCommit(hint: Hint): void {
    this.#hints.push(hint);
  }

  /** @throws the first failure of the transaction; then nothing of it is stored. */
  async commit(): Promise<void> {
    this.#mustBeOpen();
    this.#ended = true;
    if (this.#failure === undefined) {
      await (this.#connection === undefined ? this.#commitWhole() : this.#commitRest(await this.#connection));
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

  /** Gives the connection back, if there was one; what was asked of it last is still answered before its next user. */
  async release(): Promise<void> {
    const client = await this.#connection?.catch(() => undefined);
    client?.release(isConnectionTrouble(causeOf(this.#failure)));
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

  async #begin(): Promise<PoolClient> {
    const begin = beginIn(this.context, this.#mode);
    const client = await this.#access.connect();
    client.query(begin).catch((error: unknown) => this.#failed(error as Error));
    return client;
  }

  /** Nobody waits for these: a failure is kept, and met again by the query or COMMIT behind them. */
  #writeAhead(client: PoolClient, statements: readonly SentStatement[]): void {
    if (statements.length > 0) {
      void StatementBatch.run(client, statements).then((failure) => {
        if (failure !== undefined) {
          this.#failed(failure.error, statements[failure.index]?.explain);
        }
      });
    }
  }

  async #commitWhole(): Promise<void> {
    const statements = this.#takeHeld();
    if (statements.length > 0) {
      const [stream, other] = this.#locked;
      const locks = other === undefined ? stream : undefined;
      const failure = await this.#access.commits.commit({ context: this.context, statements }, locks);
      this.#judge(failure, statements);
    }
  }

  async #commitRest(client: PoolClient): Promise<void> {
    const statements = this.#takeHeld();
    this.#judge(await StatementBatch.run(client, [...statements, commitStatement]), statements);
  }

  #judge(failure: BatchFailure | undefined, statements: readonly SentStatement[]): void {
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
    const client = await this.#connection?.catch(() => undefined);
    await client?.query('ROLLBACK').catch(() => undefined);
  }
}

const commitStatement = { name: 'commit', text: 'COMMIT', values: [] };
