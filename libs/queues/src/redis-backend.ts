import { Queue, Worker } from 'bullmq';

import { runRetryDelay, type Backend } from './backend.js';

const connectTimeout = 5_000;
const commandTimeout = 5_000;

/**
 * Queues on Redis. Adding never waits for a lost connection (no offline queue, one try), because what is added is a
 * wake-up that somebody else makes good; a worker does wait, for as long as it takes. The prefix is a hash tag, so that
 * all keys of a queue stay together on a Redis Cluster.
 */
export function redisBackend(url: string, prefix: string): Backend {
  const common = (name: string) => ({ prefix: `{${prefix}-${name}}` });
  const reached = { url, connectTimeout };
  return {
    queue: (name) =>
      new Queue(name, {
        ...common(name),
        connection: { ...reached, commandTimeout, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
      }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, {
        ...common(name),
        concurrency,
        runRetryDelay,
        connection: { ...reached, maxRetriesPerRequest: null },
      }),
  };
}
