import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

const staff = 'exchange-staff';
let api: TestApi;
const [recordId, personId] = [randomUUID(), randomUUID()];

beforeAll(async () => {
  api = await startApi();
  await withClient(api.database.urls.admin, async (client) => {
    await client.query(`INSERT INTO agencies VALUES (1, 'exchange', 'system', 'Exchange', NULL)`);
    await client.query(
      `INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES (1, $1, 'exchange', '{INTEGRATION}', 'Exchange')`,
      [staff],
    );
    await client.query(
      `INSERT INTO received_records (tenant_id, record_id, system, digest, state, reason, person_id, received_at, sealed)
       VALUES (1, $1, 'primero', 'd', 'quarantined', 'date_of_birth: not a date', $2, '2026-03-13T02:00:00Z', '')`,
      [recordId, personId],
    );
  });
});
afterAll(() => api.close());

const ask = (who: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  api.ask(method, `/api/v1/exchange${path}`, body, { as: who });

describe('the ledger of the exchange', () => {
  it('is for those who look after the exchange', async () => {
    expect((await ask(worker, 'GET', '/records')).statusCode).toBe(403);
    const answer = await ask(staff, 'GET', '/records?state=quarantined&direction=in&target=primero');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        items: [expect.objectContaining({ id: recordId, state: 'quarantined', attempts: 1, caseId: null })],
        next: null,
      },
    ]);
    expect((await ask(staff, 'GET', '/targets')).json()).toEqual([]);
  });

  it('is read page by page', async () => {
    const first = await ask(staff, 'GET', '/records?limit=1&from=2026-03-01T00:00:00Z');
    expect(first.json()).toMatchObject({ items: [{ id: recordId }], next: null });
    expect((await ask(staff, 'GET', '/records?cursor=WyJ4IiwieSJd')).statusCode).toBe(400);
    expect((await ask(staff, 'GET', '/records?state=lost')).statusCode).toBe(400);
  });

  it('shows a record, takes in a corrected one, and says what cannot be done', async () => {
    const shown = await ask(staff, 'GET', `/records/${recordId}`);
    expect([shown.statusCode, shown.json<{ identity: unknown }>().identity]).toEqual([200, null]);
    expect((await ask(staff, 'POST', `/records/${recordId}/replay`, {})).statusCode).toBe(409);
    const bad = await ask(staff, 'POST', `/records/${recordId}/correction`, { record: { date_of_birth: 'x' } });
    expect(bad.statusCode).toBe(400);
    const id = randomUUID();
    const record = { id, case_id: id, name_first: 'Dara', sex: 'male', date_of_birth: '2012-01-01' };
    const done = await ask(staff, 'POST', `/records/${recordId}/correction`, { record });
    expect([done.statusCode, done.json()]).toEqual([200, { replayed: 1 }]);
    expect((await ask(staff, 'GET', `/records/${recordId}`)).json()).toMatchObject({ state: 'ignored' });
    expect((await ask(staff, 'GET', `/records/${randomUUID()}`)).statusCode).toBe(404);
  });

  it('is done once more for a stretch of time', async () => {
    const range = { state: 'confirmed', from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };
    const answer = await ask(staff, 'POST', '/replays', range);
    expect([answer.statusCode, answer.json()]).toEqual([200, { replayed: 1 }]);
  });
});
