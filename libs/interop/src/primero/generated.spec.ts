import fc from 'fast-check';
import { serviceCodes } from '../codes/service-codes.js';

/** Support for the round-trip spec: cases as Primero may hold them, good and odd, all usable. */
const khmer = fc.constantFrom('ស្រីមុំ', 'សុខ', 'ដារា', 'ចាន់ ធី', 'ក (ខ)');
const latin = fc.oneof(
  fc.constantFrom('Sreymom', 'Sok', 'Dara (D)', "O'Neil", '2012-02-03', '(2012-02-03)', ' Chan '),
  fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/[()\0\p{Surrogate}]/u.test(text)),
);
export const nameText = fc.oneof(
  khmer,
  latin,
  fc.tuple(khmer, latin, fc.constantFrom(' (', '(')).map(([km, lat, open]) => `${km}${open}${lat})`),
  fc.tuple(khmer, latin).map(([km, lat]) => `${lat} (${km})`),
);
export const text = fc.oneof(
  nameText,
  fc.constantFrom('', '\r\n* Contact', 'n/a', '2020/08/24', '2021-11-09T10:20:12.384Z'),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom(undefined, null));
const day = fc
  .date({ min: new Date('2009-01-01'), max: new Date('2026-11-20'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const dayText = fc.oneof(
  day,
  day.map((date) => date.replaceAll('-', '/')),
);
const momentText = fc.oneof(
  day,
  day.map((date) => `${date}T22:15:09.000Z`),
  day.map((date) => `${date.replaceAll('-', '/')} 18:17:05 +0000`),
);
export const location = fc.oneof(
  fc.constantFrom('2020202', '02020202', 1040202, '120611', '12', '1', '', '19', 25010101),
  fc.constant(undefined),
);
const agency = fc.constantFrom('agency-cif', 'agency-hfj', 'agency-cwd', 'OSCaR Organization', 'agency-', '');
const service = fc.oneof(
  fc.constantFrom(...serviceCodes).map(({ type, code }) => ({ service_type: type, service_subtype: [code] })),
  fc
    .tuple(fc.constantFrom(...serviceCodes), fc.constantFrom(...serviceCodes))
    .map(([one, two]) => ({ service_type: one.type, service_subtype: [one.code, two.code] })),
  fc.constantFrom(
    { service_type: 'counselling', service_subtype: [] },
    { service_type: 'counselling', service_type_details_text: 'Family counselling / mediation' },
    { service_type: 'Other', service_subtype: [null], service_type_details_text: 'Literacy Support' },
    { service_type: 'psychosocial_service' },
    { service_type: 'of_their_own' },
    { service_type: 'legal_support', service_subtype: ['new_Subtype'] },
    { service_subtype: 'family_based_care_kinship' },
    { service_type_details_text: 'PEP' },
    { service_type_details_text: 'for her and her sister' },
    { service_type: 'counselling', service_type_details_text: 'n/a' },
    {},
  ),
);

const row = fc
  .tuple(
    fc.record(
      {
        unique_id: fc.uuid(),
        service_response_type: fc.constantFrom(
          'referral_to_oscar',
          'referral_from_oscar',
          'service_being_provided_by_oscar_partner_47618',
          'service_provision',
        ),
        service_implementing_agency: agency,
        oscar_referring_organization: agency,
        service_response_timeframe: fc.constantFrom('1_hour', '3_hours', '1_day', '3_days', '1_week', ''),
        service_response_day_time: optional(momentText),
        service_implemented: fc.constantFrom('implemented', 'not_implemented', ''),
        referral_status_edf41f2: fc.constantFrom('pending_310366', 'accepted_340953', 'rejected_936484', null),
        note_on_referral_from_provider: fc.constantFrom('NO_CAPACITY', 'No room left', 'REVOKED', null),
        service_referral_notes: optional(text),
        oscar_referral_id_a4ac8a5: fc.constantFrom('17', 18, null),
        oscar_case_worker_telephone: fc.constantFrom('000000000', '012345678', ''),
      },
      { requiredKeys: [] },
    ),
    service,
  )
  .map(([fields, requested]) => ({ ...fields, ...requested }));

const withTransitions = (services: { unique_id?: string }[]) =>
  fc
    .array(
      fc.record(
        {
          id: fc.uuid(),
          status: fc.constantFrom('in_progress', 'accepted', 'rejected', 'done', 'revoked', null),
          service_record_id: fc.constantFrom(...services.map(({ unique_id }) => unique_id), undefined),
          created_at: momentText,
          rejected_reason: fc.constantFrom('OUT_OF_AREA', 'too far', null),
          service: fc.constantFrom('counselling', 'psychosocial_service', undefined),
          transitioned_to_agency: agency,
        },
        { requiredKeys: ['id'] },
      ),
      { maxLength: 4 },
    )
    .map((referrals) => ({ services_section: services, referrals }));

export const primeroRecord = fc
  .tuple(
    fc.record(
      {
        id: fc.uuid(),
        case_id: fc.uuid(),
        case_id_display: fc.constantFrom('31de2d0', '2020-01-01'),
        oscar_number: fc.constantFrom('01EGG9DKEQNRB1G6T2JW1EZVVW', '88986571w', ''),
        oscar_short_id: fc.constantFrom('kzcf-1300', null),
        name_first: optional(nameText),
        name_last: optional(nameText),
        name_nickname: optional(text),
        sex: fc.constantFrom('male', 'female', 'other', 'Male', null),
        date_of_birth: optional(dayText),
        age: fc.constantFrom(0, 7, '16', null),
        estimated: fc.constantFrom(true, false, null),
        location_current: location,
        address_current: optional(text),
        telephone_current: fc.constantFrom('000000000', '+855 00 123 456', '', 12345678),
        mosvy_number: fc.constantFrom('9808827', 9808827, '2025-10-06', ''),
        risk_level: fc.constantFrom('high', 'medium', 'low', 'no_action', null),
        status: fc.constantFrom('open', 'closed', 'transferred', 'Open', 'identified'),
        workflow: fc.constantFrom('new', 'referral_to_oscar'),
        owned_by_agency: agency,
        owned_by: fc.constant('mgrbtb'),
        protection_status: fc.constantFrom('oscar_referral', 'unaccompanied', null),
        consent_for_services: fc.boolean(),
        disclosure_other_orgs: fc.boolean(),
        created_at: momentText,
      },
      { requiredKeys: ['case_id'] },
    ),
    fc.array(row, { maxLength: 4 }).chain(withTransitions),
  )
  .map(([fields, services]) => ({ ...fields, ...services }));
