import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

interface Problem {
  status: number;
  errors?: { field: string; code: string }[];
  unmet?: { code: string; subject: string }[];
}

const nobody = '0190a6f0-0000-7000-8000-00000000dead';
/** Planted in what is sealed or refused; no answer but the carer's own may repeat it. */
const canary = 'SOKDARA';

let api: TestApi;
let caseId: string;
let personId: string;

beforeAll(async () => {
  api = await startApi();
  const person = { sex: 'female', province: '08', district: '0801', synthetic: true };
  personId = await made('/persons', person);
  caseId = await made('/cases', { personId, pathway: 'A_OCSEA', province: '08', synthetic: true });
});
afterAll(() => api.close());

const ask = (method: 'GET' | 'POST' | 'PATCH', address: string, body?: unknown, headers?: Record<string, string>) =>
  api.ask(method, `/api/v1${address}`, body, headers);

async function made(address: string, body: object): Promise<string> {
  const answer = await ask('POST', address, body);
  expect([address, answer.statusCode, answer.payload]).toEqual([address, 201, expect.anything()]);
  return answer.json<{ id: string }>().id;
}

const problemsOf = (answer: LightMyRequestResponse) =>
  answer.json<Problem>().errors?.map(({ field, code }) => `${field} ${code}`);

const offer = {
  agency: 'NGO-ONE',
  service: 'counselling_trauma',
  districts: ['0801'],
  capacity: 3,
  startsOn: '2026-01-01',
};
const family = {
  kinds: ['FOSTER_EMERGENCY'],
  assessedOn: '2025-06-01',
  approvedUntil: '2026-06-01',
  capacity: 2,
  province: '08',
  district: '0801',
};

describe('the directory of services', () => {
  it('is kept through the interface: entered, read, changed as it was seen, with its history', async () => {
    const entered = await ask('POST', '/directory/services', offer, { 'idempotency-key': 'offer-1' });
    expect(entered.statusCode).toBe(201);
    const { id, version, events } = entered.json<{ id: string; version: number; events: string[] }>();
    expect([version, events]).toEqual([1, ['ServiceOffered']]);
    expect(entered.headers).toMatchObject({ etag: '"1"', location: `/api/v1/directory/services/${id}` });
    const again = await ask('POST', '/directory/services', offer, { 'idempotency-key': 'offer-1' });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(entered.json());

    const read = await ask('GET', `/directory/services/${id}`);
    expect(read.json()).toMatchObject({ ...offer, languages: ['km'], endsOn: null, paused: false, version: 1 });
    const stale = await ask('PATCH', `/directory/services/${id}`, { paused: true }, { 'if-match': '"9"' });
    expect(stale.statusCode).toBe(412);
    const changed = await ask('PATCH', `/directory/services/${id}`, { paused: true }, { 'if-match': '"1"' });
    expect(changed.json()).toEqual({ id, version: 2, events: ['ServiceOfferChanged'] });
    const history = (await ask('GET', `/directory/services/${id}/changes`)).json<
      { changedBy: string; changes: object[] }[]
    >();
    expect(history.at(-1)).toMatchObject({
      changedBy: 'sw-kandal-1',
      changes: [{ field: 'paused', before: false, after: true }],
    });
    await ask('PATCH', `/directory/services/${id}`, { paused: false });
    const found = await ask('GET', '/directory/services?service=counselling_trauma&district=0801');
    expect(found.json()).toMatchObject({ items: [{ entryId: id }], next: null });
  });

  it('SR-38: has a programme of positive discipline like any other service, each agency once', async () => {
    const programme = {
      ...offer,
      service: 'family_support_family_support',
      capacity: 40,
      provinces: ['08'],
      districts: [],
    };
    await made('/directory/services', programme);
    const twice = await ask('POST', '/directory/services', programme);
    expect(twice.statusCode).toBe(409);
  });

  it.each([
    ['an unknown service', { service: 'PRAYER' }, ['service not_found']],
    ['an unknown agency', { agency: 'NOBODY' }, ['agency not_found']],
    ['an unknown language', { languages: ['km', 'tlh'] }, ['languages not_found']],
    ['a district that is none', { districts: ['080'] }, ['districts invalid']],
    ['a province that is none', { provinces: ['26'] }, ['provinces invalid']],
    ['no place', { districts: [] }, ['districts missing']],
    ['half a child', { capacity: 1.5 }, ['capacity wrong_type']],
    ['fewer than no child', { capacity: -1 }, ['capacity out_of_range']],
    ['an end before its beginning', { endsOn: '2025-12-31' }, ['endsOn out_of_range']],
    ['a day that is none', { startsOn: '2026-02-30' }, ['startsOn invalid']],
    ['an unknown field', { [canary]: 1 }, [`${canary} unknown`]],
    ['words for a code', { service: 'the river house' }, ['service invalid']],
  ])('refuses %s, the field by its name', async (_, wrong, errors) => {
    const answer = await ask('POST', '/directory/services', { ...offer, service: 'RESPITE', ...wrong });
    expect([answer.statusCode, problemsOf(answer)]).toEqual([400, errors]);
  });

  it('finds nothing where there is nothing', async () => {
    for (const address of [
      `/directory/services/${nobody}`,
      `/directory/services/${nobody}/changes`,
      '/directory/services/x',
    ]) {
      expect((await ask('GET', address)).statusCode).toBe(404);
    }
    expect((await ask('PATCH', `/directory/services/${nobody}`, { capacity: 1 })).statusCode).toBe(404);
    expect(problemsOf(await ask('GET', '/directory/services?district=8'))).toEqual(['query.district invalid']);
    expect(problemsOf(await ask('GET', '/directory/services?cursor=WyJhIl0'))).toEqual(['query.cursor invalid']);
  });
});

