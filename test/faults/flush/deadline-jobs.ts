import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

import { deadlineQueue } from '#libs/deadlines';

/** What waits in the Redis of the drill, and the end of it. */
export class DeadlineJobs {
  readonly #redis: Redis;
  readonly #queue: Queue;

  constructor(url: string) {
    this.#redis = new Redis(url, { maxRetriesPerRequest: null });
    this.#queue = new Queue(deadlineQueue, { connection: this.#redis, prefix: `{spean-${deadlineQueue}}` });
  }

  /** Wake-ups for deadlines that wait for their moment. */
  waiting(): Promise<number> {
    return this.#queue.getDelayedCount();
  }

  /** Empties Redis. @returns the keys that were in it, at least */
  async flush(): Promise<number> {
    const keys = await this.#redis.dbsize();
    await this.#redis.flushall();
    return keys;
  }

  async close(): Promise<void> {
    await this.#queue.close();
    this.#redis.disconnect();
  }
}
