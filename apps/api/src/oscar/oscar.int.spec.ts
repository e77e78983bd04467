import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

import { routes } from '#libs/access';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { listening, openProgram, overTheWire, type WireRequest } from '../../../../test/support/programs.js';
import { withClient } from '../../../../test/support/sql.js';

type Row = Record<string, unknown>;
type Client = Row & { services: Row[] };

let api: TestApi;
let port: number;
let key: string;
let signedIn: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  port = await listening(api);
  key = await openProgram(api, 'svc-oscar', { scopes: ['oscar', 'primero'] });
  signedIn = await signIn();
});
afterAll(() => api.close());

const wire = (request: WireRequest) => overTheWire(port, request);
const send = (method: WireRequest['method'], path: string, body?: unknown, headers = signedIn) =>
  wire({ method, path: `/oscar/api/v1${path}`, headers, ...(body === undefined ? {} : { body }) });
const sql = <R extends object>(text: string, values: unknown[] = []) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<R>(text, values)).rows);

async function signIn(id = 'svc-oscar', secret = key): Promise<Record<string, string>> {
  const body = { email: `${id}@example.org`, password: secret };
  const answer = await send('POST', '/admin_auth/sign_in', body, {});
  expect([answer.status, answer.json()]).toMatchObject([200, { data: { email: id, uid: id, token: null } }]);
  const { 'access-token': token, client, uid, expiry, 'token-type': type } = answer.headers;
  expect([type, Number(expiry) * 1_000 > Date.parse(api.clock.now())]).toEqual(['Bearer', true]);
  return { 'access-token': String(token), client: String(client), uid: String(uid) };
}

async function clients(query = ''): Promise<Client[]> {
  const answer = await send('GET', `/organizations/clients${query}`);
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.stringContaining('"data"')]);
  return answer.json<{ data: Client[] }>().data;
}
const upsert = (organization: Row, path = '/organizations/clients/upsert/') => send('POST', path, { organization });
const clientOf = async (globalId: unknown) => (await clients()).find(({ global_id: id }) => id === globalId);

let count = 0;

/** A made-up client, referred by its organisation to the government. */
function client(more: Row = {}): Row {
  count += 1;
  return {
    global_id: `01EDN2N13KJQYZJDNNJE68${String(count).padStart(4, '0')}`,
    slug: `abcd-${count}`,
    external_id: '',
    given_name: 'Dara',
    family_name: 'Chea',
    local_given_name: 'ដារ៉ា',
    local_family_name: 'ជា',
    gender: 'male',
    date_of_birth: '2012-02-02',
    location_current_village_code: '12110417',
    organization_name: 'bridge',
    is_referred: true,
    level_of_risk: 'high',
    reason_for_referral: 'made-up reason',
    services: [
      {
        uuid: '37cd9808-c417-4a19-9563-36ac7865e2f8',
        name: 'Trauma counselling',
        referral_id: count,
        referral_status: 'Referred',
      },
    ],
    ...more,
  };
}

/** A child of the government's, as the job posts it: one service for each request. */
const fromPrimero = (more: Row = {}): Row => ({
  external_id: randomUUID(),
  external_id_display: 'abc1234',
  given_name: 'Bopha',
  family_name: 'Sok',
  gender: 'female',
  date_of_birth: '2014-04-04',
  location_current_village_code: '19010101',
  resource: 'Primero',
  is_referred: true,
  level_of_risk: 'medium',
  organization_name: 'bridge',
  services: [{ uuid: randomUUID(), name: 'Family counselling / mediation' }],
  ...more,
});

