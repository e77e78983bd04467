import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../support/api.js';
import { listening, openProgram, overTheWire } from '../../support/programs.js';
import { withClient } from '../../support/sql.js';
import { runOpenfn, type OpenfnRun } from './run-openfn.js';

type Row = Record<string, unknown>;

let api: TestApi;
let port: number;
let password: string;

beforeEach(async () => {
  api = await startApi();
  port = await listening(api);
  password = await openProgram(api, 'svc-job', { scopes: ['primero', 'oscar'] });
});
afterEach(() => api.close());

/** One hour of the live integration, with both addresses ours. */
const hour = (wrapping: 1 | 2 = 1): Promise<OpenfnRun> =>
  runOpenfn({
    primero: { url: `http://127.0.0.1:${port}/primero`, userName: 'svc-job', password, wrapping },
    oscar: { url: `http://127.0.0.1:${port}/oscar`, email: 'svc-job@example.org', password },
    since: '2026-03-13T00:00:04.400Z',
    owners: { referred: 'mgrpnh', shared: 'agency-cif-user' },
  });

const sql = <R extends object>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<R>(text)).rows);
const basic = () => ({ authorization: `Basic ${Buffer.from(`svc-job:${password}`).toString('base64')}` });
const primero = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
  overTheWire(port, {
    method,
    path: `/primero/api/v2${path}`,
    headers: basic(),
    ...(body === undefined ? {} : { body }),
  });

/** A child of the government's, referred to organisations, each for one service. */
const ofPrimero = (more: Row = {}, organisations = ['cif']): Row => ({
  case_id: randomUUID(),
  module_id: 'primeromodule-cp',
  name_first: 'ស្រីមុំ (Sreymom)',
  name_last: 'Example',
  sex: 'female',
  date_of_birth: '2015-01-01',
  location_current: '2020202',
  risk_level: 'high',
  owned_by: 'mgrbtb',
  services_section: organisations.map((organisation) => ({
    unique_id: randomUUID(),
    service_response_type: 'referral_to_oscar',
    service_type: 'counselling',
    service_subtype: ['counselling_trauma'],
    service_implementing_agency: `agency-${organisation}`,
    service_referral_notes: `Made-up words for ${organisation}`,
  })),
  ...more,
});

/** A child of an organisation's, referred to the government. */
const ofOscar = (number: number, more: Row = {}): Row => ({
  global_id: `01EDN2N13KJQYZJDNNJE6800${number}`,
  slug: `abcd-${number}`,
  external_id: '',
  given_name: 'Dara',
  family_name: 'Made-up',
  local_given_name: 'ដារ៉ា',
  gender: 'male',
  date_of_birth: '2012-02-02',
  location_current_village_code: '19010101',
  organization_name: 'cif',
  is_referred: true,
  level_of_risk: 'high',
  reason_for_referral: 'Made-up reason',
  services: [{ name: 'Kinship care', referral_id: number, referral_status: 'Referred' }],
  ...more,
});

async function postOscar(organization: Row): Promise<void> {
  const path = '/oscar/api/v1/admin_auth/sign_in';
  const { headers } = await overTheWire(port, { method: 'POST', path, body: { email: 'svc-job', password } });
  const named = (name: string): [string, string] => [name, String(headers[name])];
  const answer = await overTheWire(port, {
    method: 'POST',
    path: '/oscar/api/v1/organizations/clients/upsert',
    headers: Object.fromEntries(['access-token', 'client', 'uid'].map(named)),
    body: { organization },
  });
  expect(answer.json()).toMatchObject({ message: 'Record saved.' });
}

const calls = ({ exchanges }: OpenfnRun) =>
  exchanges.map(
    ({ step, method, path, status }) => `${step} ${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')} ${status}`,
  );

/** Every case, referral and level of risk there is, and what waits for a person. */
const state = async () => ({
  cases: await sql<Row>('SELECT stream_id, code, risk, received_from FROM case_summary ORDER BY opened_at, stream_id'),
  referrals: await sql<Row>(
    'SELECT stream_id, referral_id, service, from_agency, to_agency, state FROM referrals ORDER BY stream_id, referral_id',
  ),
  waiting: await sql<Row>("SELECT system, reason FROM received_records WHERE state = 'quarantined'"),
});

