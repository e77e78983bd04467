import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { DescribedReads } from '../../../../test/support/described.js';

interface List<Item> {
  items: Item[];
  next: string | null;
}

interface Facility {
  code: string;
  state: string;
  takesNewChildren: boolean;
  occupancy: number;
  place: object;
  report: string | null;
  inspections: { findings: string[]; text: string | null }[];
  moves: { to: string; reason: string | null }[];
  deadlines: { deadline: string; definition: string; status: string }[];
}

const supervisor = { as: 'sup-kandal-1' };
const stranger = { as: 'ngo-1' };
const worker = { as: 'sw-kandal-1' };
const nobody = '0190a6f0-0000-7000-8000-00000000dead';
/** Planted in what is refused; no answer may repeat it. */
const canary = 'SOKDARA';

const facility = { code: 'RCF-1', type: 'RCI', province: '08', district: '0801', state: 'AUTHORISED', capacity: 1 };
const report = { type: 'GROUP_HOME', province: '08', district: '0801', children: 35 };

let api: TestApi;
let reads: DescribedReads;

beforeAll(async () => {
  api = await startApi();
  reads = await DescribedReads.of(api);
});
afterAll(() => api.close());

const ask = (method: 'POST' | 'PATCH', address: string, body: object, headers: Record<string, string> = supervisor) =>
  api.ask(method, `/api/v1${address}`, body, headers);

async function done(method: 'POST' | 'PATCH', address: string, body: object, headers?: Record<string, string>) {
  const answer = await ask(method, address, body, headers);
  if (answer.statusCode >= 300) throw new Error(`${address}: ${answer.payload}`);
  return answer.json<{ id: string; version: number; events: string[] }>();
}

const view = (code: string, query = '') =>
  reads.told<Facility>('/facilities/{facility}', { ids: { facility: code }, query });
const listed = async (pattern: string) =>
  (await reads.told<List<{ code: string }>>(pattern)).items.map(({ code }) => code);

describe('a facility in the register', () => {
  it('is entered, and found by its id and by its code', async () => {
    const place = { name: 'ផ្ទះគំរូ', address: 'Street 1', phone: '012 345 678' };
    const answer = await ask('POST', '/facilities', { ...facility, place, synthetic: true });
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json<{ id: string }>();
    expect(answer.headers['location']).toBe(`/api/v1/facilities/${id}`);
    expect(answer.headers['etag']).toBe('"2"');
    expect(await view('RCF-1')).toMatchObject({
      id,
      code: 'RCF-1',
      state: 'AUTHORISED',
      takesNewChildren: true,
      place,
    });
    expect(await view(id)).toEqual(await view('RCF-1'));
    const again = await ask('POST', '/facilities', facility);
    expect(again.statusCode).toBe(409);
  });

  it('is inspected, changed and moved; what is said in words is opened in its detail alone', async () => {
    const text = 'Words of the inspector';
    await done('POST', '/facilities/RCF-1/inspections', { result: 'IMPROVEMENT_NOTICE', findings: ['HYGIENE'], text });
    await done('PATCH', '/facilities/RCF-1', { capacity: 2 });
    await done('POST', '/facilities/RCF-1/moves', { to: 'SUSPENDED', reason: 'Words of the province' });
    const known = await view('RCF-1');
    expect(known).toMatchObject({ state: 'SUSPENDED', takesNewChildren: false });
    expect(known.inspections).toMatchObject([{ findings: ['HYGIENE'], text }]);
    expect(known.moves.at(-1)).toMatchObject({ to: 'SUSPENDED', reason: 'Words of the province' });
    const { payload } = await api.ask('GET', '/api/v1/facilities');
    expect(payload).toContain('RCF-1');
    for (const words of [text, 'ផ្ទះគំរូ', 'Street 1']) expect(payload).not.toContain(words);
  });

  it('tells of its children, how full it is, and of itself as it was known then', async () => {
    const before = api.clock.now();
    api.clock.advance('P1D');
    const row = (number: number) => ({ rosterNumber: String(number), givenNameKm: 'គំរូ', sex: 'male' });
    const rows = [row(1), row(2), row(3), { ...row(4), sex: canary }, canary];
    const answer = await ask('POST', '/facilities/RCF-1/roster', { rows });
    expect(answer.json()).toEqual({
      received: 5,
      created: 3,
      updated: 0,
      unchanged: 0,
      quarantined: [
        { index: 3, reason: 'sex: not known' },
        { index: 4, reason: 'row: no record' },
      ],
    });
    expect((await view('RCF-1')).occupancy).toBe(3);
    expect((await view('RCF-1', `?asOf=${before}`)).occupancy).toBe(0);
    expect(await listed('/facilities/overcrowded')).toEqual(['RCF-1']);
    const ids = { facility: 'RCF-1' };
    const residents = await reads.told<List<object>>('/facilities/{facility}/residents', { ids, headers: supervisor });
    expect(residents.items).toHaveLength(3);
    expect(await reads.told('/statistics/residential-care')).toMatchObject({ total: null });
    expect(await reads.told('/statistics/detention')).toMatchObject({ total: 0, rows: [] });
  });

  it('closes on a day, which may be moved', async () => {
    await done('POST', '/facilities/RCF-1/moves', { to: 'CLOSING', reasonCode: 'ORDERED', closesOn: '2026-12-31' });
    await done('POST', '/facilities/RCF-1/closing-date', { closesOn: '2026-11-30' });
    expect(await view('RCF-1')).toMatchObject({ closesOn: '2026-11-30', undecidedChildren: 3 });
    const { deadlines } = await view('RCF-1');
    const open = deadlines.find(({ definition, status }) => definition === 'DC21' && status === 'due');
    const extension = `/facilities/RCF-1/deadlines/${open?.deadline}/extension`;
    const more = { until: '2026-12-15T10:00:00+07:00', reason: 'words' };
    expect((await ask('POST', extension, more, worker)).statusCode).toBe(422);
    await done('POST', extension, more);
  });
});

