import type { DatabaseContext } from './context.js';
import { causeOf, isLostRace } from './errors.js';
import { Session, type SessionAccess } from './session.js';
import type { Transaction } from './transaction.js';

const attempts = 5;
/** A race is lost against a transaction that is nearly done: a short, growing, random pause lets it finish. */
const longestPauseMs = 20;

/** The one way to write: opens the transaction, sets the context, commits, and only then gives the hints. */
export class UnitOfWork {
  readonly #access: SessionAccess;

  constructor(access: SessionAccess) {
    this.#access = access;
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
    const session = new Session(this.#access, context, 'read write');
    try {
      const result = await work(session);
      await session.commit();
      await session.release();
      session.giveHints();
      return result;
    } catch (error) {
      await session.rollback();
      await session.release();
      throw session.failure ?? error;
    }
  }
}
