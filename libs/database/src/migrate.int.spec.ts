import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrations } from '../../../migrations/index.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { migrate, revert } from './migrate.js';

let fresh: FreshDatabase;
let admin: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  admin = new pg.Client({ connectionString: fresh.urls.admin });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await fresh.drop();
});

async function schema() {
  const { rows } = await admin.query(`
    SELECT 'column' AS kind, table_name AS name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position) AS is
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations' GROUP BY table_name
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'policy', tablename || '.' || policyname, qual FROM pg_policies
    UNION ALL SELECT 'grant', table_name, string_agg(grantee || ' ' || privilege_type, ', ' ORDER BY grantee, privilege_type)
      FROM information_schema.table_privileges WHERE table_schema = 'public' AND table_name <> 'migrations' GROUP BY table_name
    ORDER BY 1, 2`);
  return rows as unknown[];
}

describe('migrations', () => {
  it('change nothing when they are all run already, by several processes at once', async () => {
    const runs = await Promise.all([migrate(fresh.urls.migrator), migrate(fresh.urls.migrator)]);
    expect(runs).toEqual([[], []]);
  });

  it('can all be taken back, and run again to the same schema', async () => {
    const before = await schema();
    expect(before.length).toBeGreaterThan(10);
    await revert(fresh.urls.migrator, migrations.length);
    await expect(schema()).resolves.toEqual([]);
    await expect(migrate(fresh.urls.migrator)).resolves.toHaveLength(migrations.length);
    await expect(schema()).resolves.toEqual(before);
  });

  it('are run as the migrator’s role by whoever may become it', async () => {
    await revert(fresh.urls.admin, 1);
    await migrate(fresh.urls.admin);
    const { rows } = await admin.query("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'");
    expect(rows).toEqual([{ tableowner: 'spean_migrator' }]);
  });
});