describe('the directory of carers', () => {
  it('opens names and addresses in the detail alone', async () => {
    const identity = { familyNameLatin: canary, phone: '+855 00 123 456' };
    const id = await made('/directory/carers', { ...family, identity, location: { address: canary }, synthetic: true });
    const opened = await ask('GET', `/directory/carers/${id}`);
    expect(opened.json()).toMatchObject({ carerId: id, identity, location: { address: canary }, placed: 0 });
    expect(opened.headers['etag']).toBe('"1"');
    await ask('PATCH', `/directory/carers/${id}`, { capacity: 3, identity: { givenNameLatin: 'Bopha' } });
    const others = [
      '/directory/carers?province=08&kind=FOSTER_EMERGENCY',
      `/directory/carers/${id}/changes`,
      `/cases/${caseId}/carers`,
    ];
    for (const address of others) {
      const answer = await ask('GET', address);
      expect([address, answer.statusCode]).toEqual([address, 200]);
      expect(answer.payload).not.toMatch(/SOKDARA|Bopha|123 456/);
    }
    expect((await ask('GET', `/directory/carers/${id}`)).json()).toMatchObject({
      capacity: 3,
      identity: { ...identity, givenNameLatin: 'Bopha' },
    });
  });

  it.each([
    ['no kind', { kinds: [] }, ['kinds missing']],
    ['an unknown kind', { kinds: ['ORPHANAGE'] }, ['kinds not_found']],
    ['an approval before the assessment', { approvedUntil: '2025-01-01' }, ['approvedUntil out_of_range']],
    ['a district of another province', { district: '1202' }, ['district invalid']],
    ['a name that is no text', { identity: { familyNameKm: 7 } }, ['identity.familyNameKm wrong_type']],
    ['a birth date', { identity: { birthDate: '1970-01-01' } }, ['identity.birthDate unknown']],
  ])('refuses %s, the field by its name', async (_, wrong, errors) => {
    const answer = await ask('POST', '/directory/carers', { ...family, ...wrong });
    expect([answer.statusCode, problemsOf(answer)]).toEqual([400, errors]);
  });

  it('SR-62: names who takes a child in; a carer whom it does not know is refused', async () => {
    const id = await made('/directory/carers', { ...family, synthetic: true });
    for (const wrong of ['Auntie', nobody]) {
      const answer = await ask('POST', `/cases/${caseId}/facts`, { facts: { carerId: wrong } });
      expect([answer.statusCode, problemsOf(answer)]).toEqual([400, ['facts.carerId not_found']]);
    }
    const opening = await ask('POST', '/cases', { personId, pathway: 'A_OCSEA', facts: { carerId: 'Auntie' } });
    expect(problemsOf(opening)).toEqual(['facts.carerId not_found']);
    expect((await ask('POST', `/cases/${caseId}/facts`, { facts: { carerId: id } })).statusCode).toBe(200);
    const matches = (await ask('GET', `/cases/${caseId}/carers?kind=FOSTER_EMERGENCY`)).json<
      { carerId: string; fits: boolean; reasons: { code: string; text: { en: string; km: string } }[] }[]
    >();
    const own = matches.find(({ carerId }) => carerId === id);
    expect(own?.fits).toBe(true);
    expect(own?.reasons.map(({ code }) => code)).toEqual(['COVERS_DISTRICT', 'HAS_CAPACITY']);
    expect(own?.reasons[0]?.text.km).toMatch(/\p{Script=Khmer}/u);
    expect(problemsOf(await ask('GET', `/cases/${caseId}/carers?kind=x&language=y`))).toEqual([
      'query.language not_found',
      'query.kind not_found',
    ]);
  });
});

