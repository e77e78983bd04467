import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Database } from '#libs/database';

import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { withClient } from '../../../test/support/sql.js';
import { Agencies, CallerResolver } from './index.js';

const context = { tenant: 1, principals: [] };

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program });
  await withClient(fresh.urls.admin, (client) =>
    client.query(`
      INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, 'OSVY', 'government', 'Office', '08'), (2, 'THEIRS', 'ngo', 'Other', NULL);
      INSERT INTO staff (tenant_id, id, agency, roles, title, province, active) VALUES
        (1, 'sw-1', 'OSVY', '{OSVY_SW}', 'Social worker', '08', true),
        (1, 'sw-2', 'OSVY', '{OSVY_SW}', 'Social worker', NULL, true),
        (1, 'left', 'OSVY', '{OSVY_SW}', 'Social worker', '08', false),
        (2, 'theirs', 'THEIRS', '{NGO_CW}', 'Case worker', NULL, true);
    `),
  );
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('a caller', () => {
  it('is found with roles, agency, province and language', async () => {
    const callers = new CallerResolver(database, context);
    const caller = { id: 'sw-1', agency: 'OSVY', roles: ['OSVY_SW'], title: 'Social worker', language: 'km' };
    expect(await callers.find('sw-1')).toEqual({ ...caller, province: '08' });
    expect(await callers.find('sw-1')).toEqual({ ...caller, province: '08' });
    expect(await callers.find('sw-2')).toEqual({ ...caller, id: 'sw-2' });
  });

  it.each(['left', 'theirs', 'nobody'])('who is %s is not found', async (id) => {
    expect(await new CallerResolver(database, context).find(id)).toBeUndefined();
  });
});

describe('agencies', () => {
  it('are those of the installation', async () => {
    const agencies = new Agencies(database, context);
    expect((await agencies.all()).map(({ id }) => id)).toEqual(['OSVY']);
    expect(await agencies.has('OSVY')).toBe(true);
    expect(await agencies.has('THEIRS')).toBe(false);
  });
});
