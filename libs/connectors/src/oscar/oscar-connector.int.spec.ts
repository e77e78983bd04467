import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { receiveRecord } from '#libs/record-exchange';
import { ExchangeRecords } from '../desk/exchange-records.js';
import { ExchangeDesk } from '../exchange-desk.spec.js';
import { FakeOscar } from '../fake-oscar.spec.js';

let desk: ExchangeDesk;
let oscar: FakeOscar;

beforeAll(async () => {
  desk = await ExchangeDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  oscar = new FakeOscar();
  const url = await oscar.server.start();
  desk.connect([desk.target({ id: 'oscar', system: 'oscar', url })]);
  for (const table of ['exchange_owed', 'sent_records', 'exchange_targets']) await desk.change(`DELETE FROM ${table}`);
});
afterEach(() => oscar.server.stop());

/** A case with referrals to organisations that may be told of the child. */
async function referred(...asked: { to: string; service: string; text?: string }[]): Promise<string> {
  const caseId = await desk.openCase();
  for (const { to, ...more } of asked) {
    await desk.consent(caseId, to);
    await desk.refer(caseId, to, more);
  }
  return caseId;
}

const cif = { to: 'cif', service: 'counselling_trauma' };
const tpo = { to: 'tpo', service: 'counselling_family' };

/** A client of an organisation that says which case of ours it is. */
const clientOf = (caseId: string, more: object = {}) => ({
  global_id: '01EDN2N13KJQYZJDNNJE68XDQY',
  slug: 'abcd-123',
  external_id: caseId,
  external_id_display: '',
  given_name: 'Sreymom',
  family_name: 'Sok',
  gender: 'female',
  date_of_birth: '2013-05-01',
  location_current_village_code: '17020304',
  organization_name: 'cif',
  resource: 'primero',
  is_referred: true,
  level_of_risk: 'high',
  status: 'Accepted',
  services: [],
  ...more,
});

describe('referrals of one case', () => {
  it('defect 3: go each to its own organisation, with its own service and its own reason', async () => {
    const caseId = await referred(cif, tpo);
    await desk.send();
    expect(oscar.upserts.map(({ organization_name: name, services }) => ({ name, services }))).toEqual([
      { name: 'cif', services: [expect.objectContaining({ name: 'Trauma counselling' })] },
      { name: 'tpo', services: [expect.objectContaining({ name: 'Family counselling / mediation' })] },
    ]);
    for (const each of oscar.upserts) {
      expect(each).toMatchObject({ external_id: caseId, is_referred: true, reason_for_referral: 'URGENT, 12-14' });
    }
    await desk.send();
    expect(oscar.upserts).toHaveLength(2);
  });

  it('show what is staged and no more before they are accepted', async () => {
    await referred({ ...cif, text: 'She told me everything' });
    await desk.send();
    const [sent] = oscar.upserts;
    expect(sent).toMatchObject({ given_name: expect.stringMatching(/^K-/), gender: 'female' });
    expect(JSON.stringify(oscar.upserts)).not.toMatch(/Sreymom|Sok|2013|everything|17020304/);
  });

  it('defect 9: are refused one by one; the refused one waits for a person, the other arrives', async () => {
    await referred(cif, tpo);
    const error = { status: 422, json: { external_id: 'x', message: { services: ['must exist'] } } };
    oscar.server.next.push(undefined, () => error);
    await desk.send();
    expect((await desk.sent()).map(({ recipient, state, reason }) => ({ recipient, state, reason }))).toEqual([
      { recipient: 'cif', state: 'parked', reason: 'refused services' },
      { recipient: 'tpo', state: 'confirmed', reason: null },
    ]);
  });

  it('that nobody answered for are looked for before they are sent again', async () => {
    const caseId = await referred(cif);
    oscar.server.next.push(undefined, () => {
      oscar.clients = [clientOf(caseId, { services: [{ uuid: uuidOf(), name: 'Trauma counselling' }] })];
      return { status: 200, cut: true };
    });
    await desk.send();
    desk.clock.advance('PT1H');
    await desk.send();
    expect(oscar.server.calls('POST', /upsert/)).toHaveLength(1);
    expect(await desk.sent()).toMatchObject([{ state: 'confirmed', attempts: 2 }]);
  });

  it('of which OSCaR lists nothing after a lost answer wait for a person, who may have them sent again', async () => {
    await referred(cif);
    oscar.server.next.push(undefined, () => ({ status: 200, cut: true }));
    await desk.send();
    for (const hour of ['PT1H', 'PT2H'] as const) {
      desk.clock.advance(hour);
      await desk.send();
    }
    expect(oscar.server.calls('POST', /upsert/)).toHaveLength(1);
    const [parked] = await desk.sent();
    expect(parked).toMatchObject({ state: 'parked', reason: 'unanswered' });
    await new ExchangeRecords(desk.spean).replay(parked!.sent_id);
    await desk.send();
    expect(oscar.server.calls('POST', /upsert/)).toHaveLength(2);
    expect(await desk.sent()).toMatchObject([{ state: 'confirmed' }]);
  });

  it('that OSCaR was too busy to take are sent again without asking anybody', async () => {
    await referred(cif);
    oscar.server.next.push(undefined, () => ({ status: 429, headers: { 'retry-after': '1' } }));
    await desk.send();
    desk.clock.advance('PT1H');
    await desk.send();
    expect(await desk.sent()).toMatchObject([{ state: 'confirmed' }]);
  });

  it('to an organisation that has the child already are sent again under the id that OSCaR wants', async () => {
    const caseId = await referred(cif);
    oscar.strict.push('cif');
    oscar.clients = [clientOf(caseId)];
    await desk.send();
    expect(oscar.upserts).toMatchObject([{ global_id: '01EDN2N13KJQYZJDNNJE68XDQY', given_name: 'Sreymom' }]);
    expect((await desk.sent()).find(({ kind }) => kind === 'referral')).toMatchObject({ state: 'confirmed' });
  });
});

