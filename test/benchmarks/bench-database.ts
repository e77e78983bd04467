import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readConfiguration } from '#libs/configuration';
import { acquireDatabase, migrate } from '#libs/database';

/** Addresses of one database, and of the queues beside it. */
export interface BenchDatabase {
  readonly program: string;
  readonly admin: string;
  readonly queue: string;
}

/** A server of the benchmark's own, with PostgreSQL's default durability, so that nothing else's data is in the way. */
export interface BenchServer {
  /** An empty database; `migrated` with the program's schema, as its owner would make it. */
  database(name: string, options: { migrated: boolean }): Promise<BenchDatabase>;
  run(text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-'));
  await chmod(folder, 0o711);
  const acquired = await acquireDatabase({
    ...readConfiguration(process.env),
    database: { kind: 'embedded' },
    dataDirectory: folder,
  });
  const { program, migrator, queue, admin = program } = acquired.urls;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  return {
    database: async (name, { migrated }) => {
      await client.query(`CREATE DATABASE ${name} OWNER spean_migrator`);
      if (migrated) {
        await migrate(inDatabase(migrator, name));
      }
      return { program: inDatabase(program, name), admin: inDatabase(admin, name), queue };
    },
    run: async (text) => void (await client.query(text)),
    stop: async () => {
      await client.end();
      await acquired.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Shows every row to everybody, as a database without a second wall would. */
export async function withoutRowSecurity(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'SELECT oid::regclass::text AS name FROM pg_class WHERE relrowsecurity',
  );
  for (const { name } of rows) await client.query(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`);
  await client.end();
}

function inDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
