import { DataSource } from 'typeorm';

import { migrations } from '../../../migrations/index.js';
import { connectionSettings, migratorRole } from './connection.js';

/** A migration waits this long for a table in use, then gives up rather than hold every writer behind it. */
const migratorSettings = ['lock_timeout=2s'];

/** Held while migrating, so that processes that start together migrate one after the other. */
const migrationLock = 7_716_732;

/**
 * Brings the database to the newest schema; changes nothing when it is there already. The address belongs to the
 * migrator's role or to one that may become it.
 *
 * @returns the names of the migrations that were run, oldest first.
 */
export async function migrate(migratorUrl: string): Promise<string[]> {
  return asMigrator(migratorUrl, async (source) => {
    const run = await source.runMigrations({ transaction: 'each' });
    return run.map(({ name }) => name);
  });
}

/** Takes the newest migrations back, newest first, for as many as asked. */
export async function revert(migratorUrl: string, count: number): Promise<void> {
  await asMigrator(migratorUrl, async (source) => {
    for (let reverted = 0; reverted < count; reverted += 1) {
      await source.undoLastMigration({ transaction: 'each' });
    }
  });
}

async function asMigrator<Result>(url: string, work: (source: DataSource) => Promise<Result>): Promise<Result> {
  const source = new DataSource({
    type: 'postgres',
    applicationName: 'spean migrations',
    installExtensions: false,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    extra: connectionSettings(url, migratorRole, migratorSettings),
  });
  await source.initialize();
  const guard = source.createQueryRunner();
  try {
    await guard.query('SET lock_timeout = 0');
    await guard.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await guard.query('SET lock_timeout = DEFAULT');
    return await work(source);
  } finally {
    await guard.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    await guard.release();
    await source.destroy();
  }
}
