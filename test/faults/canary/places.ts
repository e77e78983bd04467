import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { Redis } from 'ioredis';
import type { Client } from 'pg';

import type { MailServer } from '../../support/mail-server.js';
import type { Stage } from '../installation/stage.js';
import type { Asking } from './asking.js';
import { dumpOf } from './dump.js';

/** Somewhere a child's name must not be, piece by piece. */
export type Place = AsyncIterable<Buffer>;

/** Everywhere that a name could have got to. The files of the database are as a thief would find them. */
export async function placesOf(
  stage: Stage,
  heard: { asking: Asking; mails: MailServer; neighbours: { seen(): Place }; redisUrl: string },
): Promise<Readonly<Record<string, Place>>> {
  const cluster = await stage.asAdmin(async (client) => {
    await client.query('CHECKPOINT');
    return setting(client, 'data_directory');
  });
  return {
    'files of the database': filesIn(cluster, (file) => !file.startsWith('pg_wal')),
    'write-ahead log': filesIn(path.join(cluster, 'pg_wal')),
    'backup of the database': once(() => stage.asAdmin(dumpOf)),
    'backup of the queue database': once(() => stage.asAdmin(dumpOf, 'queue')),
    'files of Redis': filesIn(stage.folder, (file) => file.startsWith('appendonlydir')),
    'keys of Redis': once(() => keysOf(heard.redisUrl)),
    'logs and checkpoints': filesIn(stage.folder, (file) => /^[^/]+\.log$|^checkpoints\//.test(file)),
    'log of the database': once(() => readFile(path.join(path.dirname(cluster), 'server.log'))),
    mails: once(async () => Buffer.from(heard.mails.received.map(textOf).join('\n'))),
    'addresses and headers of requests to Primero and OSCaR': heard.neighbours.seen(),
    'numbers, lists and refusals': once(async () => Buffer.from(heard.asking.heard.join('\n'))),
  };
}

export async function setting(client: Client, name: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [name]);
  return rows[0]?.value ?? '';
}

export async function* once(read: () => Promise<Buffer>): Place {
  yield await read();
}

export async function* filesIn(folder: string, wanted: (file: string) => boolean = () => true): Place {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || !wanted(path.relative(folder, file))) continue;
    const content = await readIfThere(file);
    if (content !== undefined) yield content;
  }
}

/** A running server removes files of its own: what is gone can't be stolen. */
async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** As the server hands them out, with what they hold. */
export async function keysOf(url: string): Promise<Buffer> {
  const redis = new Redis(url);
  try {
    const held = await Promise.all((await redis.keys('*')).map(async (key) => `${key} ${await valueOf(redis, key)}`));
    return Buffer.from(held.join('\n'));
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  const readers: Readonly<Record<string, () => Promise<unknown>>> = {
    string: () => redis.get(key),
    hash: () => redis.hgetall(key),
    list: () => redis.lrange(key, 0, -1),
    set: () => redis.smembers(key),
    zset: () => redis.zrange(key, 0, -1),
    stream: () => redis.xrange(key, '-', '+'),
  };
  return JSON.stringify(await readers[await redis.type(key)]?.());
}

const textOf = ({ raw, parsed }: MailServer['received'][number]): string =>
  `${raw}\n${parsed.subject ?? ''}\n${parsed.text ?? ''}`;
