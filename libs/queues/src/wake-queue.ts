import type { Log } from '#libs/logging';
import type { AnyQueue } from './backend.js';
import { within } from './within.js';

/** A call to look at something, now or later. It may get lost: whoever owns the work looks by itself as well. */
export interface WakeUp<Data extends object> {
  /** The same call has the same id, so that it waits only once. */
  readonly id: string;
  /** Ids only: what is queued is readable by whoever can read Redis or its files. */
  readonly data: Data;
  readonly delayMs?: number;
}

/** The time a command may lose to the queue, in milliseconds. */
const defaultPatienceMs = 250;

/** A finished job would keep its id, and the same wake-up could never be added again. */
const forgetting = { removeOnComplete: true, removeOnFail: true } as const;

/** The adding side of one queue. */
export class WakeQueue<Data extends object> {
  readonly name: string;
  readonly #queue: AnyQueue;
  readonly #log: Log;
  #ready = false;

  constructor(name: string, queue: AnyQueue, log: Log) {
    this.name = name;
    this.#queue = queue;
    this.#log = log;
    void queue.waitUntilReady().then(
      () => (this.#ready = true),
      () => undefined, // told to the error listener
    );
  }

  /**
   * Adds wake-ups; those whose id is waiting already are left as they are. Never throws and never takes longer than
   * `patienceMs`: while the queue can't be reached the wake-ups are dropped.
   *
   * @returns whether they were added for certain
   */
  async add(wakeUps: readonly WakeUp<Data>[], patienceMs = defaultPatienceMs): Promise<boolean> {
    if (wakeUps.length === 0) return true;
    const added =
      this.#ready && (await within(this.#queue.addBulk(wakeUps.map((each) => this.#job(each))), patienceMs));
    if (!added) this.#log.debug('wake-ups dropped', { queue: this.name, count: wakeUps.length });
    return added;
  }

  /** Jobs that are being done or could be done now. */
  async countBusy(): Promise<number> {
    const { active = 0, waiting = 0 } = await this.#queue.getJobCounts('active', 'waiting');
    return active + waiting;
  }

  #job({ id, data, delayMs = 0 }: WakeUp<Data>) {
    return { name: this.name, data, opts: { jobId: id, delay: Math.max(0, Math.ceil(delayMs)), ...forgetting } };
  }
}
