import { describe, expect, it } from '@jest/globals';
import type { ReferralState } from '#libs/pathways';
import { caseId, context, emptyCase, holding, now, reasonOf, usable } from '../testing.spec.js';
import { shippedCodes } from '../codes/code-tables.js';
import type { ExportInput } from '../translation.js';
import { unknownToPrimero } from './accepted.spec.js';
import { fromPrimero } from './from-primero.js';
import { toPrimero } from './to-primero.js';
import { toPrimeroReferrals } from './to-referrals.js';

const rowId = '69bcca6c-535b-4f22-b9b6-6d1d22955a61';
const record = {
  id: 'ee03c7e4-46bd-40ed-9312-01ce08515f1a',
  case_id: '5f6130b0-bfa7-4544-a3c8-897f54d3b877',
  case_id_display: '4d3b877',
  oscar_number: '01EGG9DKEQNRB1G6T2JW1EZVVW',
  oscar_short_id: 'kzcf-1300',
  module_id: 'primeromodule-cp',
  workflow: 'referral_to_oscar',
  status: 'open',
  owned_by: 'mgrbtb',
  owned_by_agency: 'agency-cwd',
  owned_by_phone: '000000000',
  name_first: 'ស្រីមុំ (Sreymom)',
  name_last: 'Sok',
  sex: 'female',
  date_of_birth: '2012/02/02',
  location_current: 2020202,
  risk_level: 'medium',
  consent_for_services: true,
  disclosure_other_orgs: false,
  last_updated_at: '2021-11-09T10:38:34.074Z',
  services_section: [
    {
      unique_id: rowId,
      service_response_type: 'referral_to_oscar',
      service_type: 'anti_trafficking',
      service_subtype: ['anti_trafficking_transitional_accomodation', 'anti_trafficking_post_trafficking'],
      service_response_timeframe: '1_day',
      service_response_day_time: '2020/09/03 13:42:00 +0000',
      service_implementing_agency: 'agency-hfj',
      service_referral_notes: 'needs a safe place',
      oscar_case_worker_name: 'Case Worker A',
    },
  ],
};

const read = (changes: object = {}) => usable(fromPrimero({ ...record, ...changes }, context));
const refused = (changes: object) => reasonOf(fromPrimero({ ...record, ...changes }, context));
const inRow = (changes: object) => ({ services_section: [{ ...record.services_section[0], ...changes }] });
const statesOf = (changes: object) => read(changes).record.referrals.map(({ state }) => state);

describe('a person in a record of Primero', () => {
  it('has names by script, a place with its zero, and an age band', () => {
    expect(read().person).toEqual({
      facts: { sex: 'female', ageBand: '12-14', province: '02', district: '0202', synthetic: false },
      identity: {
        givenNameKm: 'ស្រីមុំ',
        givenNameLatin: 'Sreymom',
        familyNameLatin: 'Sok',
        birthDate: '2012-02-02',
      },
      location: { locationCode: '02020202' },
    });
  });
  it('with one name has it as the given name', () =>
    expect(read({ name_first: null, name_last: 'Dara' }).person.identity).toMatchObject({ givenNameLatin: 'Dara' }));
  it('may be without birth date, place and sex', () => {
    const { person } = read({ date_of_birth: null, location_current: '', sex: undefined, age: 7 });
    expect(person.facts).toEqual({ sex: 'unknown', ageBand: '6-11', synthetic: false });
  });
  it('has no risk level unless the record tells one', () =>
    expect(read({ risk_level: null }).record.risk).toBeUndefined());
});

describe('the case in a record of Primero', () => {
  it('has one name for each identifier of both systems', () =>
    expect(read().identifiers).toEqual({
      id: record.id,
      case_id: record.case_id,
      case_id_display: '4d3b877',
      global_id: '01EGG9DKEQNRB1G6T2JW1EZVVW',
      slug: 'kzcf-1300',
    }));
  it('keeps whoever owns it sealed, and no placeholder of a phone', () =>
    expect(read().record.sealed).toEqual({ identity: { owned_by: 'mgrbtb' } }));
  it('says when it was changed', () => expect(read().record.modifiedAt).toBe('2021-11-09T10:38:34.074Z'));
  it('holds consent as a claim of the other system', () =>
    expect(read().record.facts).toMatchObject({ claimedConsentForServices: true, claimedDisclosureOtherOrgs: false }));
  it('holds no claim of consent where the live job made it up', () => {
    const { facts } = read({ protection_status: 'oscar_referral' }).record;
    expect(Object.keys(facts).filter((name) => /consent|disclosure/i.test(name))).toEqual([]);
  });
  it('holds nothing in clear that names somebody', () => {
    const { sealed: _sealed, referrals, ...clear } = read().record;
    const inClear = JSON.stringify([clear, referrals.map(({ sealed: _texts, ...referral }) => referral)]);
    expect(inClear).not.toMatch(/Sreymom|ស្រីមុំ|Sok|mgrbtb|Case Worker|safe place/);
  });
});

