import type { ForeignSystem } from '#libs/cases';
import type { OutgoingRecord } from '#libs/interop';

/** Why the other system has no place for a field; every field that is not here must come back. */
export const onlyThere: Readonly<Record<ForeignSystem, Readonly<Record<string, string>>>> = {
  primero: {
    id: 'OSCaR keeps case_id alone',
    module_id: 'a form of Primero',
    workflow: 'Primero works it out',
    status: "OSCaR's status is the organisation's own",
    record_state: 'a switch of Primero',
    created_at: 'no such day in OSCaR',
    registration_date: 'no such day in OSCaR',
    interview_subject: 'not asked in OSCaR',
    protection_status: 'not among the fields that OSCaR takes',
    name_middle: 'OSCaR has two names',
    name_other: 'OSCaR has two names',
    name_nickname: 'OSCaR has two names',
    age: 'follows from the birth date; no age in OSCaR',
    estimated: 'no such mark in OSCaR',
    telephone_current: 'no telephone of the child in OSCaR',
    address_current: 'OSCaR has codes of places alone',
    consent_for_services: 'a claim is told to nobody else',
    disclosure_other_orgs: 'a claim is told to nobody else',
    'services_section.unique_id': 'OSCaR lists the kind of service',
    'services_section.service_response_timeframe': 'no urgency in OSCaR',
    'services_section.service_appointment_date': 'no such day in OSCaR',
    'services_section.service_response_day_time': 'OSCaR stores the day on which it is told',
    'services_section.service_implemented_day_time': 'no such day in OSCaR',
    'services_section.service_implementing_agency_individual': 'OSCaR gives out its own workers',
    'services_section.service_provider': 'OSCaR gives out its own workers',
    'services_section.service_type_text': 'the type again, in words of a job',
    'services_section.service_type_details_text': 'follows from the service',
    'services_section.note_on_referral_from_provider': 'a refusal has no reason in OSCaR',
    'services_section.service_implemented': 'OSCaR has no end of a service',
  },
  oscar: {
    organization_id: 'Primero names agencies',
    organization_address_code: 'Primero knows where its agencies are',
    address_current_village_code: 'Primero has one code of a place',
    referral_status: 'stands at each service',
    protection_status: 'not among the fields that OSCaR takes',
    external_case_worker_name: 'the owner is Primero’s own, never written by us',
    external_case_worker_id: 'the owner is Primero’s own, never written by us',
    external_case_worker_mobile: 'the owner is Primero’s own, never written by us',
    external_case_worker_email: 'the owner is Primero’s own, never written by us',
    referral_consent_form: 'where a form lies is not kept; that there is one is',
    date_of_referral: 'OSCaR stores the day on which it is told',
    transaction_id: 'a number of the job',
    'services.program_name': 'no programmes in Primero',
    'services.uuid': 'Primero names a service by its subtype',
  },
};

/** Reasons that hold for some values alone. */
export interface Exception {
  readonly fields: readonly string[];
  /** @param around the service for a field of a service, else the record */
  readonly holds: (value: unknown, around: OutgoingRecord) => boolean;
  readonly why: string;
}

const asked: readonly unknown[] = ['referral_to_oscar', 'service_provision'];

export const exceptions: readonly Exception[] = [
  {
    fields: ['services_section.oscar_referring_organization'],
    holds: (_, { service_response_type: type }) => asked.includes(type),
    why: 'OSCaR knows the government as one',
  },
  {
    fields: ['services_section.service_implementing_agency'],
    holds: (_, { service_response_type: type }) => type === 'referral_from_oscar',
    why: 'OSCaR knows the government as one',
  },
  {
    fields: ['services_section.service_response_type'],
    holds: (_, { service_implemented: implemented }) => implemented === 'implemented',
    why: 'OSCaR has no end of a service: it is being provided there',
  },
  {
    fields: ['organization_name', 'case_worker_name', 'case_worker_mobile', 'reason_for_referral', 'is_referred'],
    holds: (_, { services }) => Array.isArray(services) && services.length === 0,
    why: 'Primero has a place for it beside a service alone',
  },
  {
    fields: ['gender'],
    holds: (value) => !['male', 'female', 'other'].includes(String(value)),
    why: 'no such option in Primero',
  },
  {
    fields: ['local_given_name', 'local_family_name'],
    holds: (value) => !/\p{Script=Khmer}/u.test(String(value)),
    why: 'one name for each script in Primero',
  },
];

/** Primero's rows that are no services: its own history and relations, which we neither read nor write. */
export const untouched = 'stays in Primero, which merges what is sent into what it has';