describe('what a compatible server must do', () => {
  it('number 1: answers a sign-in with headers, and looks at neither Basic nor cookies afterwards', async () => {
    const more = { authorization: 'Basic bm9ib2R5Om5vdGhpbmc=', cookie: '_cif-web_session=x; path=/; HttpOnly' };
    expect((await send('GET', '/organizations', undefined, { ...signedIn, ...more })).status).toBe(200);
    const alone = await send('GET', '/organizations', undefined, more);
    expect([alone.status, alone.json()]).toEqual([
      401,
      { errors: ['You need to sign in or sign up before continuing.'] },
    ]);
    for (const wrong of [{ client: 'x' }, { uid: 'svc-other' }, { 'access-token': key }])
      expect((await send('GET', '/organizations', undefined, { ...signedIn, ...wrong })).status).toBe(401);
    const refused = await send('POST', '/admin_auth/sign_in', { email: 'svc-oscar', password: 'x' }, {});
    expect([refused.status, refused.json()]).toEqual([
      401,
      { success: false, errors: ['Invalid login credentials. Please try again.'] },
    ]);
    const tokens = await wire({
      method: 'GET',
      path: '/primero/api/v2/cases',
      headers: { authorization: `Bearer ${signedIn['access-token']}` },
    });
    expect(tokens.status).toBe(401);
  });

  it('number 2: takes a GET with the JSON body null', async () => {
    const answer = await send('GET', '/organizations/clients?since_date=2022-12-19+00:00:00', 'null');
    expect([answer.status, answer.json()]).toEqual([200, { data: [] }]);
  });

  it('number 3: answers with and without a slash at the end', async () => {
    for (const end of ['', '/']) {
      expect((await upsert(client(), `/organizations/clients/upsert${end}`)).status).toBe(200);
      for (const path of ['clients/update_links', 'referrals/update_statuses'])
        expect((await send('PUT', `/organizations/${path}${end}`, { data: [] })).status).toBe(200);
    }
  });

  it('number 4: answers writes with 2xx and JSON that is not empty', async () => {
    const posted = client();
    expect((await upsert(posted)).json()).toMatchObject({ external_id: '', message: 'Record saved.' });
    for (const path of ['clients/update_links/', 'referrals/update_statuses/'])
      expect((await send('PUT', `/organizations/${path}`, { data: [] })).json()).toMatchObject({
        message: 'Record saved.',
      });
  });

  it('number 5: keeps what it can not use for a person, says so with 200, and goes on', async () => {
    const [bad, good] = [client({ date_of_birth: '22012-01-01' }), client()];
    const answers = [await upsert(bad), await upsert(good), await upsert(bad)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.json()).toMatchObject({
      message: 'Record kept for review.',
      results: [{ result: 'quarantined', review: { reason: expect.stringMatching(/^date_of_birth: /) } }],
    });
    expect(answers[0]?.text).not.toMatch(/22012|Dara/);
    const waiting = await sql("SELECT reason FROM received_records WHERE state = 'quarantined'");
    expect(waiting).toEqual([{ reason: expect.stringMatching(/^date_of_birth: /) }]);
    expect(await clientOf(good['global_id'])).toBeDefined();
  });

  it('number 10: lists clients in both shapes, with services as a list and codes as text', async () => {
    const referred = client({ level_of_risk: 'no action' });
    const shared = client({ is_referred: false, external_id: randomUUID(), organization_name: 'other' });
    const apart = client({ is_referred: false, services: [] });
    for (const each of [referred, shared, apart]) await upsert(each);
    const [one, other, third] = [
      await clientOf(referred['global_id']),
      await clientOf(shared['global_id']),
      await clientOf(apart['global_id']),
    ];
    expect(one).toMatchObject({
      given_name: 'Dara',
      level_of_risk: 'no action',
      reason_for_referral: 'made-up reason',
      referral_consent_form: [],
      location_current_village_code: '12110417',
      services: [
        { program_name: null, enrollment_date: null, name: 'Trauma counselling', referral_status: 'Referred' },
      ],
    });
    expect(Object.keys(one ?? {})).not.toContain('resource');
    expect(typeof one?.services[0]?.['referral_id']).toBe('number');
    expect(other).toMatchObject({
      local_given_name: 'ដារ៉ា',
      organization_name: 'other',
      services: [expect.anything()],
    });
    expect(Object.keys(other ?? {})).not.toContain('level_of_risk');
    expect(third).toMatchObject({ external_id: '', resource: null, services: [] });
  });

  it('number 12: takes since_date in every way that jobs write it, and refuses what is no time', async () => {
    api.clock.advance('P1D');
    signedIn = await signIn();
    const late = client();
    const now = new Date(Date.parse(api.clock.now())).toISOString();
    await upsert(late);
    for (const since of ['2022-12-19+00:00:00', '2022-12-19%2000:00:00', '2025-08-02T00:00:04.400Z', '2022-12-19'])
      expect((await clients(`?since_date=${since}`)).length).toBeGreaterThan(5);
    expect((await clients(`?since_date=${now}`)).map(({ global_id }) => global_id)).toEqual([late['global_id']]);
    expect(await clients(`?since_date=2022-12-19&end_date=2023-01-01`)).toEqual([]);
    const refused = await send('GET', '/organizations/clients?since_date=yesterday');
    expect([refused.status, refused.json()]).toMatchObject([422, { error: expect.stringContaining('since_date') }]);
  });

  it('tells organisations, a transaction, and whether there is somebody alike', async () => {
    expect((await send('GET', '/organizations')).json()).toEqual({
      organizations: [expect.objectContaining({ short_name: 'NGO-ONE', full_name: 'An organisation' })],
    });
    expect((await send('GET', '/organizations/listing')).json()).toEqual([['An organisation', 'NGO-ONE']]);
    await upsert(fromPrimero({ transaction_id: 'tx-1' }));
    expect((await send('GET', '/organizations/transactions/tx-1')).json()).toMatchObject({
      transaction_id: 'tx-1',
      items: [{ state: 'taken_in', reason: null }],
    });
    expect((await send('GET', '/organizations/transactions/tx-2')).status).toBe(404);
    const alike = (query: string) => send('GET', `/organizations/clients/check_duplication?${query}`);
    const known =
      'given_name=Bopha&family_name=Sok&date_of_birth=2014-04-04&gender=female&address_current_village_code=1901';
    expect((await alike(known)).json()).toEqual({ similar_fields: 'Record was Found' });
    expect((await alike('given_name=Qwxyz&family_name=Vbnmk')).json()).toEqual({
      similar_fields: 'Record was not found',
    });
  });

  it('asks on every route of both systems who calls', async () => {
    const rows = Object.keys(routes).filter((row) => / \/(primero|oscar)\//.test(row));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const [method, path] = row.split(' ') as [WireRequest['method'], string];
      const answer = await wire({ method, path: path.replaceAll(/:\w+/g, 'x') });
      expect([row, answer.status]).toEqual([row, 401]);
    }
  });
});

