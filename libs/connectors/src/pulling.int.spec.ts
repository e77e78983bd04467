import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { ExchangeDesk } from './exchange-desk.spec.js';
import { FakeOscar } from './fake-oscar.spec.js';
import { FakePrimero } from './fake-primero.spec.js';

let desk: ExchangeDesk;
let primero: FakePrimero;
let oscar: FakeOscar;

beforeAll(async () => {
  desk = await ExchangeDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  [primero, oscar] = [new FakePrimero(), new FakeOscar()];
  const [primeroUrl, oscarUrl] = await Promise.all([primero.server.start(), oscar.server.start()]);
  desk.connect([
    desk.target({ id: 'mosvy', system: 'primero', url: primeroUrl }),
    desk.target({ id: 'oscar', system: 'oscar', url: oscarUrl }),
  ]);
  for (const table of ['exchange_owed', 'sent_records', 'exchange_targets']) await desk.change(`DELETE FROM ${table}`);
});
afterEach(() => {
  primero.server.stop();
  oscar.server.stop();
});

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** An invented child in Primero. */
const theirCase = (number: number, more: object = {}) => ({
  id: uuid(number),
  case_id: uuid(number),
  module_id: 'primeromodule-cp',
  name_first: `Child ${number}`,
  name_last: 'Sok',
  sex: 'female',
  date_of_birth: '2013-05-01',
  location_current: '17020304',
  risk_level: 'medium',
  owned_by: 'mgrsr',
  last_updated_at: desk.clock.now(),
  services_section: [],
  ...more,
});

const put = (number: number, more?: object) => primero.cases.set(uuid(number), theirCase(number, more));
const cases = () => desk.rows<{ risk: string; owner: string | null }>('SELECT risk, owner FROM case_summary');
const count = async () => (await cases()).length;
const cursor = async (target: string) =>
  (await desk.rows<{ cursor: string | null }>('SELECT cursor FROM exchange_targets WHERE target = $1', [target]))[0]
    ?.cursor;

