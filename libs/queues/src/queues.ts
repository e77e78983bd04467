import { DelayedError, type Job } from 'bullmq';

import type { Log } from '#libs/logging';
import type { AnyQueue, AnyWorker, Backend, Failing } from './backend.js';
import { postgresBackend } from './postgres-backend.js';
import { redisBackend } from './redis-backend.js';
import type { QueueBackend, QueueStore } from './store.js';
import { within } from './within.js';
import { WakeQueue } from './wake-queue.js';

export interface QueuesOptions {
  readonly log: Log;
  /** Keeps the queues of two installations apart; lower-case letters, digits and underscores. */
  readonly prefix?: string;
}

/** Does the work of one wake-up. Answers when to be woken again if it came too early. */
export type WakeProcessor<Data extends object> = (data: Data) => Promise<{ againInMs: number } | undefined>;

const prefixShape = /^[a-z_][a-z0-9_]{0,49}$/;
const readyPatienceMs = 1_000;
const closePatienceMs = 3_000;
const complainEveryMs = 60_000;

/**
 * The one place that opens queues and workers, on Redis or on PostgreSQL with the same names and the same code. Nothing
 * here is the truth about anything: a queue may be emptied, lost or down at any time, and work is only done later.
 */
export class Queues {
  readonly backend: QueueBackend;
  readonly #backend: Backend;
  readonly #log: Log;
  readonly #queues = new Map<string, { queue: AnyQueue; wakeUps: WakeQueue<never> }>();
  readonly #workers: (() => Promise<void>)[] = [];

  private constructor(kind: QueueBackend, backend: Backend, log: Log) {
    this.backend = kind;
    this.#backend = backend;
    this.#log = log;
  }

  /** @throws when the queues' database can't be prepared. An unreachable Redis is waited for in the background. */
  static async open(store: QueueStore, { log, prefix = 'spean' }: QueuesOptions): Promise<Queues> {
    if (!prefixShape.test(prefix)) throw new RangeError('a prefix is lower-case letters, digits and underscores');
    const backend = store.kind === 'redis' ? redisBackend(store.url, prefix) : await postgresBackend(store.url, prefix);
    return new Queues(store.kind, backend, log);
  }

  /** The adding side of a queue; waits a moment for the connection, so that the first wake-ups are not dropped. */
  async queue<Data extends object>(name: string): Promise<WakeQueue<Data>> {
    const known = this.#queues.get(name);
    if (known !== undefined) return known.wakeUps;
    const queue = this.#backend.queue(name);
    this.#listen(queue, name);
    const wakeUps = new WakeQueue<Data>(name, queue, this.#log);
    this.#queues.set(name, { queue, wakeUps: wakeUps as unknown as WakeQueue<never> });
    await within(queue.waitUntilReady(), readyPatienceMs);
    return wakeUps;
  }

  /** Starts working on a queue. A wake-up that fails is forgotten: whoever owns the work tries again. */
  work<Data extends object>(name: string, processor: WakeProcessor<Data>, concurrency: number): void {
    const process = async (job: Job<Data>, token?: string) => {
      const again = await processor(job.data);
      if (again === undefined) return;
      await job.moveToDelayed(Date.now() + again.againInMs, token);
      throw new DelayedError();
    };
    const worker = this.#backend.worker(name, process, concurrency);
    this.#listen(worker, name);
    this.#workers.push(closingOf(worker));
  }

  /** Jobs under way or ready to be done, in the queues opened here. */
  async countBusy(): Promise<number> {
    const counts = await Promise.all([...this.#queues.values()].map(({ wakeUps }) => wakeUps.countBusy()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Lets the jobs under way finish, for a few seconds at most, then closes every connection. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((close) => within(close(), closePatienceMs)));
    await Promise.all([...this.#queues.values()].map(({ queue }) => within(queue.close(), closePatienceMs)));
  }

  /** A lost connection reports every attempt to get it back; once a minute is enough to know. */
  #listen(source: Failing, queue: string): void {
    let quietUntil = 0;
    source.on('error', (error) => {
      if (Date.now() < quietUntil) return;
      quietUntil = Date.now() + complainEveryMs;
      this.#log.warn('a queue is in trouble', { queue, error });
    });
  }
}

/** A worker that never got its connection would wait for it before it closes. */
function closingOf(worker: AnyWorker): () => Promise<void> {
  let connected = false;
  void worker.waitUntilReady().then(
    () => (connected = true),
    () => undefined, // told to the error listener
  );
  return () => worker.close(!connected);
}
