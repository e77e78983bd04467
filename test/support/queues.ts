import { Redis } from 'ioredis';
import pg from 'pg';

import type { QueueBackend, QueueStore } from '#libs/queues';
import type { FreshDatabase } from './database.js';

export const queueBackends: readonly QueueBackend[] = ['redis', 'postgresql'];

/** Where a test file keeps its queues; their prefix is the name of its database. */
export function storeOf(backend: QueueBackend, { redisUrl, urls }: FreshDatabase): QueueStore {
  return { kind: backend, url: backend === 'redis' ? redisUrl : urls.queue };
}

/** Every key or row of the queues with this prefix, gone as after the loss of the server's disk. */
export async function wipeQueues({ kind, url }: QueueStore, prefix: string): Promise<void> {
  return kind === 'redis' ? wipeRedis(url, prefix) : wipePostgres(url, prefix);
}

/** Everything that the queues with this prefix hold, as text. */
export async function contentsOf({ kind, url }: QueueStore, prefix: string): Promise<string> {
  if (kind === 'redis') return withRedis(url, async (redis) => JSON.stringify(await dump(redis, prefix)));
  return withPostgres(url, async (client) => {
    const { rows } = await client.query(`SELECT * FROM ${prefix}.job`);
    return JSON.stringify(rows);
  });
}

async function wipeRedis(url: string, prefix: string): Promise<void> {
  await withRedis(url, async (redis) => {
    const keys = await redis.keys(`{${prefix}-*`);
    if (keys.length > 0) await redis.del(...keys);
  });
}

async function wipePostgres(url: string, prefix: string): Promise<void> {
  await withPostgres(url, (client) => client.query(`TRUNCATE ${prefix}.job CASCADE`));
}

async function dump(redis: Redis, prefix: string): Promise<unknown[]> {
  const keys = await redis.keys(`{${prefix}-*`);
  return Promise.all(
    keys.map(async (key) => [key, (await redis.type(key)) === 'hash' ? await redis.hgetall(key) : undefined]),
  );
}

async function withRedis<Result>(url: string, work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    await redis.quit();
  }
}

async function withPostgres<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
