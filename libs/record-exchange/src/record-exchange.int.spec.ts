import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ForeignSystem } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { checkoutDirectory } from '#libs/configuration';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { exportRecords } from './export-records.js';
import { importRecords } from './import-records.js';

const staff = { id: 'staff-1', roles: ['MOSVY_CPD', 'SYSTEM'], agency: 'mosvy' };

/** An invented child, in the shape of the other system. */
const primeroCase = {
  case_id: '7b1c9c52-1f3e-4f0a-9d5b-0a8f1b2c3d4e',
  module_id: 'primeromodule-cp',
  name_first: 'ស្រីមុំ (Sreymom)',
  name_last: 'សុខ (Sok)',
  sex: 'female',
  date_of_birth: '2013-05-01',
  location_current: '2020202',
  risk_level: 'medium',
  consent_for_services: true,
  services_section: [
    {
      unique_id: '11111111-2222-4333-8444-555555555555',
      service_response_type: 'referral_to_oscar',
      service_type: 'counselling',
      service_subtype: ['counselling_trauma', 'counselling_family'],
      service_implementing_agency: 'agency-bridge',
    },
  ],
};

const oscarClient = {
  global_id: '01EDN2N13KJQYZJDNNJE68XDQY',
  slug: 'abcd-123',
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
  status: 'Accepted',
  reason_for_referral: 'Synthetic reason',
  services: [
    {
      uuid: '37cd9808-c417-4a19-9563-36ac7865e2f8',
      name: 'Trauma counselling',
      referral_id: 5,
      referral_status: 'Accetped',
    },
  ],
};

let opened: { spean: Spean; fresh: FreshDatabase; folder: string }[] = [];
let spean: Spean;

beforeEach(async () => {
  spean = await emptySpean();
});

afterEach(async () => {
  for (const each of opened) {
    await each.spean.close();
    await each.fresh.drop();
    await rm(each.folder, { recursive: true });
  }
  opened = [];
});

describe('records of another system', () => {
  it('become a person and a case that waits for a person to enrol it, one referral for each service', async () => {
    expect((await importRecords(spean, 'primero', primeroCase)).summary).toMatchObject({ received: 1, created: 1 });
    const view = await onlyCase();
    expect(view).toMatchObject({ enrolment: null, province: '02', district: '0202', risk: { level: 'medium' } });
    expect(view.person).toMatchObject({
      sex: 'female',
      identity: {
        givenNameKm: 'ស្រីមុំ',
        givenNameLatin: 'Sreymom',
        familyNameKm: 'សុខ',
        familyNameLatin: 'Sok',
        birthDate: '2013-05-01',
      },
      location: { locationCode: '02020202' },
    });
    expect(view.referrals.map(({ service }) => service.code).sort()).toEqual([
      'counselling_family',
      'counselling_trauma',
    ]);
  });

  it('never bring a consent along, whatever they claim', async () => {
    await importRecords(spean, 'primero', primeroCase);
    expect((await onlyCase()).consents).toEqual([]);
  });

  it('go back to the system that sent them, and to no other without a consent', async () => {
    await importRecords(spean, 'oscar', oscarClient);
    expect((await exportRecords(spean, 'oscar')).data).toHaveLength(1);
    expect(await exportRecords(spean, 'primero')).toEqual({ data: [], withheld: 1, failed: [] });
    const traces = await spean.database.read(spean.context, (queries) =>
      queries.query('', 'SELECT reader, agency, purpose, cardinality(person_ids) AS children FROM read_audit'),
    );
    expect(traces).toEqual([{ reader: 'export oscar', agency: null, purpose: 'exchange', children: 1 }]);
  });

  it('that say "Accetped" have accepted, and what is unanswered runs a deadline', async () => {
    await importRecords(spean, 'oscar', oscarClient);
    expect((await onlyCase()).referrals.map(({ state }) => state)).toEqual(['ACCEPTED']);
    await importRecords(spean, 'primero', primeroCase);
    const { items } = await spean.queries.referralsUnanswered(staff, { limit: 10 });
    expect(items.map(({ due_at }) => due_at)).toEqual([expect.any(String), expect.any(String)]);
  });

  it('change nothing the second time', async () => {
    const both = [primeroCase, { ...primeroCase, case_id: '9c2d0d63-2a4f-4a1b-8e6c-1b902c3d4e5f' }];
    expect((await importRecords(spean, 'primero', both)).summary).toMatchObject({ created: 2 });
    const version = await eventCount();
    expect((await importRecords(spean, 'primero', { data: both })).summary).toEqual({
      received: 2,
      created: 0,
      updated: 0,
      unchanged: 2,
      quarantined: [],
    });
    expect(await eventCount()).toBe(version);
  });

  it('move a referral on, raise a risk and never lower it', async () => {
    await importRecords(spean, 'primero', primeroCase);
    const [row] = primeroCase.services_section;
    const accepted = { ...row, referral_status_edf41f2: 'accepted_340953' };
    const answered = { ...primeroCase, risk_level: 'no_action', services_section: [accepted] };
    expect((await importRecords(spean, 'primero', answered)).summary).toMatchObject({ updated: 1 });
    const view = await onlyCase();
    expect(new Set(view.referrals.map(({ state }) => state))).toEqual(new Set(['ACCEPTED']));
    expect(view.risk).toMatchObject({ level: 'medium' });
  });

  it('that can not be used wait alone, with a reason that gives nothing away', async () => {
    const bad = [
      { ...primeroCase, case_id: '00000000-0000-4000-8000-000000000001', date_of_birth: '22012-01-01' },
      { ...primeroCase, case_id: '00000000-0000-4000-8000-000000000002', location_current: '123456789' },
      { ...primeroCase, case_id: '00000000-0000-4000-8000-000000000003', last_updated_at: '1900-01-01' },
      'no record at all',
      null,
    ];
    const { summary } = await importRecords(spean, 'primero', [bad[0], primeroCase, ...bad.slice(1)]);
    expect(summary).toMatchObject({ received: 6, created: 1 });
    expect(summary.quarantined.map(({ index }) => index)).toEqual([0, 2, 3, 4, 5]);
    expect(summary.quarantined[0]?.reason).toMatch(/^date_of_birth: /);
    expect(JSON.stringify(summary)).not.toMatch(/Sreymom|22012/);
    const again = await importRecords(spean, 'primero', bad);
    expect(again.summary).toMatchObject({ unchanged: 5, quarantined: [] });
    expect(again.still).toHaveLength(5);
  });

  it('of both systems that name each other are one case', async () => {
    await importRecords(spean, 'oscar', oscarClient);
    const linked = { ...primeroCase, oscar_number: oscarClient.global_id };
    expect((await importRecords(spean, 'primero', linked)).summary).toMatchObject({ created: 0, updated: 1 });
    expect(await streamCount()).toBe(1);
  });

  it.each(['primero', 'oscar'] as const)(
    'taken out for %s and into an empty database, give the same cases',
    async (system) => {
      await importRecords(spean, 'primero', primeroCase);
      await importRecords(spean, 'oscar', oscarClient);
      await sameElsewhere(system);
    },
  );

  it('of our own leave only with a consent that names the system', async () => {
    const { commands, clock } = spean;
    const envelope = { actor: staff, purpose: 'case_management', traceId: 'test' };
    const when = { occurredAt: clock.now(), precision: 'moment' as const };
    const [caseId, personId] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
    await commands.executePerson({
      ...envelope,
      personId,
      command: {
        type: 'RegisterPerson',
        data: {
          facts: { sex: 'male', ageBand: '6-11', synthetic: true },
          identity: { givenNameLatin: 'Veasna' },
          location: {},
        },
        ...when,
      },
    });
    await commands.execute({
      ...envelope,
      caseId,
      command: { type: 'OpenCase', data: { code: 'K-TEST01', personId, agency: 'mosvy', synthetic: true }, ...when },
    });
    expect(await exportRecords(spean, 'primero')).toEqual({ data: [], withheld: 1, failed: [] });
    await commands.execute({
      ...envelope,
      caseId,
      command: {
        type: 'GiveConsent',
        data: {
          consentId: '018f0000-0000-7000-8000-000000000003',
          kind: 'CONSENT_SHARING',
          giver: 'caregiver',
          manner: 'thumbprint',
          language: 'km',
          recipient: 'primero',
        },
        ...when,
      },
    });
    expect((await exportRecords(spean, 'primero')).data).toHaveLength(1);
    expect((await exportRecords(spean, 'oscar')).withheld).toBe(1);
  });
});