describe('a facility that was found', () => {
  it('is named by the program where nobody named it, once for the same request', async () => {
    const key = { ...stranger, 'idempotency-key': 'found-1' };
    const first = await done('POST', '/facilities/reports', { ...report, text: 'Words of the finder' }, key);
    const again = await done('POST', '/facilities/reports', { ...report, text: 'Words of the finder' }, key);
    expect(again.id).toBe(first.id);
    const found = await view(first.id);
    expect(found.code).toMatch(/^FOUND-[0-9A-Z]{6}$/);
    expect(found.report).toBe('Words of the finder');
    expect(found.deadlines).toMatchObject([{ definition: 'DC19', status: 'due' }]);
    expect(await listed('/facilities/unregistered')).toEqual([found.code]);
    expect(await listed('/facilities/tasks')).toContain(found.code);
    expect(await listed('/facilities/inspections-overdue')).toEqual([]);
    await done('POST', '/facilities', { ...facility, code: 'RCF-2', type: 'GROUP_HOME' });
    const pairs = await reads.told<List<{ sameDistrictAndType: boolean }>>('/facilities/possible-duplicates');
    expect(pairs.items).toMatchObject([{ sameDistrictAndType: true, sameVillage: false }]);
  });
});

describe('an allegation', () => {
  it('is settled by a second person, with words', async () => {
    const { id } = await done('POST', '/facilities/RCF-2/accusations', { text: 'Words' }, stranger);
    const clearance = `/facilities/RCF-2/accusations/${id}/clearance`;
    expect((await ask('POST', clearance, {})).json()).toMatchObject({ errors: [{ field: 'reason', code: 'missing' }] });
    expect((await ask('POST', clearance, { reason: 'Words' }, stranger)).statusCode).toBe(422);
    await done('POST', clearance, { reason: 'Words' });
    expect((await ask('POST', clearance, { reason: 'Words' })).statusCode).toBe(409);
    const unknown = `/facilities/RCF-2/accusations/${nobody}/clearance`;
    expect((await ask('POST', unknown, { reason: 'Words' })).statusCode).toBe(404);
  });
});

interface Bad {
  what: string;
  method?: 'PATCH';
  address?: string;
  body: object;
  field: string;
  code: string;
}

