import { describe, expect, it } from '@jest/globals';
import { fromPrimero, toPrimero } from '../index.js';
import { context, emptyCase, holding, reasonOf, usable } from '../testing.spec.js';
import { shippedCodes } from '../codes/code-tables.js';
import type { ExportInput } from '../translation.js';
import { fromOscar } from './from-oscar.js';
import { oscarKey, readOscarKey } from './key.js';
import { toOscar } from './to-oscar.js';

const fosterCare = '1843eb37-7ec8-4131-8fb9-857559ac379b';
const record = {
  slug: 'lxis-1762',
  global_id: '01EDB4PA6B9D0P8C9B119SM02R',
  external_id: '',
  external_id_display: '',
  mosvy_number: '',
  given_name: 'Sreymom',
  family_name: 'Sok',
  local_given_name: 'ស្រីមុំ',
  local_family_name: 'សុខ',
  gender: 'prefer_not_to_say',
  date_of_birth: '2012-02-02',
  location_current_village_code: '1070101',
  address_current_village_code: '',
  organization_id: 46,
  organization_name: 'cif',
  reason_for_referral: 'needs a family',
  services: [
    { program_name: null, enrollment_date: '2020-07-16', uuid: fosterCare, name: 'Long term foster care' },
    {
      program_name: null,
      enrollment_date: null,
      uuid: '7b97ef20-4c25-4d83-b2cb-60efc1ba300f',
      name: 'Support to access care',
      referral_id: 12,
      referral_status: 'Accetped',
    },
  ],
  status: 'Active',
  case_worker_name: 'Case Worker B',
  case_worker_mobile: '000000000',
  is_referred: true,
  level_of_risk: 'no action',
  referral_consent_form: ['https://example.test/consent-form.pdf'],
  organization_address_code: '120611',
};

const read = (changes: object = {}) => usable(fromOscar({ ...record, ...changes }, context));
const out = (changes: object = {}) => toOscar(holding(read(changes)))[0];
const service = (changes: object) => ({ services: [{ ...record.services[1], ...changes }] });

describe('a person in a record of OSCaR', () => {
  it('has names in both scripts and a place with its zero', () =>
    expect(read().person).toEqual({
      facts: { sex: 'unknown', ageBand: '12-14', province: '01', district: '0107', synthetic: false },
      identity: {
        familyNameKm: 'សុខ',
        givenNameKm: 'ស្រីមុំ',
        familyNameLatin: 'Sok',
        givenNameLatin: 'Sreymom',
        birthDate: '2012-02-02',
      },
      location: { locationCode: '01070101' },
    }));
  it('has a Khmer name by its script, even in the Latin field', () => {
    const { identity } = read({ given_name: 'ស្រីមុំ', local_given_name: '' }).person;
    expect(identity.givenNameKm).toBe('ស្រីមុំ');
    expect(identity.givenNameLatin).toBeUndefined();
  });
  it('gets back a Latin name in the local field as it was written', () => {
    const names = { given_name: 'Nica', local_given_name: 'Nica' };
    expect(read(names).person.identity.givenNameKm).toBeUndefined();
    expect(out(names)).toMatchObject(names);
  });
  it('keeps the word for the sex sealed where ours says less', () => {
    expect(read().record.sealed.identity).toMatchObject({ gender: 'prefer_not_to_say' });
    expect(out()).toMatchObject({ gender: 'prefer_not_to_say' });
  });
});

