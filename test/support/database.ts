import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { checkoutDirectory } from '#libs/configuration';
import { migrate, type DatabaseUrls } from '#libs/database';

import { evidenceFolder } from './evidence.js';

/** A migrated, empty database for one test file, and names for its queues that no other file uses. */
export interface FreshDatabase {
  /** Name of the database; also the prefix (Redis) or schema (PostgreSQL) of the queues. */
  readonly name: string;
  readonly urls: Required<DatabaseUrls>;
  readonly redisUrl: string;
  drop(): Promise<void>;
}

/** Held while the template is made; the test files of one run start in several processes. */
const templateLock = 7_716_733;

/** A copy of a template that is migrated once for each state of the migrations, which is far quicker than migrating. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `spean_test_${randomBytes(8).toString('hex')}`;
  const template = `spean_template_${await digestOfMigrations()}`;
  await withAdmin(async (admin) => {
    await ensureTemplate(admin, template);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER spean_migrator`);
    await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await admin.query(`GRANT CONNECT ON DATABASE ${name} TO spean_program`);
  });
  const urls = {
    program: address('spean_program', name),
    migrator: address('spean_migrator', name),
    queue: address('spean_queue', 'spean_queue'),
    admin: address('postgres', name),
  };
  return {
    name,
    urls,
    redisUrl: setting('SPEAN_TEST_REDIS_URL'),
    drop: () => (evidenceFolder === undefined ? drop(name) : Promise.resolve()),
  };
}

async function ensureTemplate(admin: pg.Client, template: string): Promise<void> {
  await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
  try {
    const { rows } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rows.length > 0) return;
    const unfinished = `${template}_unfinished`;
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${unfinished} OWNER spean_migrator`);
    await migrate(address('spean_migrator', unfinished));
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [templateLock]);
  }
}

async function digestOfMigrations(): Promise<string> {
  const folder = path.join(checkoutDirectory(), 'migrations');
  const digest = createHash('sha256');
  for (const file of (await readdir(folder)).sort()) digest.update(await readFile(path.join(folder, file)));
  return digest.digest('hex').slice(0, 16);
}

async function drop(name: string): Promise<void> {
  await withAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  await withAdmin((admin) => admin.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`), 'spean_queue');
}

async function withAdmin(work: (admin: pg.Client) => Promise<unknown>, database = 'postgres'): Promise<void> {
  const admin = new pg.Client({ connectionString: address('postgres', database) });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

/** The throw-away server of the run has one password for all roles. */
function address(role: string, database: string): string {
  const url = new URL(setting('SPEAN_TEST_DATABASE_ADMIN_URL'));
  url.username = role;
  url.pathname = `/${database}`;
  return url.href;
}

function setting(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is missing: this test runs in a project with servers`);
  return value;
}