describe('what goes wrong today', () => {
  it('defect 9: one bad item of a list stops no other', async () => {
    const known = client();
    await upsert(known);
    const number = (known['services'] as Row[])[0]?.['referral_id'];
    const decision = { client_global_id: known['global_id'], referral_id: number, referral_status: 'Accepted' };
    const answer = await send('PUT', '/organizations/referrals/update_statuses/', {
      data: [
        { ...decision, client_global_id: 'nobody' },
        { ...decision, referral_status: 'Perhaps' },
        'nothing',
        decision,
      ],
    });
    expect([answer.status, answer.json<{ results: Row[] }>().results.map(({ result }) => result)]).toEqual([
      200,
      ['quarantined', 'quarantined', 'quarantined', 'updated'],
    ]);
    expect((await clientOf(known['global_id']))?.services).toMatchObject([{ referral_status: 'Accepted' }]);
  });

  it('defect 2: a lower level of risk is no news', async () => {
    const known = client();
    await upsert(known);
    await upsert({ ...known, level_of_risk: 'no action' });
    expect(await clientOf(known['global_id'])).toMatchObject({ level_of_risk: 'high' });
  });

  it('defect 3: services for two organisations are told to each of them alone', async () => {
    const child = fromPrimero();
    const services = [{ uuid: randomUUID(), name: 'Trauma counselling' }];
    await upsert(child);
    await upsert({ ...child, organization_name: 'other', services });
    const told = (await clients()).filter(({ external_id }) => external_id === child['external_id']);
    expect(
      told.map(({ organization_name, services: list }) => [organization_name, list.map(({ name }) => name)]).sort(),
    ).toEqual([
      ['bridge', ['Family counselling / mediation']],
      ['other', ['Trauma counselling']],
    ]);
  });

  it('defect 13: a second referral of one service is a second one, and a decision reaches the one it is about', async () => {
    const known = client();
    const [service] = known['services'] as Row[];
    await upsert(known);
    await upsert({ ...known, services: [{ ...service, referral_id: 9_001 }] });
    const decision = { client_global_id: known['global_id'], referral_id: 9_001, referral_status: 'Exited' };
    await send('PUT', '/organizations/referrals/update_statuses/', { data: [decision] });
    const services = (await clientOf(known['global_id']))?.services ?? [];
    expect(services.map(({ referral_id, referral_status }) => [referral_id, referral_status]).sort()).toEqual(
      [
        [service?.['referral_id'], 'Referred'],
        [9_001, 'Exited'],
      ].sort(),
    );
  });

  it('defect 14: a service that has no code here comes back by its own name', async () => {
    const uuid = randomUUID();
    const known = client({
      services: [{ uuid, name: 'Made-up service', referral_id: 77, referral_status: 'Referred' }],
    });
    await upsert(known);
    expect((await clientOf(known['global_id']))?.services).toMatchObject([{ name: 'Made-up service', uuid }]);
  });

  it('defect 11: where a client comes from stays as it was when the ids are tied together', async () => {
    const known = client();
    await upsert(known);
    const external = { external_id: randomUUID(), external_id_display: 'abc9999' };
    const link = { ...external, global_id: known['global_id'], is_referred: false };
    const answer = await send('PUT', '/organizations/clients/update_links/', {
      data: [link, { ...link, global_id: 'nobody', external_id: randomUUID() }],
    });
    expect(answer.json<{ results: Row[] }>().results.map(({ result }) => result)).toEqual(['updated', 'quarantined']);
    const told = await clientOf(known['global_id']);
    expect(told).toMatchObject({ ...external, reason_for_referral: 'made-up reason', local_given_name: 'ដារ៉ា' });
    expect(Object.keys(told ?? {})).not.toContain('resource');
  });

  it('defect 12: a record that leaves names and reason out takes nothing away', async () => {
    const known = client();
    await upsert(known);
    const { local_given_name: _1, local_family_name: _2, reason_for_referral: _3, ...rest } = known;
    await upsert({ ...rest, given_name: 'Dara-Rith' });
    expect(await clientOf(known['global_id'])).toMatchObject({
      given_name: 'Dara-Rith',
      local_given_name: 'ដារ៉ា',
      reason_for_referral: 'made-up reason',
    });
  });

  it('defect 15: a telephone that is made of zeros is none', async () => {
    const known = client({ case_worker_mobile: '000000000', case_worker_name: 'A worker' });
    await upsert(known);
    expect(await clientOf(known['global_id'])).toMatchObject({ case_worker_mobile: '', case_worker_name: 'A worker' });
  });

  it('defect 17: the token is none of a person, and neither it nor the key is kept anywhere', async () => {
    const kept = JSON.stringify(await sql('SELECT *, token_hash::text, key_hash::text FROM service_tokens'));
    expect([kept.includes(String(signedIn['access-token'])), kept.includes(key)]).toEqual([false, false]);
    const me = await api.app.inject({
      url: '/api/v1/me',
      headers: { authorization: `Bearer ${signedIn['access-token']}` },
    });
    expect(me.statusCode).toBe(401);
  });

  it('defect 18: a decision that the other side can not express is left to a person', async () => {
    const known = client();
    await upsert(known);
    const number = (known['services'] as Row[])[0]?.['referral_id'];
    const decide = async (status: string) =>
      (
        await send('PUT', '/organizations/referrals/update_statuses/', {
          data: [{ client_global_id: known['global_id'], referral_id: number, referral_status: status }],
        })
      ).json<{ results: Row[] }>().results;
    expect(await decide('Active')).toMatchObject([{ result: 'updated' }]);
    expect(await decide('Exited')).toMatchObject([{ result: 'quarantined' }]);
    expect((await clientOf(known['global_id']))?.services).toMatchObject([{ referral_status: 'Active' }]);
  });
});

