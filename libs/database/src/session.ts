import type { PoolClient } from 'pg';

import { beginIn, type DatabaseContext } from './context.js';
import { CommitOutcomeUnknown, DatabaseUnavailable, isAftermath, isConnectionTrouble } from './errors.js';
import type { Transaction } from './transaction.js';

type Hint = () => void;

/**
 * One transaction on one pooled connection. The connection pipelines: a statement is written as soon as it is asked
 * for, without waiting for the answers of those before it. PostgreSQL runs them in order, and after a failed one
 * refuses all that follow, COMMIT included, so writing ahead can never commit half of the work.
 */
export class Session implements Transaction {
  readonly context: DatabaseContext;
  readonly #client: PoolClient;
  readonly #unanswered = new Set<Promise<unknown>>();
  readonly #hints: Hint[] = [];
  #failure: Error | undefined;
  #ended = false;

  constructor(client: PoolClient, context: DatabaseContext, mode: 'read only' | 'read write') {
    this.#client = client;
    this.context = context;
    this.#track(client.query(beginIn(context, mode)));
  }

  /** The error that started the trouble, when there is any; later ones are only its aftermath. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  async query<Row extends object>(name: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.#start<Row>(name, text, values);
    return result.rows;
  }

  send(name: string, text: string, values: readonly unknown[] = [], explain?: (error: Error) => Error): void {
    this.#start(name, text, values, explain).catch(() => undefined); // kept in #failure, thrown by commit
  }

  afterCommit(hint: Hint): void {
    this.#hints.push(hint);
  }

  /** @throws the first failure of the transaction; then nothing of it is stored. */
  async commit(): Promise<void> {
    const [ending] = await Promise.allSettled([this.#end('COMMIT'), ...this.#unanswered]);
    if (ending.status === 'rejected') {
      // Answers come in order, so a lost one says nothing about what the server did with the statements behind it.
      this.#failure = isConnectionTrouble(ending.reason)
        ? new CommitOutcomeUnknown('no answer to COMMIT', { cause: ending.reason })
        : ending.reason;
    }
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }

  /** Ends a transaction that has nothing to keep; a connection too broken for that has nothing to lose either. */
  async rollback(): Promise<void> {
    if (!this.#ended) {
      await this.#end('ROLLBACK').catch(() => undefined);
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

  #start<Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
    explain: (error: Error) => Error = (error) => error,
  ) {
    if (this.#ended) {
      throw new Error('the transaction has ended; statements must be started before its function returns');
    }
    const answer = this.#client.query<Row>({ name, text, values: values as unknown[] }).catch((error: Error) => {
      const explained = isConnectionTrouble(error)
        ? new DatabaseUnavailable('the database did not answer', { cause: error })
        : explain(error);
      if (!isAftermath(error)) {
        this.#failure ??= explained;
      }
      throw this.#failure ?? explained;
    });
    this.#track(answer);
    return answer;
  }

  #end(command: 'COMMIT' | 'ROLLBACK') {
    this.#ended = true;
    return this.#client.query(command);
  }

  #track(statement: Promise<unknown>): void {
    this.#unanswered.add(statement);
    const answered = () => this.#unanswered.delete(statement);
    statement.then(answered, (error: Error) => {
      this.#failure ??= error;
      answered();
    });
  }
}
