import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';

import { withClient } from '../../../../test/support/sql.js';
import { startApi, worker, type TestApi } from '../../../../test/support/api.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  traceId: string;
  errors?: { field: string; code: string; message: { en: string; km: string } }[];
  unmet?: { code: string; subject: string; text: { en: string; km: string } }[];
  version?: number;
}

const nobody = '0190a6f0-0000-7000-8000-00000000dead';
const json = { 'content-type': 'application/json' };
/** Planted in what is refused; no answer may repeat it. */
const canary = 'SOKDARA';

let api: TestApi;
let caseId: string;
let personId: string;

beforeAll(async () => {
  api = await startApi();
  personId = (await api.ask('POST', '/api/v1/persons', { sex: 'female', synthetic: true })).json<{ id: string }>().id;
  const opened = await api.ask('POST', '/api/v1/cases', { personId, pathway: 'A_OCSEA', synthetic: true });
  expect(opened.statusCode).toBe(201);
  caseId = opened.json<{ id: string }>().id;
});
afterAll(() => api.close());

const problemOf = (answer: LightMyRequestResponse) => answer.json<Problem>();

async function stored(): Promise<number> {
  return withClient(api.database.urls.admin, async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM events');
    return rows[0]?.count ?? 0;
  });
}

interface Bad {
  what: string;
  url?: string;
  body: unknown;
  field: string;
  code: string;
}

const person = '/api/v1/persons';
const notes = () => `/api/v1/cases/${caseId}/notes`;
const note = { kind: 'CASE_NOTE', text: 'All is well' };

const bad: Bad[] = [
  { what: 'a number for a text', body: { ...note, text: 7 }, field: 'text', code: 'wrong_type' },
  { what: 'null for a text', body: { ...note, text: null }, field: 'text', code: 'wrong_type' },
  { what: 'a list for a text', body: { ...note, text: ['a'] }, field: 'text', code: 'wrong_type' },
  { what: 'an object for a code', body: { ...note, kind: {} }, field: 'kind', code: 'wrong_type' },
  { what: 'nothing for a text that must be there', body: { kind: 'CASE_NOTE' }, field: 'text', code: 'missing' },
  { what: 'an empty text', body: { ...note, text: ' ' }, field: 'text', code: 'missing' },
  { what: 'an unknown field', body: { ...note, [canary]: 1 }, field: canary, code: 'unknown' },
  { what: 'a field that every object has', body: { ...note, toString: 1 }, field: 'toString', code: 'unknown' },
  { what: 'a constructor', body: { ...note, constructor: { name: 'x' } }, field: 'constructor', code: 'unknown' },
  { what: 'NUL', body: { ...note, text: `${canary}\0` }, field: 'text', code: 'forbidden_character' },
  { what: 'a lone surrogate', body: { ...note, text: '\ud800' }, field: 'text', code: 'forbidden_character' },
  { what: 'a text that is too long', body: { ...note, text: 'a'.repeat(20_001) }, field: 'text', code: 'too_long' },
  { what: 'a code that is none', body: { ...note, kind: '<script>' }, field: 'kind', code: 'invalid' },
  {
    what: 'a code that every object answers to',
    body: { ...note, kind: 'constructor' },
    field: 'kind',
    code: 'invalid',
  },
  { what: 'the year 22012', body: { ...note, occurredAt: '22012-01-01' }, field: 'occurredAt', code: 'invalid' },
  { what: 'the 30th of February', body: { ...note, occurredAt: '2026-02-30' }, field: 'occurredAt', code: 'invalid' },
  {
    what: 'a time without offset',
    body: { ...note, occurredAt: '2026-02-03T04:05' },
    field: 'occurredAt',
    code: 'invalid',
  },
  { what: 'an unknown precision', body: { ...note, precision: 'roughly' }, field: 'precision', code: 'invalid' },
  {
    what: 'an exact day',
    body: { ...note, occurredAt: '2026-02-03', precision: 'moment' },
    field: 'precision',
    code: 'invalid',
  },
  { what: 'an id that is none', body: { ...note, noteId: '12' }, field: 'noteId', code: 'invalid' },
  { what: 'a list for the body', body: [note], field: 'body', code: 'wrong_type' },
  {
    what: 'a text for a part',
    url: person,
    body: { sex: 'male', identity: canary },
    field: 'identity',
    code: 'wrong_type',
  },
  {
    what: 'a list for a part',
    url: person,
    body: { sex: 'male', identity: [] },
    field: 'identity',
    code: 'wrong_type',
  },
  {
    what: 'an unknown field of a part',
    url: person,
    body: { sex: 'male', identity: { [canary]: 'x' } },
    field: `identity.${canary}`,
    code: 'unknown',
  },
  {
    what: 'a birth date in the year 22012',
    url: person,
    body: { sex: 'male', identity: { birthDate: '22012-01-01' } },
    field: 'identity.birthDate',
    code: 'invalid',
  },
  {
    what: 'a birth date that lies ahead',
    url: person,
    body: { sex: 'male', identity: { birthDate: '2027-01-01' } },
    field: 'identity.birthDate',
    code: 'out_of_range',
  },
  { what: 'a value that is none of those allowed', url: person, body: { sex: canary }, field: 'sex', code: 'invalid' },
  {
    what: 'a person who is not there',
    url: '/api/v1/cases',
    body: { personId: nobody },
    field: 'personId',
    code: 'not_found',
  },
];

