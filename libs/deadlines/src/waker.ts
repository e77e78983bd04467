import type { Clock, Instant } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import type { WakeQueue } from '#libs/queues';
import { dueRungs, type DueRung } from './deadline-table.js';
import { after, lookAheadMs, wakeUpFor, type WaitingRung } from './wake-up.js';

/** The hint after a commit: queues wake-ups for those of a case's deadlines that reach their next rung soon. */
export class DeadlineWaker {
  readonly #queue: WakeQueue<WaitingRung>;
  readonly #clock: Clock;

  constructor(queue: WakeQueue<WaitingRung>, clock: Clock) {
    this.#queue = queue;
    this.#clock = clock;
  }

  /** Never throws and never takes long; what gets lost here is put into the queue by the relay or fired by the sweep. */
  async wake(rungs: readonly WaitingRung[]): Promise<void> {
    const now = this.#clock.now();
    const horizon = after(now, lookAheadMs);
    await this.#queue.add(rungs.filter(({ rungAt }) => rungAt <= horizon).map((rung) => wakeUpFor(rung, now)));
  }
}

const pageSize = 500;
/** The relay has all the time until its next round, but should notice when the queue is gone. */
const patienceMs = 5_000;

/** Puts what comes due within the look-ahead into the queue; what is in there already stays as it is. */
export class DeadlineRelay {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #queue: WakeQueue<WaitingRung>;
  readonly #clock: Clock;

  constructor(database: Database, context: DatabaseContext, queue: WakeQueue<WaitingRung>, clock: Clock) {
    this.#database = database;
    this.#context = context;
    this.#queue = queue;
    this.#clock = clock;
  }

  /** @returns how many wake-ups are in the queue for certain */
  async relayOnce(): Promise<number> {
    const now = this.#clock.now();
    let relayed = 0;
    for (let last: DueRung | undefined; ;) {
      const page = await this.#page(now, last);
      if (
        !(await this.#queue.add(
          page.map((rung) => wakeUpFor(rung, now)),
          patienceMs,
        ))
      )
        return relayed;
      relayed += page.length;
      last = page.at(-1);
      if (page.length < pageSize) return relayed;
    }
  }

  #page(now: Instant, last: WaitingRung | undefined): Promise<DueRung[]> {
    const window = { until: after(now, lookAheadMs), now, limit: pageSize, after: last };
    return this.#database.read(this.#context, (queries) => dueRungs(queries, window));
  }
}
