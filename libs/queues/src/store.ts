/** Where the queues live. */
export type QueueStore = { readonly kind: 'redis' | 'postgresql'; readonly url: string };

export type QueueBackend = QueueStore['kind'];

/** Redis where the settings name one, otherwise BullMQ's PostgreSQL backend in the queues' own database. */
export function queueStore(redisUrl: string | undefined, queueDatabaseUrl: string): QueueStore {
  return redisUrl === undefined ? { kind: 'postgresql', url: queueDatabaseUrl } : { kind: 'redis', url: redisUrl };
}