describe('an unmet need', () => {
  it('SR-70: is recorded, shown with the case, and met', async () => {
    const id = await made(`/cases/${caseId}/unmet-needs`, { service: 'RESPITE', why: 'NONE_EXISTS', text: canary });
    const view = await ask('GET', `/cases/${caseId}`);
    expect(view.json()).toMatchObject({
      unmetNeeds: [{ needId: id, service: 'RESPITE', why: 'NONE_EXISTS', province: '08', metAt: null }],
    });
    expect(view.payload).not.toContain(canary);
    const met = await ask('POST', `/cases/${caseId}/unmet-needs/${id}/fulfilment`, { text: 'a neighbour helps' });
    expect(met.json()).toMatchObject({ events: ['UnmetNeedMet'] });
    const again = await ask('POST', `/cases/${caseId}/unmet-needs/${id}/fulfilment`, {});
    expect(again.statusCode).toBe(409);
    expect((await ask('POST', `/cases/${caseId}/unmet-needs/${nobody}/fulfilment`, {})).statusCode).toBe(404);
  });

  it.each([
    [{ service: 'PRAYER', why: 'COST' }, 400, ['service not_found']],
    [{ service: 'PEP', why: 'COST', district: '08' }, 400, ['district invalid']],
    [{ service: 'PEP' }, 400, ['why missing']],
    [{ service: 'PEP', why: 'BAD_LUCK' }, 422, undefined],
  ])('%j is refused with %d', async (body, status, errors) => {
    const answer = await ask('POST', `/cases/${caseId}/unmet-needs`, body);
    expect([answer.statusCode, problemsOf(answer)]).toEqual([status, errors]);
    if (status === 422) expect(answer.json<Problem>().unmet).toMatchObject([{ code: 'NotFound', subject: 'why' }]);
  });
});