const bad: Bad[] = [
  { what: 'no code', body: { ...facility, code: undefined }, field: 'code', code: 'missing' },
  { what: 'a code that is none', body: { ...facility, code: '<b>' }, field: 'code', code: 'invalid' },
  { what: 'a capacity in words', body: { ...facility, capacity: canary }, field: 'capacity', code: 'wrong_type' },
  { what: 'a capacity below none', body: { ...facility, capacity: -1 }, field: 'capacity', code: 'out_of_range' },
  { what: 'half a place', body: { ...facility, capacity: 1.5 }, field: 'capacity', code: 'wrong_type' },
  { what: 'too many places', body: { ...facility, capacity: 10_001 }, field: 'capacity', code: 'out_of_range' },
  { what: 'a place in words', body: { ...facility, place: canary }, field: 'place', code: 'wrong_type' },
  {
    what: 'an unknown part of a place',
    body: { ...facility, place: { owner: canary } },
    field: 'place.owner',
    code: 'unknown',
  },
  { what: 'an unknown field', body: { ...facility, stars: 5 }, field: 'stars', code: 'unknown' },
  {
    what: 'an agency that nobody knows',
    body: { ...facility, agency: 'NOBODY' },
    field: 'agency',
    code: 'not_found',
  },
  {
    what: 'no number of children',
    address: '/facilities/reports',
    body: { ...report, children: undefined },
    field: 'children',
    code: 'missing',
  },
  { what: 'no state to move to', address: '/facilities/RCF-2/moves', body: {}, field: 'to', code: 'missing' },
  {
    what: 'the 30th of February',
    address: '/facilities/RCF-2/closing-date',
    body: { closesOn: '2026-02-30' },
    field: 'closesOn',
    code: 'invalid',
  },
  {
    what: 'findings that are no list',
    address: '/facilities/RCF-2/inspections',
    body: { result: 'COMPLIANT', findings: canary },
    field: 'findings',
    code: 'wrong_type',
  },
  {
    what: 'an allegation without words',
    address: '/facilities/RCF-2/accusations',
    body: { text: ' ' },
    field: 'text',
    code: 'missing',
  },
  {
    what: 'a capacity that is null',
    method: 'PATCH',
    address: '/facilities/RCF-2',
    body: { capacity: null },
    field: 'capacity',
    code: 'wrong_type',
  },
  { what: 'no rows', address: '/facilities/RCF-2/roster', body: {}, field: 'rows', code: 'missing' },
  {
    what: 'more rows than fit into one request',
    address: '/facilities/RCF-2/roster',
    body: { rows: Array.from({ length: 501 }, () => ({})) },
    field: 'rows',
    code: 'out_of_range',
  },
];

describe('bad input', () => {
  it.each(bad)('$what is refused with the field named', async ({ method, address, body, field, code }) => {
    const answer = await ask(method ?? 'POST', address ?? '/facilities', body);
    const { errors } = answer.json<{ errors: object }>();
    expect({ status: answer.statusCode, errors }).toMatchObject({ status: 400, errors: [{ field, code }] });
    expect(answer.payload).not.toContain(canary);
  });

  it.each([
    ['/facilities?limit=0', 'query.limit'],
    ['/facilities?cursor=!', 'query.cursor'],
    ['/facilities?asOf=22012-01-01', 'query.asOf'],
    ['/facilities?state=%3Cb%3E', 'query.state'],
    [`/facilities?${canary}=1`, `query.${canary}`],
    ['/facilities/overcrowded?cursor=WyJhIl0', 'query.cursor'],
    [`/facilities/tasks?cursor=${Buffer.from('["x","y","z"]').toString('base64url')}`, 'query.cursor'],
    ['/statistics/detention?asOf=yesterday', 'query.asOf'],
  ])('%s is refused with the field named', async (address, field) => {
    const answer = await api.ask('GET', `/api/v1${address}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field }] });
  });

  it.each([
    ['POST', `/facilities/${nobody}/moves`, { to: 'CLOSED' }],
    ['POST', '/facilities/NOWHERE/accusations', { text: 'Words' }],
    ['POST', '/facilities/NOWHERE/roster', { rows: [] }],
    ['PATCH', '/facilities/NOWHERE', { capacity: 1 }],
    ['GET', '/facilities/NOWHERE', undefined],
    ['GET', `/facilities/${nobody}/residents`, undefined],
    ['GET', '/facilities/%3Cb%3E', undefined],
    ['GET', '/facilities/constructor', undefined],
  ] as const)('%s %s is not found', async (method, address, body) => {
    const answer = await api.ask(method, `/api/v1${address}`, body, supervisor);
    expect(answer.json()).toMatchObject({ status: 404, type: 'urn:spean:problem:not-found' });
  });

  it('what the register does not know is refused with everything that is wrong, in both languages', async () => {
    const wrong = { ...facility, code: 'RCF-3', type: 'CASTLE', state: 'CLOSED', district: '1701' };
    const { status, unmet } = (await ask('POST', '/facilities', wrong)).json<{
      status: number;
      unmet: { subject: string; text: { km: string } }[];
    }>();
    expect(status).toBe(422);
    expect(unmet.map(({ subject }) => subject).toSorted()).toEqual(['district', 'state', 'type']);
    for (const { text } of unmet) expect(text.km).toMatch(/\p{Script=Khmer}/u);
  });

  it('a body with another version than the caller saw is refused', async () => {
    const answer = await ask('PATCH', '/facilities/RCF-2', { capacity: 9 }, { ...supervisor, 'if-match': '"1"' });
    expect(answer.statusCode).toBe(412);
  });
});