describe('the case in a record of OSCaR', () => {
  it('keeps that a consent form exists, not where it lies, and no consent', () => {
    const { facts, sealed } = read().record;
    expect(facts).toMatchObject({ referral_consent_form_held: true });
    expect(JSON.stringify([facts, sealed])).not.toMatch(/example\.test|claimed/);
  });
  it('has a risk only where the record tells one', () => {
    expect(read().record.risk).toBe('no_action');
    expect(read({ level_of_risk: '' }).record.risk).toBeUndefined();
    expect(out({ level_of_risk: '' })).toMatchObject({ level_of_risk: '' });
  });
  it('holds nothing in clear that names somebody', () => {
    const { sealed: _sealed, referrals, ...clear } = read().record;
    const inClear = JSON.stringify([clear, referrals.map(({ sealed: _texts, ...referral }) => referral)]);
    expect(inClear).not.toMatch(/Sreymom|ស្រីមុំ|Sok|Case Worker|family"|prefer_not/);
  });
});

describe('the services of a record of OSCaR', () => {
  it('are one referral each: an enrolment is a service that has begun', () =>
    expect(read().record.referrals).toMatchObject([
      {
        service: { code: 'family_based_care_longterm_foster' },
        state: 'IN_SERVICE',
        fromAgency: 'cif',
        toAgency: 'cif',
        sentOn: '2020-07-16',
      },
      {
        service: { code: 'medical_support_access_care' },
        state: 'ACCEPTED',
        fromAgency: 'cif',
        toAgency: 'mosvy',
        sealed: { narrative: { text: 'needs a family' } },
      },
    ]));
  it('that the government asked for go the other way', () =>
    expect(read({ resource: 'Primero' }).record.referrals[1]).toMatchObject({ fromAgency: 'mosvy', toAgency: 'cif' }));
  it('take the status of the record where they have none', () =>
    expect(
      read({ ...service({ referral_status: undefined }), referral_status: 'Exited' }).record.referrals[0],
    ).toMatchObject({
      state: 'REJECTED',
      rejectionReason: 'OTHER',
    }));
  it('that were not specified are refused for that', () =>
    expect(
      read(service({ name: 'Not Specified', uuid: '', referral_status: 'Exited' })).record.referrals[0],
    ).toMatchObject({
      service: { code: 'NOT_SPECIFIED' },
      rejectionReason: 'SERVICE_NOT_SPECIFIED',
    }));
  it('are told apart by organisation, number and service', () => {
    const keys = (changes: object) => read(changes).record.referrals.map(({ key }) => key);
    expect(keys(service({}))).not.toEqual(keys({ ...service({}), organization_name: 'holt' }));
    expect(keys(service({}))).not.toEqual(keys(service({ referral_id: 13 })));
    expect(new Set(keys({ services: [...record.services, ...record.services] })).size).toBe(4);
  });
  it('have keys that can be read again', () => {
    const parts = { organization: 'a/b', referralId: '7', uuid: 'u', service: { code: 'X' }, repetition: 1 };
    expect(readOscarKey(oscarKey(parts, shippedCodes))).toEqual({ organization: 'a/b', referralId: '7', uuid: 'u' });
  });
});

describe('a record of OSCaR that can not be used', () => {
  it.each([
    ['without name and identifier', { gender: 'male' }, 'record: no identifier and no name'],
    ['that is no object', null, 'record: not an object'],
  ])('%s', (_, input, reason) => expect(reasonOf(fromOscar(input, context))).toBe(reason));
  it.each([
    ['a birth date to come', { date_of_birth: '2027-01-01' }, 'date_of_birth: in the future'],
    [
      'a service status nobody knows',
      service({ referral_status: 'Maybe' }),
      'services[0].referral_status: unknown status',
    ],
    ['an enrolment on no day', service({ enrollment_date: '2020-13-01' }), 'services[0].enrollment_date: not a date'],
    ['a risk nobody knows', { level_of_risk: 'ធម្យម' }, 'level_of_risk: unknown risk level'],
    ['broken text', { reason_for_referral: '\ud800' }, 'reason_for_referral: broken text'],
  ])('with %s', (_, changes, reason) => expect(reasonOf(fromOscar({ ...record, ...changes }, context))).toBe(reason));
  it('lists all that is wrong in a placeholder, and repeats none of it', () => {
    const placeholder = {
      external_id: 'string',
      given_name: 'string',
      gender: 'string',
      status: 'string',
      location_current_village_code: 'string',
    };
    expect(reasonOf(fromOscar(placeholder, context)).split('; ').sort()).toEqual([
      'external_id: not a UUID',
      'gender: unknown option',
      'location_current_village_code: not a location code',
      'status: unknown status',
    ]);
  });
});

describe('a case that goes to OSCaR', () => {
  it('is a client as OSCaR lists them', () =>
    expect(out()).toMatchObject({
      global_id: record.global_id,
      slug: 'lxis-1762',
      external_id: '',
      given_name: 'Sreymom',
      local_given_name: 'ស្រីមុំ',
      location_current_village_code: '01070101',
      level_of_risk: 'no action',
      organization_id: 46,
      organization_name: 'cif',
      status: 'Active',
      is_referred: true,
      resource: '',
      case_worker_name: 'Case Worker B',
      case_worker_mobile: '',
      services: [
        {
          enrollment_date: '2020-07-16',
          uuid: fosterCare,
          name: 'Long term foster care',
          referral_id: '',
          referral_status: 'Active',
        },
        { enrollment_date: '', name: 'Support to access care', referral_id: '12', referral_status: 'Accepted' },
      ],
    }));
  it('that closed has left', () =>
    expect(toOscar({ ...holding(read()), closed: true })[0]).toMatchObject({ status: 'Exited' }));
  it('of a merely shared client has services all the same', () =>
    expect(out({ services: undefined, is_referred: false })).toMatchObject({ services: [], is_referred: false }));

  it('is one record for each organisation, so that no service goes to the wrong one', () => {
    const row = {
      service_response_type: 'referral_to_oscar',
      service_type: 'counselling',
      service_subtype: ['counselling_trauma'],
    };
    const both = usable(
      fromPrimero(
        {
          case_id: '5f6130b0-bfa7-4544-a3c8-897f54d3b877',
          services_section: [
            { ...row, service_implementing_agency: 'agency-cif', service_referral_notes: 'first' },
            { ...row, service_implementing_agency: 'agency-tpo', service_referral_notes: 'second' },
          ],
        },
        context,
      ),
    );
    expect(toOscar(holding(both))).toMatchObject([
      {
        organization_name: 'cif',
        reason_for_referral: 'first',
        resource: 'primero',
        services: [{ name: 'Trauma counselling' }],
      },
      { organization_name: 'tpo', reason_for_referral: 'second', services: [{ name: 'Trauma counselling' }] },
    ]);
  });

  it('defect 15: names the workers of each organisation, and of no other', () => {
    const row = (agency: string, worker: string, code: string) => ({
      ...{ service_response_type: 'referral_to_oscar', service_type: 'counselling', service_subtype: [code] },
      ...{ service_implementing_agency: `agency-${agency}`, oscar_case_worker_name: worker },
    });
    const rows = [
      row('cif', 'Worker A', 'counselling_trauma'),
      row('cif', 'Worker B', 'counselling_family'),
      row('tpo', 'Worker C', 'counselling_trauma'),
    ];
    const told = usable(
      fromPrimero({ case_id: '5f6130b0-bfa7-4544-a3c8-897f54d3b877', services_section: rows }, context),
    );
    expect(toOscar(holding(told)).map((each) => [each['organization_name'], each['case_worker_name']])).toEqual([
      ['cif', 'Worker A, Worker B'],
      ['tpo', 'Worker C'],
    ]);
  });

  it('of ours has empty text where nothing is known', () => {
    const ours: ExportInput = {
      caseId: '6b1f0d52-3c5e-4b7a-9a56-0c1d2e3f4a5b',
      person: { facts: { sex: 'female', ageBand: 'unknown', synthetic: true }, identity: {}, location: {} },
      case: emptyCase,
      sealedForeign: {},
      referralTexts: {},
      closed: false,
      codes: shippedCodes,
      now: '2026-11-24T03:00:00.000Z',
    };
    const [only, ...others] = toOscar(ours);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      given_name: '',
      date_of_birth: '',
      level_of_risk: '',
      services: [],
      status: 'Referred',
    });
    expect(Object.values(only ?? {})).not.toContain(null);
  });
});

describe('a client of OSCaR that goes to Primero', () => {
  it('has rows that the live job can follow', () => {
    expect(toPrimero(holding(read()))).toMatchObject({
      oscar_number: record.global_id,
      oscar_short_id: 'lxis-1762',
      oscar_status: 'Active',
      services_section: [
        {
          service_response_type: 'service_being_provided_by_oscar_partner_47618',
          service_implementing_agency: 'agency-cif',
        },
        {
          service_response_type: 'referral_from_oscar',
          oscar_referring_organization: 'agency-cif',
          oscar_referral_id_a4ac8a5: '12',
          oscar_case_worker_name: 'Case Worker B',
          referral_notes_from_oscar_2e787b8: 'needs a family',
        },
      ],
    });
  });
});
