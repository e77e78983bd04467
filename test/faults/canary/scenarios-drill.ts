import { spawn } from 'node:child_process';
import { appendFile, chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { checkoutDirectory, readConfiguration } from '#libs/configuration';
import { acquireDatabase } from '#libs/database';
import { Redis } from 'ioredis';
import pg from 'pg';

import type { DrillOutcome, Surroundings } from '../drill.js';
import { RedisServer } from '../installation/redis-server.js';
import { planted } from './canaries.js';
import { dumpOf } from './dump.js';
import { filesIn, keysOf, once, setting, type Place } from './places.js';
import { foundNowhere, plantedEverywhere, searched } from './searching.js';

interface Installation {
  readonly folder: string;
  readonly adminUrl: string;
  readonly redisUrl: string;
}

/**
 * Runs every golden scenario about children whom nobody could mistake, on servers that keep all they are given, then
 * looks for their names and for what was said of them in everything that could be stolen or read along.
 */
export async function scenariosDrill({ say, stop }: Surroundings): Promise<DrillOutcome> {
  const started = performance.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-drill-'));
  const closing = [() => rm(folder, { recursive: true, force: true })];
  try {
    await Promise.all([chmod(folder, 0o711), mkdir(path.join(folder, 'evidence'))]);
    const database = await acquireDatabase(
      readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder }),
      () => undefined,
    );
    closing.unshift(() => database.release());
    const redis = await RedisServer.start(folder);
    closing.unshift(() => redis.stop());
    const installation = { folder, adminUrl: database.urls.admin ?? '', redisUrl: redis.url };
    await onePasswordForAll(installation);
    say('living through the scenarios');
    const passed = await liveThrough(installation, stop);
    await plant(installation);
    say('searching');
    const databases = await databasesOf(installation);
    const places = await searched(await placesOf(installation, databases));
    const believable = passed && databases.length > 1 && plantedEverywhere(places);
    if (!believable) say('A scenario failed, or what was planted was not found everywhere: this run proves nothing');
    const seconds = Math.round((performance.now() - started) / 1_000);
    const report = { scenariosPassed: passed, databases: databases.length, places, seconds };
    return { passed: believable && foundNowhere(places), report };
  } finally {
    for (const step of closing) await step();
  }
}

/** Tests reach every role with the administrator's. */
async function onePasswordForAll({ adminUrl }: Installation): Promise<void> {
  const password = pg.escapeLiteral(decodeURIComponent(new URL(adminUrl).password));
  await asAdmin(adminUrl, async (client) => {
    for (const role of ['spean_migrator', 'spean_program', 'spean_queue']) {
      await client.query(`ALTER ROLE ${role} PASSWORD ${password}`);
    }
  });
}

function liveThrough({ folder, adminUrl, redisUrl }: Installation, stop: AbortSignal): Promise<boolean> {
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'scenarios'];
  const env = {
    ...process.env,
    SPEAN_TEST_EVIDENCE: path.join(folder, 'evidence'),
    SPEAN_TEST_DATABASE_ADMIN_URL: adminUrl,
    SPEAN_TEST_REDIS_URL: redisUrl,
  };
  const running = spawn(process.execPath, [...jest, '--forceExit'], {
    cwd: checkoutDirectory(),
    env,
    stdio: ['ignore', 2, 2], // what tests say is no report
    signal: stop,
  });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('exit', (code) => resolve(code === 0));
  });
}

async function databasesOf({ adminUrl }: Installation): Promise<string[]> {
  return asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE NOT datistemplate');
    return rows.map(({ datname }) => datname);
  });
}

async function placesOf(
  { folder, adminUrl, redisUrl }: Installation,
  databases: readonly string[],
): Promise<Readonly<Record<string, Place>>> {
  const cluster = await asAdmin(adminUrl, async (client) => {
    await client.query('CHECKPOINT');
    return setting(client, 'data_directory');
  });
  return {
    'files of the databases': filesIn(cluster, (file) => !file.startsWith('pg_wal')),
    'write-ahead log': filesIn(path.join(cluster, 'pg_wal')),
    'backups of the databases': dumps(adminUrl, databases),
    'files of Redis': filesIn(folder, (file) => file.startsWith('appendonlydir')),
    'keys of Redis': once(() => keysOf(redisUrl)),
    logs: filesIn(path.join(folder, 'evidence'), (file) => file.startsWith('program')),
    refusals: filesIn(path.join(folder, 'evidence'), (file) => file.startsWith('refusals')),
    'log of the database': filesIn(path.dirname(cluster), (file) => file === 'server.log'),
  };
}

async function* dumps(adminUrl: string, databases: readonly string[]): Place {
  for (const database of databases) {
    const address = new URL(adminUrl);
    address.pathname = `/${database}`;
    yield await asAdmin(address.href, dumpOf);
  }
}

/** Writes the word that must be found into everything that is searched. */
async function plant({ folder, adminUrl, redisUrl }: Installation): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query(`CREATE TABLE planted AS SELECT '${planted}' AS word`);
    await client.query(`DO $$ BEGIN RAISE WARNING '${planted}'; END $$`);
  });
  for (const name of ['program', 'refusals']) {
    await appendFile(path.join(folder, 'evidence', `${name}-planted.log`), planted);
  }
  const redis = new Redis(redisUrl);
  await redis.set('planted', planted);
  redis.disconnect();
}

async function asAdmin<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
