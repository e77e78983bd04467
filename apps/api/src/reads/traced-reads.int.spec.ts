import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

interface Row {
  reader: string;
  agency: string;
  roles: string[];
  relations: string[];
  purpose: string;
  route: string;
  case_ids: string[];
  person_ids: string[];
  classes: string[];
  trace_id: string;
  at: Date;
}

const personId = randomUUID();
const caseId = randomUUID();

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const identity = { familyNameLatin: 'Made-up', givenNameLatin: 'Child', birthDate: '2012-02-02' };
  const child = { personId, sex: 'female', identity, location: { address: 'nowhere' }, synthetic: true };
  const opening = { caseId, personId, owner: worker, pathway: 'A_OCSEA', province: '12', synthetic: true };
  await did('POST', '/persons', child);
  await did('POST', '/cases', opening);
  await did('POST', `/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: 'made-up' });
});
afterAll(() => api.close());

async function did(method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await api.ask(method, `/api/v1${path}`, body, headers);
  expect([path, answer.statusCode, answer.statusCode < 300 ? '' : answer.payload]).toEqual([
    path,
    answer.statusCode,
    '',
  ]);
  return answer;
}

const query = <R extends object>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<R>(text)).rows);
const rows = () => query<Row>('SELECT * FROM read_audit ORDER BY id');

/** What the answer left behind. */
async function traceOf(path: string, headers: Record<string, string> = {}): Promise<Row[]> {
  const before = (await rows()).length;
  await did('GET', path, undefined, headers);
  return (await rows()).slice(before);
}

describe('a command', () => {
  it('shows nobody a record, and so leaves a trace in the log alone', async () => {
    await expect(rows()).resolves.toEqual([]);
  });
});

describe('reading a record', () => {
  it('leaves who, as what, how they stood to it, what for, which way, whose, what of it, and when', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const [row, ...more] = await traceOf(`/cases/${caseId}`, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      reader: worker,
      agency: expect.any(String),
      roles: expect.arrayContaining([expect.any(String)]),
      relations: ['owner'],
      purpose: 'case_management',
      route: '/api/v1/cases/:caseId',
      case_ids: [caseId],
      person_ids: [personId],
      classes: ['identity', 'location'],
      trace_id: trace,
      at: new Date(api.clock.now()),
    });
  });

  it('leaves one row for a list, with everybody on it', async () => {
    const other = randomUUID();
    await did('POST', '/persons', { personId: other, sex: 'male', synthetic: true });
    const { id } = (await did('POST', '/cases', { personId: other, synthetic: true })).json<{ id: string }>();
    const { id: third } = (await did('POST', '/cases', { personId, synthetic: true })).json<{ id: string }>();
    const [row, ...more] = await traceOf('/worklists/unassigned');
    expect(more).toEqual([]);
    expect([new Set(row?.case_ids), new Set(row?.person_ids)]).toEqual([
      new Set([id, third]),
      new Set([other, personId]),
    ]);
  });

  it('takes the purpose that is told, and refuses one that is none', async () => {
    await expect(traceOf(`/cases/${caseId}/deadlines`, { purpose: 'legal_request' })).resolves.toMatchObject([
      { purpose: 'legal_request', route: '/api/v1/cases/:caseId/deadlines', classes: [] },
    ]);
    const refused = await api.ask('GET', `/api/v1/cases/${caseId}`, undefined, { purpose: 'curiosity' });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ errors: [{ field: 'header.Purpose', code: 'invalid' }] });
  });

  it('leaves what was opened of a history', async () => {
    await expect(traceOf(`/cases/${caseId}/timeline`)).resolves.toMatchObject([{ classes: ['narrative'] }]);
  });

  it('counts a search by name as a reading of whoever is found', async () => {
    const before = (await rows()).length;
    const sought = { familyNameLatin: 'Made-up', givenNameLatin: 'Child', birthDate: '2012' };
    await did('POST', '/persons/matches', { identity: sought, purpose: 'registration' });
    expect((await rows()).slice(before)).toMatchObject([{ purpose: 'identification', person_ids: [personId] }]);
  });

  it('leaves nothing where nothing was shown', async () => {
    const before = (await rows()).length;
    expect((await api.ask('GET', `/api/v1/cases/${randomUUID()}`)).statusCode).toBe(404);
    await expect(traceOf('/statistics/unmet-needs')).resolves.toEqual([]);
    await expect(traceOf('/agencies')).resolves.toEqual([]);
    expect((await rows()).length).toBe(before);
  });

  /** Of every route that there is: what hands out the record of a case or person that is named leaves a trace of it. */
  it('leaves a trace on every route to a case or person, whichever is added', async () => {
    const description = (await api.app.inject({ url: '/openapi.json' })).json<{ paths: Record<string, object> }>();
    const routes = Object.entries(description.paths).filter(
      ([path, methods]) => 'get' in methods && /\{(?:caseId|personId)\}/.test(path),
    );
    expect(routes.length).toBeGreaterThan(8);
    for (const [route] of routes) {
      const url = route
        .replace('{caseId}', caseId)
        .replace('{personId}', personId)
        .replace(/\{\w+\}/, randomUUID());
      const before = (await rows()).length;
      const { statusCode } = await api.ask('GET', url);
      expect([route, (await rows()).length - before]).toEqual([route, statusCode === 200 ? 1 : 0]);
    }
  });
});

describe('without a trace', () => {
  it('there is no data: 503, and nothing of the record in it', async () => {
    await query('REVOKE INSERT ON read_audit FROM spean_program');
    const refused = await api.ask('GET', `/api/v1/cases/${caseId}`);
    await query('GRANT INSERT ON read_audit TO spean_program');
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(refused.json()).toMatchObject({ type: expect.stringContaining('read-not-recorded') });
    expect(refused.payload).not.toContain('Made-up');
    await did('GET', `/cases/${caseId}`);
  });

  it('nobody changes one, not the owner of the table either', async () => {
    for (const text of ["UPDATE read_audit SET reader = 'x'", 'DELETE FROM read_audit', 'TRUNCATE read_audit']) {
      await expect(query(text)).rejects.toMatchObject({ code: 'SP009' });
    }
  });
});

describe('who saw this child', () => {
  const readers = (asker: string, more = '') =>
    api.ask('GET', `/api/v1/persons/${personId}/readers${more}`, undefined, { as: asker });

  beforeAll(async () => {
    await query(
      `INSERT INTO staff (tenant_id, id, agency, roles, title)
       SELECT 1, 'head', agency, '{AGENCY_HEAD}'::text[], 'Head' FROM staff WHERE id = '${worker}'`,
    );
  });

  it('is told to the head of the agency, the latest first, page by page, and is a reading itself', async () => {
    const first = await readers('head', '?limit=2');
    expect(first.statusCode).toBe(200);
    const { items, next } = first.json<{ items: { id: number; reader: string }[]; next: string }>();
    expect(items.map(({ reader }) => reader)).toEqual([worker, worker]);
    const following = (await readers('head', `?limit=100&cursor=${next}`)).json<{ items: { id: number }[] }>();
    expect(following.items.every(({ id }) => id < items[1]!.id)).toBe(true);
    const again = (await readers('head', '?limit=1')).json<{ items: object[] }>();
    expect(again.items).toMatchObject([
      { reader: 'head', purpose: 'audit', route: '/api/v1/persons/:personId/readers' },
    ]);
  });

  it('is told of a time', async () => {
    const later = (await readers('head', '?from=2027-01-01T00:00:00Z')).json<{ items: object[] }>();
    expect(later.items).toEqual([]);
    const until = (await readers('head', '?to=2027-01-01T00:00:00Z&limit=100')).json<{ items: object[] }>();
    expect(until.items.length).toBeGreaterThan(5);
  });

  it('is told to nobody else', async () => {
    expect((await readers(worker)).statusCode).toBe(404);
  });
});
