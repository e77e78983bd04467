import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { readConfiguration } from '#libs/configuration';
import { acquireDatabase, migrate, type DatabaseUrls } from '#libs/database';
import type { QueueBackend } from '#libs/queues';

import { fillDirectory } from './directory.js';
import { freePort } from './free-port.js';
import { Program } from './program.js';
import { RedisServer } from './redis-server.js';

/** Seconds between two sweeps: the shortest, so that the drill need not wait long for what no queue woke. */
const sweepSeconds = '1';

/** A whole installation of its own: database as durable as any, queues, API and worker. Gone after the drill. */
export class Stage {
  readonly address: string;
  /** Where its files are kept, the master key among them. */
  readonly folder: string;
  readonly api: Program;
  readonly worker: Program;
  readonly urls: DatabaseUrls;
  /** Undefined where the queues are in PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly #closing: (() => Promise<unknown>)[];

  private constructor(urls: DatabaseUrls, env: NodeJS.ProcessEnv, folder: string, closing: (() => Promise<unknown>)[]) {
    this.urls = urls;
    this.folder = folder;
    this.redisUrl = env['REDIS_URL'];
    this.address = `http://127.0.0.1:${env['PORT'] ?? ''}`;
    this.api = new Program('api', env, folder);
    this.worker = new Program('worker', env, folder);
    this.#closing = closing;
  }

  static async open(backend: QueueBackend): Promise<Stage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'spean-drill-'));
    const closing = [() => rm(folder, { recursive: true, force: true })];
    try {
      await chmod(folder, 0o711); // the database may run as a user of its own
      const configuration = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder });
      const database = await acquireDatabase(configuration, () => undefined);
      closing.unshift(() => database.release());
      await migrate(database.urls.migrator);
      const redis = backend === 'redis' ? await RedisServer.start(folder) : undefined;
      if (redis !== undefined) closing.unshift(() => redis.stop());
      const env = await environment(database.urls, folder, redis);
      const stage = new Stage(database.urls, env, folder, closing);
      await stage.asAdmin(fillDirectory);
      return stage;
    } catch (error) {
      for (const step of closing) await step();
      throw error;
    }
  }

  async start(): Promise<void> {
    await Promise.all([this.api.start(), this.worker.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), this.worker.stop()]);
  }

  /** Past row-level security, to see everything that is there. */
  async asAdmin<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const address = new URL(this.urls.admin ?? this.urls.program);
    address.pathname = new URL(this.urls.program).pathname;
    const client = new pg.Client({ connectionString: address.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** May be called more than once. */
  async close(): Promise<void> {
    await this.stop();
    for (const step of this.#closing.splice(0)) await step();
  }
}

async function environment(urls: DatabaseUrls, folder: string, redis?: RedisServer): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    PORT: String(await freePort()),
    DATABASE_URL: urls.program,
    QUEUE_DATABASE_URL: urls.queue,
    SPEAN_DATA_DIR: folder,
    SPEAN_SWEEP_SECONDS: sweepSeconds,
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
}