describe('the services of a record of Primero', () => {
  it('defect 14: are one referral each, also two in one row', () => {
    const { referrals } = read().record;
    expect(referrals.map(({ service }) => service.code)).toEqual(record.services_section[0]?.service_subtype);
    expect(referrals[0]).toMatchObject({
      key: rowId,
      type: 'service',
      fromAgency: 'cwd',
      toAgency: 'hfj',
      urgency: 'URGENT',
      state: 'SENT',
      sentOn: '2020-09-03',
      sealed: { narrative: { text: 'needs a safe place' }, identity: { oscar_case_worker_name: 'Case Worker A' } },
    });
    expect(referrals[1]?.key).toMatch(/^[0-9a-f-]{14}5/);
    expect(referrals[1]?.key).toBe(read().record.referrals[1]?.key);
  });
  it('come from OSCaR where the row says so', () =>
    expect(
      read(
        inRow({
          service_response_type: 'referral_from_oscar',
          oscar_referring_organization: 'agency-cif',
          service_implementing_agency: 'agency-cif',
        }),
      ).record.referrals[0],
    ).toMatchObject({ fromAgency: 'cif', toAgency: 'cwd' }));
  it('are answered by the row', () =>
    expect(statesOf(inRow({ referral_status_edf41f2: 'accepted_340953' }))).toEqual(['ACCEPTED', 'ACCEPTED']));
  it('are answered by the latest referral of the row', () =>
    expect(
      statesOf({
        ...inRow({ service_subtype: ['counselling_trauma'] }),
        referrals: [
          { id: caseId, status: 'accepted', service_record_id: rowId, created_at: '2024-03-01T00:00:00Z' },
          { id: rowId, status: 'rejected', service_record_id: rowId, created_at: '2024-01-01T00:00:00Z' },
        ],
      }),
    ).toEqual(['ACCEPTED']));
  it('keep a known reason of refusal in clear and any other words sealed', () => {
    const rejected = (rejected_reason: string) =>
      read({
        transitions: [{ type: 'referral', status: 'rejected', service_section_unique_id: rowId, rejected_reason }],
      }).record.referrals[0];
    expect(rejected('NO_CAPACITY')?.rejectionReason).toBe('NO_CAPACITY');
    expect(rejected('his uncle works here')).toMatchObject({
      rejectionReason: 'OTHER',
      sealed: { narrative: { rejected_reason: 'his uncle works here' } },
    });
  });
  it('include a referral that is about no row', () =>
    expect(
      read({
        services_section: [],
        referrals: [
          { id: caseId, status: 'accepted', service: 'psychosocial_service', transitioned_to_agency: 'agency-hfj' },
        ],
      }).record.referrals,
    ).toEqual([
      expect.objectContaining({
        key: caseId,
        state: 'ACCEPTED',
        toAgency: 'hfj',
        service: { code: 'psychosocial_service', type: 'psychosocial_service' },
      }),
    ]));
  it('without an id are known by their place in the case', () => {
    const keys = () => read(inRow({ unique_id: undefined })).record.referrals.map(({ key }) => key);
    expect(keys()).toEqual(keys());
    expect(new Set(keys()).size).toBe(2);
  });
});

