import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

interface Recorded {
  id: string;
  version: number;
  events: string[];
}

const note = { kind: 'CASE_NOTE', text: 'All is well' };

let api: TestApi;
let personId: string;
let caseId: string;
let keys = 0;

beforeAll(async () => {
  api = await startApi();
  personId = (await api.ask('POST', '/api/v1/persons', { sex: 'male', synthetic: true })).json<Recorded>().id;
  caseId = (await api.ask('POST', '/api/v1/cases', { personId, synthetic: true })).json<Recorded>().id;
});
afterAll(() => api.close());

const newKey = () => ({ 'idempotency-key': `key ${(keys += 1)}` });
const notes = () => `/api/v1/cases/${caseId}/notes`;

const countEvents = (streamId: string) =>
  withClient(api.database.urls.admin, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM events WHERE stream_id = $1',
      [streamId],
    );
    return rows[0]?.count;
  });

describe('the same Idempotency-Key twice', () => {
  it('gives the same answer, and one set of events', async () => {
    const key = newKey();
    const first = await api.ask('POST', notes(), note, key);
    const count = await countEvents(caseId);
    const second = await api.ask('POST', notes(), note, key);
    expect(first.statusCode).toBe(201);
    expect({ status: second.statusCode, body: second.json<Recorded>(), etag: second.headers['etag'] }).toEqual({
      status: first.statusCode,
      body: first.json<Recorded>(),
      etag: first.headers['etag'],
    });
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await countEvents(caseId)).toBe(count);
  });

  it('opens one case, at one address', async () => {
    const key = newKey();
    const body = { personId, pathway: 'A_OCSEA', synthetic: true };
    const answers = [
      await api.ask('POST', '/api/v1/cases', body, key),
      await api.ask('POST', '/api/v1/cases', body, key),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(new Set(answers.map(({ headers }) => headers['location'])).size).toBe(1);
    const location = String(answers[0]?.headers['location']);
    expect((await api.ask('GET', location)).statusCode).toBe(200);
  });

  it('registers one person', async () => {
    const key = newKey();
    const first = await api.ask('POST', '/api/v1/persons', { sex: 'female' }, key);
    const second = await api.ask('POST', '/api/v1/persons', { sex: 'female' }, key);
    expect({ status: second.statusCode, body: second.json<Recorded>() }).toEqual({
      status: 201,
      body: first.json<Recorded>(),
    });
    expect(await countEvents(first.json<Recorded>().id)).toBe(1);
  });

  it('at the same moment is done once', async () => {
    const key = newKey();
    const before = (await countEvents(caseId)) ?? 0;
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.ask('POST', notes(), note, key)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ payload }) => payload)).size).toBe(1);
    expect(await countEvents(caseId)).toBe(before + 1);
  });

  it('with another body is refused', async () => {
    const key = newKey();
    await api.ask('POST', notes(), note, key);
    const count = await countEvents(caseId);
    const other = await api.ask('POST', notes(), { ...note, text: 'All is not well' }, key);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ type: 'urn:spean:problem:key-reused' });
    expect(await countEvents(caseId)).toBe(count);
  });

  it('with another address is refused', async () => {
    const key = newKey();
    await api.ask('POST', notes(), note, key);
    const other = await api.ask('POST', `/api/v1/cases/${caseId}/documents`, { code: 'INTAKE_REPORT' }, key);
    expect(other.statusCode).toBe(422);
  });

  it('by another caller is another request', async () => {
    const key = newKey();
    const mine = await api.ask('POST', notes(), note, key);
    const theirs = await api.ask('POST', notes(), note, { ...key, as: 'sup-kandal-1' });
    expect(theirs.statusCode).toBe(201);
    expect(theirs.json<Recorded>().version).toBe(mine.json<Recorded>().version + 1);
  });

  it('without a key a request sent twice is done twice', async () => {
    const before = (await countEvents(caseId)) ?? 0;
    await api.ask('POST', notes(), note);
    await api.ask('POST', notes(), note);
    expect(await countEvents(caseId)).toBe(before + 2);
  });
});
