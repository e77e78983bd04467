import { withClient } from './sql.js';

/** Every row of every table, as a backup holds them. */
export type Dump = Map<string, string>;

const tablesText = `SELECT relname AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations' ORDER BY relname`;

export async function dumpOf(url: string): Promise<Dump> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(tablesText);
    const dump: Dump = new Map();
    for (const { name } of rows) {
      const result = await client.query<{ rows: string }>(
        `SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${name} t`,
      );
      dump.set(name, result.rows[0]?.rows ?? '[]');
    }
    return dump;
  });
}

/** Brings a database of the same schema to where the dump was taken, without its triggers. */
export async function restore(dump: Dump, url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`SET session_replication_role = 'replica'`);
    for (const [name, rows] of dump) {
      await client.query(`DELETE FROM ${name}`);
      await client.query(
        `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(null::${name}, $1)`,
        [rows],
      );
    }
  });
}