describe('a record of Primero that can not be used', () => {
  it.each([
    ['is no object', 'text', 'record: not an object'],
    ['is a list', [], 'record: not an object'],
    ['is empty', {}, 'record: no identifier and no name'],
  ])('%s', (_, input, reason) => expect(reasonOf(fromPrimero(input, context))).toBe(reason));

  it.each([
    ['eleven letters of a birth date', { date_of_birth: '22012-01-01' }, 'date_of_birth: not a date'],
    ['a birth date to come', { date_of_birth: '2026-11-25' }, 'date_of_birth: in the future'],
    ['a day that does not exist', { registration_date: '2025-02-31' }, 'registration_date: not a date'],
    ['a place in words', { location_current: 'Battambang' }, 'location_current: not a location code'],
    ['NUL in a name', { name_first: 'Da\0ra' }, 'name_first: broken text'],
    ['half a surrogate pair', { name_last: '\udc00' }, 'name_last: broken text'],
    ['a risk nobody knows', { risk_level: 'extreme' }, 'risk_level: unknown risk level'],
    ['a status nobody knows', { status: 'lost' }, 'status: unknown status'],
    ['a name of the prototype', { status: 'constructor' }, 'status: unknown status'],
    ['an id that is no UUID', { id: 12 }, 'id: not a UUID'],
    ['a name that is a list', { name_first: ['Dara'] }, 'name_first: not text'],
    ['services that are no list', { services_section: {} }, 'services_section: not a list'],
    ['a row that is no object', { services_section: ['x'] }, 'services_section[0]: not an object'],
    [
      'a row with a status nobody knows',
      inRow({ referral_status_edf41f2: 'maybe' }),
      'services_section[0].referral_status_edf41f2: unknown status',
    ],
    ['a transition nobody knows', { referrals: [{ status: 'maybe' }] }, 'referrals[0].status: unknown status'],
  ])('%s', (_, changes, reason) => expect(refused(changes)).toBe(reason));

  it('lists everything that is wrong, once', () =>
    expect(
      refused({ sex: 'string', date_of_birth: 'string', ...inRow({ unique_id: 'string' }) })
        .split('; ')
        .sort(),
    ).toEqual(['date_of_birth: not a date', 'services_section[0].unique_id: not a UUID', 'sex: unknown option']));
});

describe('a case that goes to Primero', () => {
  const out = (changes: Partial<ExportInput> = {}) => toPrimero({ ...holding(read()), ...changes });
  const ours: ExportInput = {
    caseId: caseId.toUpperCase(),
    person: {
      facts: { sex: 'male', ageBand: '6-11', synthetic: true },
      identity: { givenNameKm: 'ដារា', givenNameLatin: 'Dara', birthDate: '2018', mosvyNumber: '2025-10-06' },
      location: { locationCode: '02020202' },
    },
    case: emptyCase,
    sealedForeign: {},
    referralTexts: {},
    closed: false,
    codes: shippedCodes,
    now,
  };

  it('keeps its identifiers, or gets ours', () => {
    expect(out()).toMatchObject({ id: record.id, case_id: record.case_id, oscar_number: record.oscar_number });
    expect(toPrimero(ours)).toMatchObject({ id: caseId, module_id: 'primeromodule-cp', services_section: [] });
  });
  it('has names in both scripts, dates, places and options as Primero holds them', () =>
    expect(out()).toMatchObject({
      name_first: 'ស្រីមុំ (Sreymom)',
      name_last: 'Sok',
      date_of_birth: '2012-02-02',
      age: 14,
      location_current: '2020202',
      risk_level: 'medium',
    }));
  it('defect 15: has the age that it has, also beyond thirty, and none where none is known', () => {
    const ageOf = (changes: object) => toPrimero(holding(read(changes)))['age'];
    expect(ageOf({ date_of_birth: '1990-01-01' })).toBe(36);
    expect(ageOf({ date_of_birth: '2026-11-01' })).toBe(0);
    expect(ageOf({ date_of_birth: null })).toBeUndefined();
  });
  it('gives an age where only the year of birth is known, and brackets a number that looks like a date', () => {
    expect(toPrimero(ours)).toMatchObject({ age: 8, estimated: true, mosvy_number: '(2025-10-06)' });
    expect(unknownToPrimero(toPrimero(ours))).toEqual([]);
  });
  it('never says whose it is', () =>
    expect(Object.keys(out()).filter((name) => /owned|assigned|approval/.test(name))).toEqual([]));
  it('is closed when it ended, and in the workflow of its state', () => {
    expect(out({ closed: true, workflow: 'closed' })).toMatchObject({ status: 'closed', workflow: 'closed' });
    expect(out()).toMatchObject({ status: 'open', workflow: 'referral_to_oscar' });
  });
  it('has one row for each referral that was sent, and none for a draft', () => {
    const input = holding(read());
    const [first] = Object.values(input.case.referrals);
    if (first === undefined) throw new Error('expected a referral');
    const draft = {
      ...input.case,
      referrals: { ...input.case.referrals, [first.referralId]: { ...first, state: 'DRAFT' as const } },
    };
    expect(toPrimero(input)['services_section']).toMatchObject([
      {
        unique_id: rowId,
        service_response_type: 'referral_to_oscar',
        service_subtype: ['anti_trafficking_transitional_accomodation'],
        service_implementing_agency: 'agency-hfj',
        oscar_referring_organization: 'agency-cwd',
        service_response_timeframe: '1_day',
        service_response_day_time: '2020-09-03T13:42:00.000Z',
        referral_status_edf41f2: 'pending_310366',
      },
      { service_subtype: ['anti_trafficking_post_trafficking'] },
    ]);
    expect(toPrimero({ ...input, case: draft })['services_section']).toHaveLength(1);
  });

  describe('with consent', () => {
    const consent = {
      consentId: 'c',
      kind: 'CONSENT_SERVICES',
      by: 'caregiver',
      manner: 'thumbprint',
      language: 'km',
      version: 3,
      at: now,
      by_: '',
      withdrawn: false,
    } as unknown as ExportInput['case']['consents'][number];
    const told = (consents: ExportInput['case']['consents'], base = holding(read())) =>
      toPrimero({ ...base, case: { ...base.case, consents } })['consent_for_services'];

    it('given here, says so', () => expect(told([consent], ours)).toBe(true));
    it('withdrawn here, says so against an old claim', () =>
      expect(told([{ ...consent, withdrawn: true }])).toBe(false));
    it('that has ended, says so', () => expect(told([{ ...consent, endsOn: '2026-11-23' }])).toBe(false));
    it('claimed by Primero, gives the claim back', () => expect(told([])).toBe(true));
    it('of nobody, says nothing', () => expect(told([], ours)).toBeUndefined());
  });
});