describe('what a program is told', () => {
  it('before its agency has accepted, is what was asked of it, and nobody’s name', async () => {
    await withClient(api.database.urls.admin, (client_) =>
      client_.query(
        "INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, 'asked', 'ngo', 'Asked', '08')",
      ),
    );
    await withClient(api.database.urls.admin, (client_) =>
      client_.query(
        "INSERT INTO staff (tenant_id, id, agency, roles, title, province) VALUES (1, 'asked-1', 'asked', '{NGO_SUP}', 'Head', '08')",
      ),
    );
    const theirs = await openProgram(api, 'svc-asked', { scopes: ['oscar'], as: 'asked-1' });
    const headers = await signIn('svc-asked', theirs);
    const child = fromPrimero({ organization_name: 'asked', reason_for_referral: 'made-up story' });
    await upsert(child);
    const told = async () => {
      const answer = await send('GET', '/organizations/clients', undefined, headers);
      return answer.json<{ data: Client[] }>().data.find(({ external_id }) => external_id === child['external_id']);
    };
    const before = await told();
    expect(before).toMatchObject({
      given_name: '',
      date_of_birth: '',
      location_current_village_code: '1901',
      gender: 'female',
    });
    expect(before?.services).toMatchObject([{ name: 'Family counselling / mediation', referral_status: 'Referred' }]);
    expect(JSON.stringify(before)).not.toMatch(/Bopha|Sok|story|2014/);
  });

  it('is nothing of a case that a conflict of interest keeps from its agency, or that may not go there', async () => {
    const known = client();
    await upsert(known);
    const [row] = await sql<{ stream_id: string }>('SELECT stream_id FROM foreign_identifiers WHERE value = $1', [
      known['global_id'],
    ]);
    await sql("UPDATE case_summary SET conflicts = '{NGO-ONE}' WHERE stream_id = $1", [row?.stream_id]);
    expect(await clientOf(known['global_id'])).toBeUndefined();
    await sql("UPDATE case_summary SET conflicts = '{}' WHERE stream_id = $1", [row?.stream_id]);
    expect(await clientOf(known['global_id'])).toBeDefined();
    await sql('UPDATE case_sharing SET asked = true, until = NULL WHERE stream_id = $1', [row?.stream_id]);
    expect(await clientOf(known['global_id'])).toBeUndefined();
  });

  it('of the other system is not told to Primero without a consent', async () => {
    const answer = await wire({
      method: 'GET',
      path: '/primero/api/v2/cases?per=10000',
      headers: { authorization: `Basic ${Buffer.from(`svc-oscar:${key}`).toString('base64')}` },
    });
    expect(answer.json()).toMatchObject({ data: [], metadata: { total: 0 } });
  });
});
