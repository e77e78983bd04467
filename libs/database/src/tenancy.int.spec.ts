import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { Database } from './database.js';

const context = { tenant: 1, principals: [] };
const stream = '0190a5d6-0000-7000-8000-000000000001';
const addKey = `INSERT INTO child_keys (tenant_id, person_id, field_class, key_id, master_key_id, wrapped)
  VALUES ($1, $2, 'identity', gen_random_uuid(), 'master', 'wrapped')`;

let fresh: FreshDatabase;
let database: Database;
let outside: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: 1 });
  outside = new pg.Client({ connectionString: fresh.urls.program });
  await outside.connect();
  await database.unitOfWork.run(context, (tx) => {
    tx.send('', addKey, [1, stream]);
    tx.send(
      '',
      "INSERT INTO streams (tenant_id, stream_id, category, version, last_txid, head_hash) VALUES (1, $1, 'case', 1, 0, '')",
      [stream],
    );
    tx.send(
      '',
      `INSERT INTO events (tenant_id, stream_id, version, txid, position, occurred_at, precision, recorded_at, command_id,
        command_ord, type, schema_ver, data, meta, hash)
        VALUES (1, $1, 1, 1, 1, now(), 'day', now(), gen_random_uuid(), 0, 'CaseOpened', 1, '{}', '{}', '')`,
      [stream],
    );
  });
});

afterAll(async () => {
  await outside.end();
  await database.close();
  await fresh.drop();
});

const count = (table: string) => `SELECT count(*)::int AS n FROM ${table}`;

describe.each(['streams', 'events', 'child_keys'])('rows of %s', (table) => {
  it('are seen in their tenant’s context and in no other', async () => {
    const inTenant = (tenant: number) =>
      database.read({ ...context, tenant }, (queries) => queries.query('', count(table)));
    await expect(inTenant(1)).resolves.toEqual([{ n: 1 }]);
    await expect(inTenant(2)).resolves.toEqual([{ n: 0 }]);
  });

  it('are not there for a query outside a unit of work, and it raises no error', async () => {
    await expect(outside.query(count(table))).resolves.toMatchObject({ rows: [{ n: 0 }] });
    await outside.query('BEGIN');
    await outside.query("SELECT set_config('spean.tenant', '1', true)");
    await outside.query('COMMIT');
    // The setting is now empty instead of unknown, as on any pooled connection that was used before.
    await expect(outside.query(count(table))).resolves.toMatchObject({ rows: [{ n: 0 }] });
  });
});

describe('every table with a tenant', () => {
  it('forces row-level security, on its owner too, and has keys that begin with the tenant', async () => {
    const admin = new pg.Client({ connectionString: fresh.urls.admin });
    await admin.connect();
    const { rows } = await admin.query<{ name: string; forced: boolean; front: string; comment: string | null }>(`
      SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
        (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
          WHERE i.indrelid = c.oid AND i.indisprimary) AS front,
        obj_description(c.oid) AS comment
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')`);
    await admin.end();
    expect(rows.length).toBeGreaterThanOrEqual(6);
    for (const table of rows) {
      expect(table).toMatchObject({ forced: true, front: 'tenant_id', comment: expect.any(String) });
    }
  });

  it('refuses to write into another tenant', async () => {
    const writing = database.unitOfWork.run(context, (tx) => tx.send('', addKey, [2, stream]));
    await expect(writing).rejects.toMatchObject({ code: '42501' });
  });
});
