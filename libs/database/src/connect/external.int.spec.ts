import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assertProgramRole } from './assert-program-role.js';
import { findExternal } from './external.js';
import { databases, withClient } from './roles.js';

const adminUrl = process.env['SPEAN_TEST_DATABASE_ADMIN_URL'] ?? '';
const name = `spean_external_${randomBytes(6).toString('hex')}`;
const superuserUrl = beside(name);
const plainUrl = loginOf('spean_plain', superuserUrl);

beforeAll(async () => {
  await withClient(adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${name}`);
    await client.query(`CREATE ROLE spean_plain LOGIN PASSWORD 'plain'`);
  });
});
afterAll(async () => {
  await withClient(adminUrl, async (client) => {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.query('DROP ROLE spean_plain');
  });
});

describe('an external database', () => {
  it('is prepared for its roles by a login that may', async () => {
    const urls = await findExternal({ kind: 'external', url: superuserUrl }, { queueNeeded: true });
    expect(urls).toEqual({
      program: superuserUrl,
      migrator: superuserUrl,
      queue: beside(databases.queue),
      admin: superuserUrl,
    });
    await withClient(superuserUrl, async (client) => {
      await client.query('SET ROLE spean_migrator; CREATE TABLE events ()');
    });
  });

  it('is used as it is by a login that may not', async () => {
    const settings = { kind: 'external', url: plainUrl, migratorUrl: 'postgres://m@db/spean' } as const;
    const urls = await findExternal(settings, { queueNeeded: false });
    expect(urls).toEqual({
      program: plainUrl,
      migrator: settings.migratorUrl,
      queue: loginOf('spean_plain', beside(databases.queue)),
    });
  });
});

describe('assertProgramRole', () => {
  it('accepts a login without powers', async () => {
    await expect(assertProgramRole(plainUrl)).resolves.toBeUndefined();
  });

  it('refuses a superuser, whatever role it has taken', async () => {
    const taken = new URL(superuserUrl);
    taken.searchParams.set('options', '-c role=spean_program');
    await expect(assertProgramRole(taken.href)).rejects.toThrow(/superuser/);
  });

  it('refuses whoever may act as the owner of the log', async () => {
    await withClient(adminUrl, (client) => client.query('GRANT spean_migrator TO spean_plain'));
    await expect(assertProgramRole(plainUrl)).rejects.toThrow(/spean_plain owns the log/);
  });

  it('refuses whoever sees past the row policies', async () => {
    await withClient(adminUrl, (client) => client.query('ALTER ROLE spean_plain BYPASSRLS'));
    await expect(assertProgramRole(plainUrl)).rejects.toThrow(/row-level security/);
  });
});

function beside(database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function loginOf(role: string, address: string): string {
  const url = new URL(address);
  url.username = role;
  url.password = 'plain';
  return url.href;
}
