import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { problemIn } from '../../../../test/support/person.js';
import { withClient } from '../../../../test/support/sql.js';

const ministry = 'ministry-1';
const service = {
  code: 'counselling_online_abuse',
  type: 'counselling',
  name: 'Counselling after abuse online',
  uuid: '11111111-2222-4333-8444-555555555555',
};

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await withClient(api.database.urls.admin, (client) =>
    client.query(`INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'MINISTRY', 'government', 'Ministry');
      INSERT INTO staff (tenant_id, id, agency, roles, title)
      VALUES (1, '${ministry}', 'MINISTRY', '{MOSVY_CPD}', 'Oversight')`),
  );
}, 60_000);
afterAll(() => api.close());

const change = (table: string, body: object, as = ministry) =>
  api.ask('PUT', `/api/v1/code-tables/${table}`, body, { as });
const reason = 'A new service began';

describe('a code table of the exchange', () => {
  it('is changed by the ministry, and counts at once', async () => {
    const offered = {
      service: service.code,
      agency: 'NGO-ONE',
      provinces: ['08'],
      capacity: 5,
      startsOn: '2026-01-01',
    };
    const before = await api.ask('POST', '/api/v1/directory/services', offered, { as: ministry });
    expect([before.statusCode, problemIn(before)]).toEqual([400, 'invalid-fields']);
    expect((await change('services', { entries: [service], reason, after: 0 })).json()).toEqual({ version: 1 });
    const known = await api.ask('GET', '/api/v1/directory/service-codes', undefined, { as: worker });
    const { code, type, name } = service;
    expect(known.json()).toContainEqual({ code, type, name });
    expect((await api.ask('POST', '/api/v1/directory/services', offered, { as: ministry })).statusCode).toBe(201);
  });

  it('is changed by nobody else', async () => {
    const refused = await change('services', { entries: [], reason, after: 1 }, worker);
    expect([refused.statusCode, problemIn(refused)]).toEqual([403, 'role-not-allowed']);
  });

  it('is not changed over a change that was not seen', async () => {
    const stale = await change('services', { entries: [], reason, after: 0 });
    expect([stale.statusCode, problemIn(stale)]).toEqual([409, 'version-conflict']);
    const both = [1, 2].map(() => change('provinces', { entries: [{ province: '12', user: 'u' }], reason, after: 0 }));
    expect((await Promise.all(both)).map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it('names every row that cannot be used', async () => {
    const entries = [
      { ...service, uuid: 'x' },
      { code: service.code, more: 1 },
    ];
    const refused = await change('services', { entries, reason, after: 1 });
    const { errors } = refused.json<{ errors: { field: string; code: string }[] }>();
    expect(errors.map(({ field, code }) => [field, code])).toEqual([
      ['entries.0.uuid', 'invalid'],
      ['entries.1.more', 'unknown'],
      ['entries.1.type', 'missing'],
      ['entries.1.name', 'missing'],
      ['entries.1.uuid', 'missing'],
    ]);
    const twice = await change('services', { entries: [service, service], reason, after: 1 });
    expect(twice.json()).toMatchObject({ errors: [{ field: 'entries.1.code', code: 'invalid' }] });
    const beyond = await change('provinces', { entries: [{ province: '26', user: 'u' }], reason, after: 1 });
    expect(beyond.json()).toMatchObject({ errors: [{ field: 'entries.0.province' }] });
    expect((await change('genders', { entries: [], reason, after: 0 })).statusCode).toBe(404);
  });

  it('keeps every version, with who made it and why', async () => {
    expect((await change('services', { entries: [], reason: 'It ended', after: 1 })).json()).toEqual({ version: 2 });
    const history = await api.ask('GET', '/api/v1/code-tables/services', undefined, { as: worker });
    expect(history.json()).toMatchObject([
      { version: 2, entries: [], reason: 'It ended', changedBy: ministry },
      { version: 1, entries: [service], reason, changedBy: ministry },
    ]);
  });
});