describe('the live integration, against our servers', () => {
  it('is answered as the two systems would when there is nothing to do', async () => {
    const run = await hour();
    expect(run.stoppedBy).toBeUndefined();
    const cases = 'GET /api/v2/cases?remote=true&last_updated_at=2026-03-13T00%3A00%3A04.400Z..';
    expect(calls(run)).toEqual([
      'f0-j1 POST /api/v1/admin_auth/sign_in 200',
      'f0-j1 GET /api/v1/organizations/clients?since_date=2022-12-19+00:00:00 200',
      'f0-j2 POST /api/v2/tokens 200',
      'f1-j1 POST /api/v2/tokens 200',
      ...Array.from({ length: 3 }, () => `f1-j1 ${cases}&page=1&per=10000 200`),
      'f1-j2 POST /api/v1/admin_auth/sign_in 200',
      'f1-j2 POST /api/v1/admin_auth/sign_in 200',
      'f2-j1 POST /api/v1/admin_auth/sign_in 200',
      'f2-j1 GET /api/v1/organizations/clients?since_date=2026-03-13T00:00:04.400Z 200',
      'f2-j2 POST /api/v2/tokens 200',
      'f2-j3 POST /api/v2/tokens 200',
      `f2-j3 ${cases}&workflow=referral_from_oscar 200`,
    ]);
    const [signIn, clients, tokens] = run.exchanges;
    expect(signIn?.headers).toMatchObject({ 'access-token': expect.any(String), client: expect.any(String) });
    expect(signIn?.body).toMatchObject({ data: { token: null, uid: 'svc-job', provider: 'email' } });
    expect(clients?.body).toEqual({ data: [] });
    expect(tokens?.body).toMatchObject({ token: expect.any(String) });
    expect(run.exchanges[4]?.body).toEqual({ data: [], metadata: { total: 0, per: 10_000, page: 1 } });
  });

  it.each([1, 2] as const)(
    'is answered call by call where children go both ways, with bodies wrapped %s times, and doubles nothing',
    async (wrapping) => {
      await primero('POST', '/cases', { data: ofPrimero() });
      await primero('POST', '/cases', {
        data: ofPrimero({ oscar_number: '01EGG9DKEQNRB1G6T2JW1EZVVW' }, ['cif', 'tpo']),
      });
      await postOscar(ofOscar(17));
      await postOscar(ofOscar(18, { is_referred: false, services: [] }));
      const before = await state();
      expect([before.cases.length, before.referrals.length]).toEqual([4, 4]);

      const first = await hour(wrapping);
      expect(first.stoppedBy).toBeUndefined();
      for (const { step, body, headers } of first.exchanges) {
        expect([step, headers['content-type']]).toEqual([step, expect.stringContaining('application/json')]);
        expect([step, body]).toEqual([step, expect.any(Object)]);
      }
      const posted = first.exchanges.filter(({ path }) => path.endsWith('/upsert/'));
      expect(posted.map(({ body }) => body)).toEqual(
        posted.map(() => ({ external_id: expect.any(String), message: 'Record saved.', results: [expect.anything()] })),
      );
      expect(posted).toHaveLength(3);
      const once = await state();
      expect(once).toEqual(before);
      for (let again = 0; again < 2; again += 1) {
        api.clock.advance('PT1H');
        expect((await hour(wrapping)).stoppedBy).toBeUndefined();
        expect(await state()).toEqual(before);
      }
    },
  );

  it('carries an answer of the organisation to the government, and one of the government to the organisation', async () => {
    await primero('POST', '/cases', { data: ofPrimero() });
    await postOscar(ofOscar(17));
    await hour();
    const before = await state();
    const states = async () => (await state()).referrals.map(({ to_agency, state: now }) => [to_agency, now]).sort();
    expect(await states()).toEqual([
      ['cif', 'SENT'],
      ['mosvy', 'SENT'],
    ]);
    const listed = (await primero('GET', '/cases?per=10')).json<{ data: (Row & { services_section: Row[] })[] }>().data;
    for (const { id, services_section } of listed) {
      const rows = services_section.map(({ unique_id }) => ({ unique_id, referral_status_edf41f2: 'accepted_340953' }));
      api.clock.advance('PT1M');
      expect((await primero('PATCH', `/cases/${String(id)}`, { data: { services_section: rows } })).status).toBe(200);
    }
    const run = await hour();
    expect(run.stoppedBy).toBeUndefined();
    expect(calls(run)).toContain('f1-j2 PUT /api/v1/organizations/referrals/update_statuses/ 200');
    expect(await states()).toEqual([
      ['cif', 'ACCEPTED'],
      ['mosvy', 'ACCEPTED'],
    ]);
    expect((await state()).referrals).toHaveLength(before.referrals.length);
    expect((await state()).waiting).toEqual([]);
  });
});