describe('every new question', () => {
  let referralId: string;
  const months = 'from=2026-01&to=2026-12';

  beforeAll(async () => {
    const referral = {
      type: 'service',
      service: { code: 'counselling_trauma' },
      toAgency: 'NGO-ONE',
      urgency: 'URGENT',
    };
    referralId = await made(`/cases/${caseId}/referrals`, { ...referral, language: 'csx' });
  });

  const questions = (): [string, string][] => [
    ['/directory/service-codes', '/directory/service-codes'],
    ['/directory/services', '/directory/services'],
    ['/directory/carers', '/directory/carers'],
    ['/cases/{caseId}/referrals/{referralId}/providers', `/cases/${caseId}/referrals/${referralId}/providers`],
    ['/cases/{caseId}/referrals', `/cases/${caseId}/referrals`],
    ['/cases/{caseId}/carers', `/cases/${caseId}/carers`],
    ['/cases/{caseId}/proposed-owners', `/cases/${caseId}/proposed-owners`],
    ['/cases/{caseId}/deadlines', `/cases/${caseId}/deadlines`],
    ['/cases/{caseId}', `/cases/${caseId}`],
    ['/statistics/unmet-needs', '/statistics/unmet-needs'],
    ['/statistics/recidivism', '/statistics/recidivism'],
    ['/statistics/pre-trial-detention', '/statistics/pre-trial-detention'],
    ['/statistics/informal-fees', '/statistics/informal-fees'],
    ['/statistics/watchlists', '/statistics/watchlists'],
    ['/supervision/caseload', '/supervision/caseload'],
    ['/supervision/without-contact', '/supervision/without-contact'],
    ['/supervision/late-recorded', `/supervision/late-recorded?${months}`],
    ['/supervision/exceptions', `/supervision/exceptions?${months}`],
    ['/supervision/legal-limit-breaches', '/supervision/legal-limit-breaches'],
    ['/supervision/watchlists', '/supervision/watchlists'],
    ['/supervision/watchlists/{watchlist}', '/supervision/watchlists/NO_LAWYER'],
    ['/worklists/referrals-unanswered', '/worklists/referrals-unanswered'],
    ['/worklists/mine', '/worklists/mine'],
  ];

  it('is answered as the description says', async () => {
    const { paths } = (await api.app.inject({ url: '/openapi.json' })).json<{
      paths: Record<string, { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }>;
    }>();
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    for (const [path, address] of questions()) {
      const answer = await ask('GET', address, undefined, { as: 'sup-kandal-1' });
      expect([path, answer.statusCode, answer.payload]).toEqual([path, 200, expect.anything()]);
      const schema = paths[`/api/v1${path}`]?.get.responses['200']?.content['application/json']?.schema;
      const validate = ajv.compile(schema!);
      validate(answer.json());
      expect([path, validate.errors]).toEqual([path, null]);
    }
  });

  it('SR-74: the language that the child needs travels in the referral', async () => {
    const [referral] = (await ask('GET', `/cases/${caseId}/referrals`)).json<{ language: string }[]>();
    expect(referral?.language).toBe('csx');
    const { providers, language } = (await ask('GET', `/cases/${caseId}/referrals/${referralId}/providers`)).json<{
      language: string;
      providers: { agency: string; fits: boolean; reasons: { code: string }[] }[];
    }>();
    expect(language).toBe('csx');
    expect(providers).toMatchObject([{ agency: 'NGO-ONE', fits: false }]);
    expect(providers[0]?.reasons.map(({ code }) => code)).toContain('LANGUAGE_MISSING');
  });

  it.each([
    ['/supervision/late-recorded?from=2026&to=2026-12', ['query.from invalid']],
    ['/supervision/exceptions?from=2026-01', ['query.to missing']],
    ['/supervision/without-contact?cursor=WyJhIiwiYiJd', ['query.cursor invalid']],
    ['/supervision/watchlists/NO_LAWYER?limit=0', ['query.limit out_of_range']],
    ['/directory/carers?cursor=WyJ4Il0', ['query.cursor invalid']],
  ])('%s is refused with the field named', async (address, errors) => {
    expect(problemsOf(await ask('GET', address))).toEqual(errors);
  });

  it.each([
    '/supervision/watchlists/NO_SUCH_LIST',
    '/supervision/watchlists/constructor',
    `/cases/${nobody}/carers`,
    `/cases/${nobody}/proposed-owners`,
    `/cases/${nobody}/referrals/${nobody}/providers`,
    `/directory/carers/${nobody}`,
    `/directory/carers/${nobody}/changes`,
  ])('%s is not found', async (address) => {
    expect((await ask('GET', address)).statusCode).toBe(404);
  });

  it('finds nothing for a caller in conflict of interest', async () => {
    const conflict = { subject: 'staff', ref: 'sup-kandal-1', reason: 'a relative' };
    await made(`/cases/${caseId}/conflicts`, conflict);
    const asBlocked = { as: 'sup-kandal-1' };
    for (const [, address] of questions().filter(([path]) => path.startsWith('/cases/'))) {
      expect([address, (await ask('GET', address, undefined, asBlocked)).statusCode]).toEqual([address, 404]);
    }
    const need = await ask('POST', `/cases/${caseId}/unmet-needs`, { service: 'PEP', why: 'COST' }, asBlocked);
    expect(need.statusCode).toBe(404);
    for (const list of ['/supervision/without-contact', '/worklists/team']) {
      expect((await ask('GET', list, undefined, asBlocked)).payload).not.toContain(caseId);
    }
  });

  it('leaves nothing of a carer or a child in clear in any table', async () => {
    await withClient(api.database.urls.admin, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
      );
      for (const { name } of rows) {
        const { rows: found } = await client.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE '%' || $1 || '%'`, [
          canary,
        ]);
        expect([name, found]).toEqual([name, []]);
      }
    });
  });
});
