import { errorName, pauseAfter } from '#libs/background';
import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import type { Log } from '#libs/logging';
import { dueRungs, forgetFailure, isWaiting, keepFailure, type DueRung } from './deadline-table.js';
import { fire, type CommandHandler } from './firing.js';
import { after } from './wake-up.js';

/** Left to the wake-ups, in milliseconds: what they fire in time needs no sweep. */
const graceMs = 1_000;
const pageSize = 100;
/** Cases and facilities that are fired at the same time; the deadlines of one follow each other, or they would race. */
const streamsAtOnce = 4;

export interface SweepParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly commands: CommandHandler;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Swept {
  reached: number;
  failed: number;
}

/**
 * The safety net: fires every deadline that is past its time, whether or not anything ever woke it. One that can't be
 * fired is noted with the reason, tried again after a growing pause, and never stands in the way of the others.
 */
export class DeadlineSweep {
  readonly #parts: SweepParts;

  constructor(parts: SweepParts) {
    this.#parts = parts;
  }

  /** @throws DatabaseUnavailable, CommitOutcomeUnknown: the next sweep goes on where this one could not. */
  async sweepOnce(): Promise<Swept> {
    const { database, context, clock } = this.#parts;
    const now = clock.now();
    const swept = { reached: 0, failed: 0 };
    for (let last: DueRung | undefined; ;) {
      const window = { until: after(now, -graceMs), now, limit: pageSize, after: last };
      const page = await database.read(context, (queries) => dueRungs(queries, window));
      await this.#firePage(page, swept);
      last = page.at(-1);
      if (page.length < pageSize) return swept;
    }
  }

  async #firePage(page: readonly DueRung[], swept: Swept): Promise<void> {
    const streams = byStream(page);
    const next = async (): Promise<void> => {
      for (let rungs = streams.shift(); rungs !== undefined; rungs = streams.shift()) {
        for (const rung of rungs) await this.#fireOne(rung, swept);
      }
    };
    await Promise.all(Array.from({ length: streamsAtOnce }, next));
  }

  async #fireOne(rung: DueRung, swept: Swept): Promise<void> {
    const { commands, clock, database, context } = this.#parts;
    const firing = await fire(rung, commands, clock);
    if (firing.outcome === 'failed') return this.#fail(rung, errorName(firing.error), swept, firing.error);
    if (firing.outcome === 'nothing' && (await database.read(context, (queries) => isWaiting(queries, rung)))) {
      return this.#fail(rung, 'NothingReached', swept);
    }
    if (firing.outcome === 'reached') swept.reached += 1;
    if (rung.attempts > 0) await database.unitOfWork.run(context, (tx) => forgetFailure(tx, rung));
  }

  async #fail(rung: DueRung, lastError: string, swept: Swept, error?: unknown): Promise<void> {
    const { database, context, clock, log } = this.#parts;
    const { streamId, deadline } = rung;
    const attempts = rung.attempts + 1;
    const failedAt = clock.now();
    const failure = { attempts, failedAt, nextTryAt: after(failedAt, pauseAfter(attempts)), lastError };
    await database.unitOfWork.run(context, (tx) => keepFailure(tx, rung, failure));
    swept.failed += 1;
    log.error('a deadline could not be fired', { streamId, deadline, count: attempts, code: lastError, error });
  }
}

function byStream(page: readonly DueRung[]): DueRung[][] {
  const streams = new Map<string, DueRung[]>();
  for (const rung of page) streams.set(rung.streamId, [...(streams.get(rung.streamId) ?? []), rung]);
  return [...streams.values()];
}
