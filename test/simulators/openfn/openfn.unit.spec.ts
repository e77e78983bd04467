import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDesk as openOscar, system, type Desk as OscarDesk } from '../oscar/desk.spec.js';
import { openDesk as openPrimero, rowId, type Desk as PrimeroDesk } from '../primero/desk.spec.js';
import { runOpenfn, type OpenfnOptions } from './run-openfn.js';

let primero: PrimeroDesk;
let oscar: OscarDesk;
beforeEach(async () => {
  primero = await openPrimero();
  oscar = await openOscar();
});
afterEach(async () => {
  await primero.primero.close();
  await oscar.oscar.close();
});

const run = (more: Partial<OpenfnOptions> = {}, wrapping: 1 | 2 = 1) =>
  runOpenfn({
    primero: { url: primero.primero.url, userName: 'api', password: 'right', wrapping },
    oscar: { url: oscar.oscar.url, email: 'api@example.org', password: 'right' },
    since: '2026-11-23T00:00:04.400Z',
    owners: { referred: 'mgrpnh', shared: 'agency-cif-user' },
    ...more,
  });

const shape = (exchanges: Awaited<ReturnType<typeof run>>['exchanges']) =>
  exchanges.map(
    ({ step, method, path, status }) => `${step} ${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')} ${status}`,
  );

/** A child whom the government refers to an organisation. */
function referToOscar(): string {
  const { staff } = primero.primero;
  const { id } = staff.openCase('api', {
    ...{ name_first: 'Example', name_last: 'Child', sex: 'female', date_of_birth: '2015-01-01', risk_level: 'medium' },
    ...{ location_current: '2020202', consent_for_services: true, disclosure_other_orgs: true },
    services_section: [
      {
        ...{ unique_id: rowId, service_response_type: 'referral_to_oscar', service_type: 'counselling' },
        ...{ service_subtype: ['counselling_trauma'], service_implementing_agency: 'agency-cif' },
      },
    ],
  });
  staff.refer('api', id, { transitioned_to: 'agency-cif-user', service_record_id: rowId, notes: 'sample reason' });
  return id;
}

const person = {
  given_name: 'Julia',
  family_name: 'Test',
  local_given_name: 'យូលី',
  gender: 'lgbt',
  date_of_birth: '2012-02-02',
};

describe('the live integration, against the simulators', () => {
  it('makes these calls when there is nothing to do', async () => {
    const { exchanges, stoppedBy } = await run();
    expect(stoppedBy).toBeUndefined();
    const cases = 'GET /api/v2/cases?remote=true&last_updated_at=2026-11-23T00%3A00%3A04.400Z..';
    expect(shape(exchanges)).toEqual([
      'f0-j1 POST /api/v1/admin_auth/sign_in 200',
      'f0-j1 GET /api/v1/organizations/clients?since_date=2022-12-19+00:00:00 200',
      'f0-j2 POST /api/v2/tokens 200',
      'f1-j1 POST /api/v2/tokens 200',
      ...Array.from({ length: 3 }, () => `f1-j1 ${cases}&page=1&per=10000 200`),
      'f1-j2 POST /api/v1/admin_auth/sign_in 200',
      'f1-j2 POST /api/v1/admin_auth/sign_in 200',
      'f2-j1 POST /api/v1/admin_auth/sign_in 200',
      'f2-j1 GET /api/v1/organizations/clients?since_date=2026-11-23T00:00:04.400Z 200',
      'f2-j2 POST /api/v2/tokens 200',
      'f2-j3 POST /api/v2/tokens 200',
      `f2-j3 ${cases}&workflow=referral_from_oscar 200`,
    ]);
  });

  it('sends a body of null with a GET, the password with every call, and the cookie with its attributes', async () => {
    await run();
    const [, list] = oscar.oscar.requests;
    expect(list?.headers).toMatchObject({
      'content-length': '4',
      authorization: expect.stringContaining('Basic '),
      cookie: expect.stringContaining('HttpOnly'),
    });
  });

  it('carries a referral to OSCaR and its answer back', async () => {
    const id = referToOscar();
    const first = await run();
    expect(shape(first.exchanges)).toContain('f1-j2 POST /api/v1/organizations/clients/upsert/ 200');
    const [waiting] = oscar.oscar.state.referrals;
    expect(waiting).toMatchObject({ organization: 'cif', services: [{ name: 'Trauma counselling' }] });
    expect(waiting?.client).toMatchObject({ location: '02020202', external_case_worker_mobile: '000000000' });
    oscar.oscar.staff.acceptReferral(waiting!);
    primero.clock.advance('PT24H');
    const second = await run({ since: '2026-11-23T23:00:00.000Z' });
    // Nothing in Primero has changed since, but the client in OSCaR has, that same day.
    expect(shape(second.exchanges).filter((call) => call.includes('PATCH'))).toEqual([
      'f2-j2 PATCH /api/v2/cases/:id/referrals/:id 200',
      'f2-j2 PATCH /api/v2/cases/:id 200',
    ]);
    expect(primero.primero.state.transitionsOf(id)).toMatchObject([{ status: 'accepted' }]);
    expect(await primero.caseNow(id)).toMatchObject({
      oscar_number: waiting!.client_global_id,
      services_section: [{ unique_id: rowId, referral_status_edf41f2: 'accepted_340953' }],
    });
  });

  it('carries a referral from OSCaR to Primero, marks it as pending, and the decision back', async () => {
    const client = oscar.oscar.staff.openClient('cif', { ...person, location: '02020202' });
    const referral = oscar.oscar.staff.referOut(client, system, {
      services: ['Kinship care'],
      reason: 'x',
      risk: 'high',
    });
    await run();
    const [stored] = [...primero.primero.state.cases.values()];
    expect(stored?.data).toMatchObject({
      ...{ oscar_number: client.global_id, sex: 'other', location_current: '2020202', owned_by: 'mgrpnh' },
      // The live job reads a risk that OSCaR doesn't send, and claims a consent that nobody gave.
      ...{ risk_level: 'no_action', consent_for_services: true },
      services_section: [{ referral_status_edf41f2: 'pending_310366', oscar_referral_id_a4ac8a5: '1' }],
    });
    const [row] = stored?.data['services_section'] as { unique_id: string }[];
    const accepted = [{ unique_id: row!.unique_id, referral_status_edf41f2: 'accepted_340953' }];
    primero.primero.staff.changeCase('mgrpnh', stored!.id, { services_section: accepted });
    const { exchanges } = await run();
    expect(shape(exchanges)).toContain('f1-j2 PUT /api/v1/organizations/referrals/update_statuses/ 200');
    expect(shape(exchanges)).toContain('f1-j2 PUT /api/v1/organizations/clients/update_links/ 200');
    expect(referral.referral_status).toBe('Accepted');
    // The link has made a client of OSCaR's own one of Primero's; only its being referred keeps it in the other list.
    expect(client.external_id).toBe(stored?.data['case_id']);
  });

  it('stops at the first refusal: what stood after it is never sent', async () => {
    referToOscar();
    primero.primero.staff.changeCase('api', [...primero.primero.state.cases.keys()][0]!, { risk_level: null });
    const { stoppedBy, exchanges } = await run();
    expect(stoppedBy).toMatchObject({ step: 'f1-j2', method: 'POST', status: 422 });
    expect(exchanges.at(-1)).toBe(stoppedBy);
  });

  it('stores nothing of a case that it wraps twice', async () => {
    oscar.oscar.staff.openClient('cif', person);
    await run({}, 2);
    const [stored] = [...primero.primero.state.cases.values()];
    expect(stored?.data).not.toHaveProperty('oscar_number');
  });
});