const uuidOf = () =>
  (oscar.server.calls('POST', /upsert/).at(-1)?.json as { organization: { services: { uuid: string }[] } }).organization
    .services[0]?.uuid;

describe('a session', () => {
  it('is renewed when OSCaR has ended it, and the password goes out for signing in alone', async () => {
    await referred(cif);
    await desk.send();
    oscar.endSessions();
    await referred(tpo);
    await desk.send();
    expect(oscar.upserts).toHaveLength(2);
    const withSecret = oscar.server.heard.filter(({ headers, json }) =>
      JSON.stringify([headers, json ?? null]).includes('not-a-real-one'),
    );
    expect(withSecret.map(({ path }) => path)).toEqual(Array(2).fill('/api/v1/admin_auth/sign_in'));
  });
});

describe('a client of theirs', () => {
  const theirs = clientOf('', {
    global_id: '01EDN2N13KJQYZJDNNJE68XDQZ',
    external_id: '',
    resource: null,
    organization_name: 'tpo',
    services: [
      {
        uuid: '37cd9808-c417-4a19-9563-36ac7865e2f8',
        name: 'Trauma counselling',
        referral_id: 5,
        referral_status: 'Referred',
      },
    ],
  });

  it('defect 1: is told our id of it as soon as there is one, and what was decided, by the number of the referral', async () => {
    await receiveRecord(desk.spean, 'oscar', theirs, { target: 'oscar' });
    const [row] = await desk.rows<{ stream_id: string }>(
      `SELECT stream_id FROM case_summary WHERE received_from = 'oscar'`,
    );
    const caseId = row?.stream_id as string;
    const [referral] = await desk.rows<{ referral_id: string; to_agency: string }>(
      'SELECT referral_id, to_agency FROM referrals WHERE stream_id = $1',
      [caseId],
    );
    await desk.follow();
    expect(await desk.owed()).toEqual([]);

    const desired = { referralId: referral?.referral_id as string };
    const actor = { id: 'x-1', roles: ['OSVY_SW' as const], agency: referral?.to_agency as string, province: '17' };
    await desk.execute(caseId, 'AcceptReferral', desired, actor);
    await desk.send();
    const [link] = oscar.server.calls('PUT', /update_links/);
    expect(link?.json).toMatchObject({
      data: [{ external_id: caseId, global_id: theirs.global_id, is_referred: false }],
    });
    const [status] = oscar.server.calls('PUT', /update_statuses/);
    expect(status?.json).toMatchObject({ data: [{ referral_id: 5, referral_status: 'Accepted' }] });
    expect(oscar.upserts).toEqual([]);
  });
});
