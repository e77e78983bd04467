import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { problemIn } from '../../../../test/support/person.js';
import { withClient } from '../../../../test/support/sql.js';

let api: TestApi;
const lead = { as: 'ngo-1' };
const service = { title: 'Sends referrals', scopes: ['cases', 'directory'], dailyRecords: 1_000 };

const ask = (method: 'GET' | 'POST' | 'DELETE', address: string, body?: object, headers = lead) =>
  api.ask(method, `/api/v1/service-accounts${address}`, body, headers);
const open = async (id: string, more: object = {}) => {
  const answer = await ask('POST', '', { id, ...service, ...more });
  expect([answer.statusCode, answer.payload]).toEqual([201, expect.any(String)]);
  return answer.json<{ key: string }>().key;
};
const call = (key: string, url: string, remoteAddress = '198.51.100.7', method: 'GET' | 'POST' = 'GET') =>
  api.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${key}` },
    remoteAddress,
    ...(method === 'POST' ? { payload: {} } : {}),
  });

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('a service account', () => {
  it('is known by its key, for its agency, within its scopes', async () => {
    const key = await open('svc-one');
    expect((await call(key, '/me')).json()).toMatchObject({
      id: 'svc-one',
      agency: 'NGO-ONE',
      roles: ['INTEGRATION'],
    });
    expect((await call(key, '/agencies')).statusCode).toBe(200);
    for (const address of ['/worklists/mine', '/sessions', '/staff', '/service-accounts', '/persons/x', '/inbox']) {
      expect([address, problemIn(await call(key, address))]).toEqual([address, 'scope-missing']);
    }
    expect((await call(`${key}x`, '/me')).statusCode).toBe(401);
    const kept = await withClient(api.database.urls.admin, async (client) =>
      JSON.stringify((await client.query('SELECT *, key_hash::text FROM service_keys')).rows),
    );
    expect([key.length > 40, kept.includes(key)]).toEqual([true, false]);
  });

  it('has two keys at a time at most, of which the old one ends', async () => {
    const first = await open('svc-two');
    const second = (await ask('POST', '/svc-two/keys', {})).json<{ key: string; previousUntil: string }>();
    for (const key of [first, second.key]) expect((await call(key, '/me')).statusCode).toBe(200);
    expect(problemIn(await ask('POST', '/svc-two/keys', {}))).toBe('keys-in-use');
    expect((await ask('DELETE', '/svc-two/keys/old')).statusCode).toBe(204);
    expect((await call(first, '/me')).statusCode).toBe(401);
    expect((await call(second.key, '/me')).statusCode).toBe(200);
    expect((await ask('POST', '/svc-two/keys', {})).statusCode).toBe(201);
    expect((await ask('DELETE', '/svc-two')).statusCode).toBe(204);
    expect((await call(second.key, '/me')).statusCode).toBe(401);
  });

  it('calls from its own networks alone', async () => {
    const key = await open('svc-three', { addresses: ['203.0.113.0/24', '2001:db8::/32'] });
    for (const address of ['203.0.113.77', '2001:db8::1'])
      expect((await call(key, '/me', address)).statusCode).toBe(200);
    for (const address of ['198.51.100.7', '2001:db9::1'])
      expect((await call(key, '/me', address)).statusCode).toBe(401);
    await open('svc-host', { addresses: ['203.0.113.9/24'] });
    for (const odd of [{ addresses: ['fe80::1%1/64'] }, { dailyRecords: 0 }]) {
      expect((await ask('POST', '', { id: 'svc-x', ...service, ...odd })).statusCode).toBe(400);
    }
    const wrong = { id: 'svc-x', ...service, addresses: ['203.0.113.0/33'] };
    expect((await ask('POST', '', wrong)).json()).toMatchObject({ errors: [{ field: 'addresses' }] });
  });

  it('is frozen when it takes more records than a day’s work needs, until a person has looked', async () => {
    const key = await open('svc-four', { dailyRecords: 5 });
    for (const size of [2, 2]) expect((await call(key, '/agencies')).json()).toHaveLength(size);
    const over = await call(key, '/agencies');
    expect([over.statusCode, problemIn(over), over.payload.includes('OSVY')]).toEqual([429, 'account-frozen', false]);
    api.clock.advance('PT14M');
    expect((await ask('GET', '')).json()).toContainEqual(
      expect.objectContaining({ id: 'svc-four', frozenAt: expect.any(String) }),
    );
    api.clock.advance('PT26H');
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    expect(problemIn(await call(key, '/me'))).toBe('account-frozen');
    const events = await withClient(api.database.urls.admin, (client) =>
      client.query(`SELECT kind, subject, by FROM identity_events WHERE subject = 'svc-four' ORDER BY at, id`),
    );
    expect(events.rows).toContainEqual({ kind: 'service_frozen', subject: 'svc-four', by: null });
    expect(problemIn(await ask('POST', '/svc-four/unfreezing', {}, { as: 'sup-kandal-1' }))).toBe('not-administrator');
    expect((await ask('POST', '/svc-four/unfreezing', {})).statusCode).toBe(204);
    expect((await call(key, '/me')).statusCode).toBe(200);
  });

  it('is opened by nobody who does not administer the agency', async () => {
    expect(problemIn(await ask('POST', '', { id: 'svc-y', ...service }, { as: 'sw-kandal-1' }))).toBe(
      'not-administrator',
    );
  });
});