describe('what changed at a Primero', () => {
  it('defect 6: is read page by page, to the last one', async () => {
    const before = await count();
    for (let number = 1; number <= 1_030; number += 1) put(number, { name_first: '', name_last: '', sex: 'wrong' });
    put(1_040);
    await desk.exchange.pullOnce();
    // All of them changed at one moment: from there on the second page has the rest.
    expect(primero.server.calls('GET', /cases$/).map(({ query }) => query.get('page'))).toEqual(['1', '1', '2']);
    expect(await count()).toBe(before + 1);
    expect(await cursor('mosvy')).toBe(desk.clock.now());
  });

  it('defect 7: is read again from where the last complete reading began, and changes nothing twice', async () => {
    desk.clock.advance('PT10M');
    put(2_001);
    const before = await count();
    primero.server.next.push(() => ({ status: 500, text: '<html>' }));
    await desk.exchange.pullOnce();
    expect([await count(), await cursor('mosvy')]).toEqual([before, null]);
    await desk.exchange.pullOnce();
    desk.clock.advance('PT1M');
    await desk.exchange.pullOnce();
    expect(await count()).toBe(before + 1);
    const [row] = await desk.rows<{ target: string; attempts: number }>(
      `SELECT target, attempts FROM received_records WHERE stream_id = $1`,
      [uuid(2_001)],
    );
    expect(row).toEqual({ target: 'mosvy', attempts: 1 });
  });

  it('defects 8 and 9: that cannot be used waits alone, with its reason', async () => {
    desk.clock.advance('PT10M');
    put(3_001, { date_of_birth: '22012-01-01' });
    put(3_002);
    const before = await count();
    await desk.exchange.pullOnce();
    expect(await count()).toBe(before + 1);
    const rows = await desk.rows<{ reason: string }>(
      `SELECT reason FROM received_records WHERE state = 'quarantined' AND reason LIKE 'date_of_birth%'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('defects 2 and 4: raises a risk and never lowers it, and never changes whose the case is', async () => {
    desk.clock.advance('PT10M');
    put(4_001, { risk_level: 'high' });
    await desk.exchange.pullOnce();
    await desk.execute(
      uuid(4_001),
      'AssignCase',
      { owner: 'sw-1', agency: 'osvy-1' },
      {
        ...{ id: 'sup-1', roles: ['PDOSVY_SUP'], agency: 'pdosvy-17', province: '17' },
      },
    );
    const [before] = await desk.rows('SELECT risk, owner FROM case_summary WHERE stream_id = $1', [uuid(4_001)]);
    desk.clock.advance('PT10M');
    put(4_001, { risk_level: 'no_action', owned_by: 'mgrpnh' });
    await desk.exchange.pullOnce();
    expect(await desk.rows('SELECT risk, owner FROM case_summary WHERE stream_id = $1', [uuid(4_001)])).toEqual([
      before,
    ]);
    expect(before).toEqual({ risk: 'high', owner: 'sw-1' });
  });

  it('does not undo what was put right here and has not reached it yet, field by field', async () => {
    desk.clock.advance('PT10M');
    put(6_001);
    await desk.exchange.pullOnce();
    await desk.rename(uuid(6_001), { familyNameLatin: 'Chan' });
    desk.clock.advance('PT10M');
    put(6_001, { name_first: 'Corrected' });
    await desk.exchange.pullOnce();
    expect((await desk.childOf(uuid(6_001))).identity).toMatchObject({
      ...{ givenNameLatin: 'Corrected', familyNameLatin: 'Chan' },
    });
    desk.clock.advance('PT10M');
    put(6_001, { name_first: 'Corrected', name_last: 'Keo' });
    await desk.exchange.pullOnce();
    expect((await desk.childOf(uuid(6_001))).identity).toMatchObject({ familyNameLatin: 'Keo' });
  });

  it('is heard of also where Primero leaves the time of change as it was: an accepted referral', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    await desk.consent(caseId, 'cif');
    const services = { kind: 'CONSENT_SERVICES', manner: 'thumbprint', language: 'km' } as const;
    for (const giver of ['child', 'caregiver'] as const) {
      await desk.execute(caseId, 'GiveConsent', { ...services, consentId: randomUUID(), giver });
    }
    desk.connect(desk.targets.map((target) => ({ ...target, users: { cif: 'agency-cif-user' } })));
    const referralId = await desk.refer(caseId, 'cif');
    await desk.send();
    desk.clock.advance('PT10M');
    await desk.exchange.pullOnce();
    const [there] = primero.referrals.get(caseId) ?? [];
    there!['status'] = 'accepted';
    desk.clock.advance('PT10M');
    await desk.exchange.pullOnce();
    expect(await desk.rows('SELECT state FROM referrals WHERE referral_id = $1', [referralId])).toEqual([
      { state: 'ACCEPTED' },
    ]);
    const reads = primero.server.calls('GET', /referrals$/).length;
    await desk.exchange.pullOnce();
    expect(primero.server.calls('GET', /referrals$/)).toHaveLength(reads);
  });

  it('is not told to the Primero that said it', async () => {
    desk.clock.advance('PT10M');
    put(5_001);
    await desk.exchange.pullOnce();
    await desk.follow();
    expect(await desk.rows('SELECT target FROM exchange_owed WHERE stream_id = $1', [uuid(5_001)])).toEqual([
      { target: 'oscar' },
    ]);
  });
});

describe('what changed at an OSCaR', () => {
  const client = (more: object = {}) => ({
    global_id: '01EDN2N13KJQYZJDNNJE68XD01',
    slug: 'abcd-123',
    external_id: '',
    external_id_display: '',
    given_name: 'Dara',
    family_name: 'Chea',
    gender: 'male',
    date_of_birth: '2012-02-02',
    location_current_village_code: '17020304',
    organization_name: 'cif',
    resource: null,
    is_referred: false,
    level_of_risk: 'high',
    status: 'Active',
    services: [],
    ...more,
  });

  it('is asked for by whole days, the day before included, and changes nothing twice', async () => {
    const before = await count();
    oscar.clients = [client()];
    await desk.exchange.pullOnce();
    await desk.exchange.pullOnce();
    expect(await count()).toBe(before + 1);
    const asked = oscar.server.calls('GET', /clients$/).map(({ query }) => query.get('since_date'));
    expect(asked).toEqual(['2000-01-01 00:00:00', '2026-03-15 00:00:00']);
  });

  it('defect 11: keeps where a case came from, whatever OSCaR calls it after it was linked', async () => {
    oscar.clients = [client({ resource: 'primero', status: 'Exited' })];
    await desk.exchange.pullOnce();
    const [row] = await desk.rows<{ received_from: string }>(
      `SELECT received_from FROM case_summary c JOIN foreign_identifiers f USING (tenant_id, stream_id)
       WHERE f.name = 'global_id' AND f.value = '01EDN2N13KJQYZJDNNJE68XD01'`,
    );
    expect(row?.received_from).toBe('oscar');
  });

  it('counts also where a client is again as it was before', async () => {
    const named = (given: string) => client({ global_id: '01EDN2N13KJQYZJDNNJE68XD03', given_name: given });
    for (const given of ['Dara', 'Dora', 'Dara']) {
      oscar.clients = [named(given)];
      await desk.exchange.pullOnce();
    }
    const [row] = await desk.rows<{ id: string }>(
      `SELECT stream_id AS id FROM foreign_identifiers WHERE value = '01EDN2N13KJQYZJDNNJE68XD03'`,
    );
    expect((await desk.childOf(row!.id)).identity).toMatchObject({ givenNameLatin: 'Dara' });
  });

  it('does not call a child by the code that stood for the name before a referral was accepted', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'cif');
    await desk.refer(caseId, 'cif');
    await desk.send();
    const [sent] = oscar.upserts as { given_name: string; services: object[] }[];
    const answered = { ...sent!.services[0], referral_id: 13, referral_status: 'Accepted' };
    const accepted = { external_id: caseId, resource: 'primero', services: [answered] };
    const { given_name: given } = sent!;
    oscar.clients = [
      client({ ...accepted, global_id: '01EDN2N13KJQYZJDNNJE68XD04', given_name: given, date_of_birth: '2013-05-02' }),
    ];
    await desk.exchange.pullOnce();
    expect((await desk.childOf(caseId)).identity).toMatchObject({ givenNameLatin: 'Sreymom', birthDate: '2013-05-02' });
  });

  it('is the answer to our own referral, not a second referral', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'cif');
    const referralId = await desk.refer(caseId, 'cif');
    await desk.send();
    const [{ services } = { services: [] }] = oscar.upserts as { services: object[] }[];
    const answered = { ...services[0], referral_id: 12, referral_status: 'Accepted' };
    oscar.clients = [
      client({
        global_id: '01EDN2N13KJQYZJDNNJE68XD02',
        external_id: caseId,
        resource: 'primero',
        services: [answered],
      }),
    ];
    await desk.exchange.pullOnce();
    expect(await desk.rows('SELECT referral_id, state FROM referrals WHERE stream_id = $1', [caseId])).toEqual([
      { referral_id: referralId, state: 'ACCEPTED' },
    ]);
  });
});
