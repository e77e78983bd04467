import { performance } from 'node:perf_hooks';

import type { Clock, Instant } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';

const refreshEveryMs = 30_000;

/**
 * The time of the database, kept in the process: between two looks at the database the time is counted with a clock
 * that nobody can set. All processes therefore agree on when a deadline is due, and a machine whose own clock is wrong,
 * or is put right in one jump, neither fires early nor late.
 */
export class DatabaseClock implements Clock {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #timer: NodeJS.Timeout;
  /** What to add to the process's counter to get milliseconds since 1970 by the database. */
  #offset = 0;

  private constructor(database: Database, context: DatabaseContext) {
    this.#database = database;
    this.#context = context;
    this.#timer = setInterval(() => void this.#refresh().catch(keepCounting), refreshEveryMs);
    this.#timer.unref();
  }

  /** @throws DatabaseUnavailable when the database can't be asked even once. */
  static async start(database: Database, context: DatabaseContext): Promise<DatabaseClock> {
    const clock = new DatabaseClock(database, context);
    try {
      await clock.#refresh();
      return clock;
    } catch (error) {
      clock.stop();
      throw error;
    }
  }

  now(): Instant {
    return new Date(performance.now() + this.#offset).toISOString();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The answer was made somewhere between question and answer; the middle is wrong by half the round trip at most. */
  async #refresh(): Promise<void> {
    await this.#database.read(this.#context, async (queries) => {
      await queries.query('clock_warm_up', 'SELECT 1');
      const asked = performance.now();
      const [row] = await queries.query<{ ms: number }>(
        'clock_timestamp',
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
      );
      if (row !== undefined) this.#offset = row.ms - (asked + performance.now()) / 2;
    });
  }
}

/** The counter drifts by milliseconds an hour, so an unreachable database is no reason to stop the clock. */
const keepCounting = () => undefined;
