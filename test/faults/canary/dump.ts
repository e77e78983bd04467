import type { Client } from 'pg';

/** What a logical backup holds: every row of every table as text, whatever its compression on disk. */
export async function dumpOf(client: Client): Promise<Buffer> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const parts: Buffer[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`SELECT whole::text AS row FROM ${name} whole`);
    parts.push(Buffer.from(rows.map(({ row }) => row).join('\n')));
  }
  return Buffer.concat(parts);
}