describe('bad input', () => {
  it.each(bad)('$what is refused with the field named', async ({ url, body, field, code }) => {
    const before = await stored();
    const answer = await api.ask('POST', url ?? notes(), JSON.stringify(body), json);
    const problem = problemOf(answer);
    expect({ status: answer.statusCode, errors: problem.errors }).toMatchObject({
      status: 400,
      errors: [{ field, code }],
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (field !== canary && !field.endsWith(canary)) expect(answer.payload).not.toContain(canary);
    expect(await stored()).toBe(before);
  });

  it('names every bad field at once', async () => {
    const answer = await api.ask('POST', notes(), { kind: 7, text: 8, extra: 9 });
    expect(
      problemOf(answer)
        .errors?.map(({ field }) => field)
        .sort(),
    ).toEqual(['extra', 'kind', 'text']);
  });

  it.each([
    ['broken JSON', '{"kind": ', 'malformed-json', 400],
    ['no JSON', 'hello', 'malformed-json', 400],
    ['nothing', '', 'malformed-json', 400],
    ['a prototype', '{"__proto__": {"kind": "x"}}', 'malformed-json', 400],
    ['a key twice', '{"kind": "CASE_NOTE", "text": "a", "text": "b"}', 'malformed-json', 400],
    ['10 MB', JSON.stringify({ ...note, text: 'a'.repeat(10_000_000) }), 'body-too-large', 413],
  ])('%s is refused', async (_, payload, type, status) => {
    const answer = await api.ask('POST', notes(), payload, json);
    expect(problemOf(answer)).toMatchObject({ status, type: `urn:spean:problem:${type}` });
  });

  it('what is no UTF-8 is refused', async () => {
    const bytes = Buffer.concat([Buffer.from('{"kind":"x","text":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    const answer = await api.ask('POST', notes(), bytes, json);
    expect(problemOf(answer)).toMatchObject({ status: 400, type: 'urn:spean:problem:malformed-json' });
  });

  it('a body nested without end is refused', async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const answer = await api.ask('POST', notes(), deep, json);
    expect(answer.statusCode).toBe(400);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'a body of type %s is not read',
    async (type) => {
      const answer = await api.ask('POST', notes(), 'kind=x', { 'content-type': type });
      expect(problemOf(answer)).toMatchObject({ status: 415, type: 'urn:spean:problem:unsupported-media-type' });
    },
  );

  it.each([
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json; charset=utf-8; version=1' },
    { ...json, 'content-encoding': 'gzip' },
  ])('JSON sent with %j is not read', async (headers) => {
    const answer = await api.ask('POST', notes(), JSON.stringify(note), headers);
    expect(problemOf(answer)).toMatchObject({ status: 415, type: 'urn:spean:problem:unsupported-media-type' });
  });

  it('JSON that says it is UTF-8 is read', async () => {
    const headers = { 'content-type': 'application/json; charset="UTF-8"' };
    expect((await api.ask('POST', notes(), JSON.stringify(note), headers)).statusCode).toBe(201);
  });

  it.each([
    ['/api/v1/worklists/mine?limit=0', 'query.limit', 'out_of_range'],
    ['/api/v1/worklists/mine?limit=101', 'query.limit', 'out_of_range'],
    ['/api/v1/worklists/mine?limit=ten', 'query.limit', 'wrong_type'],
    ['/api/v1/worklists/mine?limit=1&limit=2', 'query.limit', 'wrong_type'],
    ['/api/v1/worklists/mine?cursor=!', 'query.cursor', 'invalid'],
    ['/api/v1/worklists/mine?cursor=WyJhIl0', 'query.cursor', 'invalid'],
    [`/api/v1/worklists/mine?cursor=${forged('nonsense', 'nonsense', 'x')}`, 'query.cursor', 'invalid'],
    [`/api/v1/inbox?cursor=${forged('2026-01-01', nobody, 'NaN')}`, 'query.cursor', 'invalid'],
    [`/api/v1/worklists/unassigned?cursor=${forged('2026-01-01', '\0')}`, 'query.cursor', 'invalid'],
    ['/api/v1/worklists/overdue?ageBand=old', 'query.ageBand', 'invalid'],
    [`/api/v1/worklists/mine?${canary}=1`, `query.${canary}`, 'unknown'],
    ['/api/v1/worklists/mine?limit=%00', 'query.limit', 'forbidden_character'],
    ['/api/v1/worklists/mine?limit[a]=1', 'query.limit[a]', 'unknown'],
    [`/api/v1/me?${canary}=1`, `query.${canary}`, 'unknown'],
    [`/api/v1/cases/${nobody}/next-steps?${canary}=1`, `query.${canary}`, 'unknown'],
  ])('%s is refused with the field named', async (url, field, code) => {
    const answer = await api.ask('GET', url);
    expect({ status: answer.statusCode, errors: problemOf(answer).errors }).toMatchObject({
      status: 400,
      errors: [{ field, code }],
    });
  });

  it('a past moment that is none is refused', async () => {
    const answer = await api.ask('GET', `/api/v1/cases/${caseId}?asOf=22012-01-01`);
    expect(problemOf(answer).errors).toMatchObject([{ field: 'query.asOf', code: 'invalid' }]);
  });

  it.each([
    ['If-Match', '7'],
    ['If-Match', 'W/"7"'],
    ['If-Match', '"99999999999999999999"'],
    ['Idempotency-Key', ''],
    ['Idempotency-Key', 'a'.repeat(201)],
    ['Idempotency-Key', 'ក'],
  ])('the header %s: %s is refused', async (header, value) => {
    const answer = await api.ask('POST', notes(), note, { [header.toLowerCase()]: value });
    expect(problemOf(answer).errors).toMatchObject([{ field: `header.${header}`, code: 'invalid' }]);
  });

  it.each([
    ['GET', `/api/v1/cases/${nobody}`],
    ['GET', `/api/v1/cases/${nobody}/next-steps`],
    ['GET', `/api/v1/cases/${nobody}/timeline`],
    ['GET', `/api/v1/cases/${canary}`],
    ['GET', `/api/v1/persons/${nobody}`],
    ['PATCH', `/api/v1/persons/${nobody}`],
    ['POST', `/api/v1/cases/${nobody}/referrals/${nobody}/acceptance`],
    ['POST', '/api/v1/cases/1/referrals/2/acceptance'],
    ['GET', '/api/v1/pathways/Z_NONE'],
    ['GET', '/api/v1/pathways/constructor'],
    ['GET', `/api/v1/${canary}`],
  ] as const)('%s %s is not found', async (method, url) => {
    const answer = await api.ask(method, url, method === 'GET' ? undefined : {});
    expect(problemOf(answer)).toMatchObject({ status: 404, type: 'urn:spean:problem:not-found' });
    expect(answer.payload).not.toContain(canary);
  });

  it('an address with NUL names the field', async () => {
    const answer = await api.ask('GET', '/api/v1/cases/%00');
    expect(problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'params.caseId' }] });
  });

  it.each(['/api/v1/cases/%ff', '/%', `/api/v1/pathways/${'a'.repeat(300)}`])(
    'the address %s is refused',
    async (url) => {
      const answer = await api.ask('GET', url);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect([400, 414]).toContain(answer.statusCode);
    },
  );

  it('what is not there and what never was is told in the same words', async () => {
    const answers = await Promise.all([
      api.ask('GET', `/api/v1/cases/${nobody}`),
      api.ask('GET', '/api/v1/cases/12'),
      api.ask('GET', `/api/v1/cases/${caseId}/nothing-of-the-kind`),
      api.ask('GET', '/api/v1/nothing-of-the-kind'),
    ]);
    const told = answers.map(({ statusCode, headers, payload }) => ({
      statusCode,
      headers: { ...headers, date: '' },
      body: { ...(JSON.parse(payload) as object), traceId: '', instance: '' },
    }));
    for (const each of told) expect(each).toEqual({ ...told[0], body: { ...told[0]?.body } });
  });

  it.each([
    ['DELETE', `/api/v1/cases/${nobody}`, 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/v1/persons', 'OPTIONS, POST'],
  ] as const)('%s %s is told what can be done there', async (method, url, allow) => {
    const answer = await api.ask(method, url);
    expect(problemOf(answer)).toMatchObject({ status: 405, type: 'urn:spean:problem:method-not-allowed' });
    expect(answer.headers['allow']).toBe(allow);
  });

  it('OPTIONS tells what can be done, and lets no other origin in', async () => {
    const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' };
    const answer = await api.ask('OPTIONS', '/api/v1/persons', undefined, headers);
    expect({ status: answer.statusCode, allow: answer.headers['allow'] }).toEqual({
      status: 204,
      allow: 'OPTIONS, POST',
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('HEAD is GET without the body, and as closed', async () => {
    const there = await api.ask('HEAD', `/api/v1/cases/${caseId}`);
    expect({ status: there.statusCode, body: there.payload }).toEqual({ status: 200, body: '' });
    expect((await api.app.inject({ method: 'HEAD', url: `/api/v1/cases/${caseId}` })).statusCode).toBe(401);
  });

  it('a trailing slash is ignored', async () => {
    expect((await api.ask('GET', `/api/v1/cases/${caseId}/`)).statusCode).toBe(200);
  });
});

describe('an id', () => {
  it('of something else is the id of nothing', async () => {
    const register = await api.ask('POST', '/api/v1/persons', { personId: caseId, sex: 'male' });
    const open = await api.ask('POST', '/api/v1/cases', { caseId: personId, personId, pathway: 'A_OCSEA' });
    const follow = await api.ask('POST', '/api/v1/cases', { personId, openedFrom: personId });
    const read = await api.ask('GET', `/api/v1/cases/${personId}`);
    expect([register, open, follow, read].map(({ statusCode }) => statusCode)).toEqual([409, 409, 400, 404]);
  });
});

describe('a caller', () => {
  it.each([
    {},
    { 'x-spean-caller': worker },
    { authorization: '' },
    { authorization: `Bearer ${worker}` },
    { authorization: "Bearer x'; --" },
    { authorization: `Bearer ${'A'.repeat(43)}` },
    { authorization: `Basic ${Buffer.from(`${worker}:x`).toString('base64')}` },
    { cookie: `__Host-spean=${'A'.repeat(43)}` },
    { cookie: '__Host-spean=ក' },
  ])('who is not known (%j) is told how to be', async (headers) => {
    const answer = await api.app.inject({ url: '/api/v1/me', headers });
    expect(answer.statusCode).toBe(401);
    expect(problemOf(answer).detail).toContain('/api/v1/sessions');
  });

  it('who is known is told who they are', async () => {
    const answer = await api.ask('GET', '/api/v1/me');
    expect(answer.json()).toMatchObject({ id: worker, agency: 'OSVY-0801', roles: ['OSVY_SW'], province: '08' });
  });
});

describe('what a case refuses', () => {
  it('in the wrong state is a conflict, with the version', async () => {
    const answer = await api.ask('POST', `/api/v1/cases/${caseId}/transitions`, { transition: 'A21' });
    const problem = problemOf(answer);
    expect(problem).toMatchObject({ status: 409, type: 'urn:spean:problem:state-conflict' });
    expect(problem.version).toBeGreaterThan(0);
    expect(answer.headers['etag']).toBe(`"${problem.version}"`);
  });

  it('for something unknown is not found', async () => {
    const answer = await api.ask('POST', `/api/v1/cases/${caseId}/transitions`, { transition: 'Z99' });
    expect(answer.statusCode).toBe(404);
  });

  it('for what is missing lists all of it in both languages', async () => {
    const answer = await api.ask('POST', `/api/v1/cases/${caseId}/transitions`, { transition: 'A01' });
    const { status, unmet = [] } = problemOf(answer);
    expect(status).toBe(422);
    expect(unmet.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['INTAKE_REPORT', 'A01.2']));
    for (const { text } of unmet) {
      expect(text.en).toMatch(/[a-z]/);
      expect(text.km).toMatch(/\p{Script=Khmer}/u);
    }
  });

  it('with a time that lies ahead names the field', async () => {
    const answer = await api.ask('POST', notes(), { ...note, occurredAt: '2027-01-01' });
    expect(problemOf(answer)).toMatchObject({ status: 422, unmet: [{ code: 'InFuture', subject: 'occurredAt' }] });
  });
});

describe('the language of a problem', () => {
  it.each([
    [undefined, 'en'],
    ['km', 'km'],
    ['km-KH,en;q=0.5', 'km'],
    ['en,km;q=0.9', 'en'],
    ['km;q=0,en', 'en'],
    ['fr', 'en'],
  ])('for Accept-Language %s is %s', async (accept, language) => {
    const answer = await api.ask(
      'GET',
      `/api/v1/cases/${nobody}`,
      undefined,
      accept === undefined ? {} : { 'accept-language': accept },
    );
    expect(answer.headers['content-language']).toBe(language);
    expect(/\p{Script=Khmer}/u.test(problemOf(answer).title)).toBe(language === 'km');
  });
});

function forged(...values: unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}