describe('a referral that moved on here', () => {
  const rowAfter = (state: ReferralState, changes: object = {}) => {
    const input = holding(read(inRow({ service_subtype: ['counselling_trauma'], ...changes })));
    const referrals = Object.fromEntries(
      Object.entries(input.case.referrals).map(([id, referral]) => [id, { ...referral, state }]),
    );
    return (toPrimero({ ...input, case: { ...input.case, referrals } })['services_section'] as object[])[0];
  };
  const note = { note_on_referral_from_provider: '2020/08/24' };

  it('is provided by the partner once the service began', () =>
    expect(rowAfter('IN_SERVICE')).toMatchObject({
      service_response_type: 'service_being_provided_by_oscar_partner_47618',
      referral_status_edf41f2: 'accepted_340953',
      service_implemented: 'not_implemented',
    }));
  it('is not called provided by the partner who asked for it', () =>
    expect(rowAfter('IN_SERVICE', { service_response_type: 'referral_from_oscar' })).toMatchObject({
      service_response_type: 'referral_from_oscar',
    }));
  it('is implemented once it was completed', () =>
    expect(rowAfter('COMPLETED')).toMatchObject({ service_implemented: 'implemented' }));
  it('says in the note that it was taken back, since a row has no status for it', () =>
    expect(rowAfter('REVOKED', note)).toMatchObject({
      referral_status_edf41f2: 'rejected_936484',
      note_on_referral_from_provider: 'REVOKED',
    }));
  it.each(['SENT', 'ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'REJECTED', 'REVOKED'] as const)(
    'defect 18: %s comes back as it went, with its reason',
    (state) => {
      const reason = state === 'REJECTED' ? { note_on_referral_from_provider: 'NO_CAPACITY' } : {};
      const again = read({ services_section: [rowAfter(state, reason)] }).record.referrals[0];
      expect(again).toMatchObject({ state, ...(state === 'REJECTED' ? { rejectionReason: 'NO_CAPACITY' } : {}) });
    },
  );
  it('keeps the note of the provider, in one pair of brackets where it is a bare date', () =>
    expect(rowAfter('REJECTED', note)).toMatchObject({ note_on_referral_from_provider: '(2020/08/24)' }));
});

describe('the referrals of a case, as Primero answers for them', () => {
  it('have the full state, the row and the agency', () =>
    expect(
      toPrimeroReferrals(
        holding(read(inRow({ service_subtype: ['counselling_trauma'], service_implemented: 'implemented' }))),
      ),
    ).toEqual([
      {
        id: context.referralId(rowId),
        type: 'Referral',
        status: 'done',
        record_id: record.id,
        record_type: 'case',
        service: 'anti_trafficking',
        service_record_id: rowId,
        transitioned_to_agency: 'agency-hfj',
        notes: 'needs a safe place',
        created_at: '2020-09-03T13:42:00.000Z',
      },
    ]));
});