const samples = path.join(checkoutDirectory(), '..', 'shared', 'interop', 'oscar', 'samples');
const primeroSamples = /primero(?:Referral|V2_getCases)|_primero\.json$|PrimeroCase/;

(existsSync(samples) ? describe : describe.skip)('the sample payloads', () => {
  const files = existsSync(samples) ? readdirSync(samples) : [];

  it('come in once, are unchanged the second time, and go out and in again as the same cases', async () => {
    for (const round of ['first', 'second']) {
      for (const file of files) {
        const system = primeroSamples.test(file) && !file.startsWith('primero_2') ? 'primero' : 'oscar';
        const { summary } = await importRecords(
          spean,
          system,
          JSON.parse(readFileSync(path.join(samples, file), 'utf8')),
        );
        if (round === 'second') expect([file, summary.unchanged]).toEqual([file, summary.received]);
        else expect([file, summary.received]).not.toEqual([file, 0]);
      }
    }
    await sameElsewhere('primero');
  });
});

async function emptySpean(): Promise<Spean> {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  const made = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    mayCreateMasterKey: true,
  });
  opened.push({ spean: made, fresh, folder });
  return made;
}

async function sameElsewhere(system: ForeignSystem): Promise<void> {
  const { data } = await exportRecords(spean, system);
  const elsewhere = await emptySpean();
  const { summary } = await importRecords(elsewhere, system, { data });
  expect(summary.quarantined).toEqual([]);
  expect(sorted((await exportRecords(elsewhere, system)).data)).toEqual(sorted(data));
}

const sorted = (records: Record<string, unknown>[]) => records.map((record) => JSON.stringify(record)).sort();

async function onlyCase() {
  const [row] = await ask<{ stream_id: string }>('SELECT stream_id FROM case_summary');
  const view = await spean.queries.findCase(row?.stream_id ?? '', staff);
  if (view === undefined) throw new Error('no case');
  return view;
}

async function eventCount(): Promise<number> {
  return (await ask<{ n: number }>('SELECT count(*)::int AS n FROM events'))[0]?.n ?? -1;
}

async function streamCount(): Promise<number> {
  return (await ask<{ n: number }>('SELECT count(*)::int AS n FROM case_summary'))[0]?.n ?? -1;
}

function ask<Row extends object>(statement: string): Promise<Row[]> {
  return spean.database.read(spean.context, (queries) => queries.query<Row>('', statement));
}
