import type { OptionList } from './options.js';

/** What a field of a form takes. */
export type Field =
  | {
      readonly kind:
        'text' | 'date' | 'moment' | 'tick' | 'number' | 'yes_no' | 'anything' | 'unchecked' | 'unchecked_list';
    }
  | { readonly kind: 'choice' | 'choices'; readonly options: OptionList }
  | { readonly kind: 'rows'; readonly form: Form };

export type Form = Readonly<Record<string, Field>>;

const each = (field: Field, ...names: string[]): Form => Object.fromEntries(names.map((name) => [name, field]));
const text = (...names: string[]): Form => each({ kind: 'text' }, ...names);
const dates = (...names: string[]): Form => each({ kind: 'date' }, ...names);
const moments = (...names: string[]): Form => each({ kind: 'moment' }, ...names);
const ticks = (...names: string[]): Form => each({ kind: 'tick' }, ...names);
const numbers = (...names: string[]): Form => each({ kind: 'number' }, ...names);
const yesNo = (...names: string[]): Form => each({ kind: 'yes_no' }, ...names);
const choice = (name: string, options: OptionList): Form => ({ [name]: { kind: 'choice', options } });
const choices = (name: string, options: OptionList): Form => ({ [name]: { kind: 'choices', options } });
/** Places, agencies and users: any text is taken and never looked up. */
const unchecked = (...names: string[]): Form => each({ kind: 'unchecked' }, ...names);
const rows = (name: string, form: Form): Form => ({ [name]: { kind: 'rows', form } });

const services: Form = {
  ...choice('service_response_type', 'responseType'),
  ...choice('service_type', 'serviceType'),
  ...choices('service_subtype', 'serviceSubtype'),
  ...choice('service_response_timeframe', 'timeframe'),
  ...choice('service_implemented', 'implemented'),
  ...choice('referral_status_edf41f2', 'referralStatus'),
  ...moments('service_response_day_time', 'service_implemented_day_time'),
  ...dates('service_appointment_date'),
  ...ticks('service_status_referred'),
  ...unchecked('service_implementing_agency', 'service_implementing_agency_individual', 'service_delivery_location'),
  ...text('service_provider', 'service_location', 'service_referral_notes', 'note_on_referral_from_provider'),
  ...text('service_type_text', 'service_type_details_text', 'referral_notes_from_oscar_2e787b8'),
  ...text('oscar_case_worker_name', 'oscar_case_worker_telephone', 'oscar_referring_organization'),
  ...text('oscar_referral_id_a4ac8a5'),
};

const concerns: Form = {
  ...choice('protection_concern_type', 'protectionConcern'),
  ...choice('date_concern_identified', 'identifiedWhen'),
  ...text('concern_details'),
};

const relatives: Form = {
  ...text('relation_name', 'relation_nickname', 'relation_death_details', 'relation_address_current'),
  ...text('relation_telephone', 'relation_other_family'),
  ...choice('relation', 'relationship'),
  ...choice('relation_is_alive', 'relativeAlive'),
  ...choice('relation_sex', 'sex'),
  ...ticks('relation_is_caregiver'),
  ...numbers('relation_age'),
  ...dates('relation_date_of_birth'),
  ...choices('relation_nationality', 'country'),
  ...unchecked('relation_location_current'),
};

const careArrangements: Form = {
  ...yesNo('child_caregiver_status'),
  ...choice('child_caregiver_reason_change', 'caregiverChange'),
  ...choice('care_arrangements_type', 'careArrangement'),
  ...text('care_arrangements_type_other', 'care_arrangements_type_notes', 'care_agency_name', 'name_caregiver'),
  ...text('nickname_caregiver'),
  ...numbers('caregiver_age'),
  ...dates('caregiver_dob', 'care_arrangement_started_date'),
  ...choice('relationship_caregiver', 'relationship'),
};

const followups: Form = {
  ...choice('followup_type', 'followup'),
  ...choice('followup_service_type', 'serviceType'),
  ...choice('protection_concern_type', 'protectionConcern'),
  ...dates('followup_needed_by_date', 'followup_date'),
  ...text('followup_comments'),
};

const notes: Form = { ...moments('note_date'), ...text('note_subject', 'note_text', 'note_created_by') };

const interventions: Form = {
  ...text('intervention_service_to_be_provided', 'case_plan_provider_and_contact_details', 'intervention_service_goal'),
  ...dates('case_plan_timeframe'),
  ...yesNo('intervention_service_success'),
};

/** The child-protection case as Cambodia's instance has it: the fields of the exchange and a sensible rest. */
export const caseForm: Form = {
  ...text('case_id', 'short_id', 'case_id_display', 'name', 'name_first', 'name_middle', 'name_last'),
  ...text('name_nickname', 'name_other', 'national_id_no', 'unhcr_id_no', 'other_id_type', 'other_id_no'),
  ...text('occupation', 'address_current', 'address_last', 'telephone_current', 'telephone_last'),
  ...text('oscar_number', 'oscar_short_id', 'mosvy_number', 'oscar_status', 'oscar_reason_for_exiting'),
  ...dates('registration_date', 'date_of_birth', 'assessment_due_date', 'case_plan_due_date', 'date_case_plan'),
  ...dates('assessment_requested_on', 'date_closure', 'current_care_arrangement_started_date'),
  ...choice('sex', 'sex'),
  ...choice('status', 'status'),
  ...choice('maritial_status', 'marital'),
  ...choice('risk_level', 'risk'),
  ...choice('protection_status', 'protectionStatus'),
  ...choice('displacement_status', 'displacement'),
  ...choice('closure_reason', 'closureReason'),
  ...choice('interview_subject', 'consentFrom'),
  ...choice('current_care_arrangements_type', 'careArrangement'),
  ...choices('nationality', 'country'),
  ...choices('protection_concerns', 'protectionConcern'),
  ...choices('consent_info_sharing', 'sharedWith'),
  ...choices('legitimate_basis', 'nothing'),
  ...numbers('age'),
  ...ticks('estimated', 'address_is_permanent', 'marked_for_mobile', 'consent_for_services', 'disclosure_other_orgs'),
  ...yesNo('urgent_protection_concern', 'consent_reporting', 'consent_for_tracing'),
  ...text('closure_reason_other', 'protection_concerns_other', 'disclosure_deny_details', 'current_name_caregiver'),
  ...unchecked('workflow', 'location_current', 'location_last', 'owned_by', 'owned_by_agency_id'),
  ...each({ kind: 'unchecked_list' }, 'assigned_user_names'),
  // A slip in the other system's own table of types: whatever is sent is taken. */
  ...each({ kind: 'anything' }, 'family_id', 'registry_record_id'),
  ...rows('services_section', services),
  ...rows('protection_concern_detail_subform_section', concerns),
  ...rows('family_details_section', relatives),
  ...rows('care_arrangements_section', careArrangements),
  ...rows('followup_subform_section', followups),
  ...rows('notes_section', notes),
  ...rows('cp_case_plan_subform_case_plan_interventions', interventions),
};

/** Taken whichever module a record belongs to, and so the only ones of a record that names none. */
export const coreForm: Form = {
  ...unchecked('owned_by'),
  ...ticks('record_state', 'case_status_reopened'),
  ...choice('status', 'status'),
  ...moments('created_at'),
};

/** Written by the server alone once a record is there; sent again they are passed over. */
export const fixedOnUpdate: ReadonlySet<string> = new Set([
  ...['id', 'case_id', 'case_id_display', 'short_id', 'unique_identifier', 'created_by'],
]);

export const childProtection = 'primeromodule-cp';
export const modules: ReadonlySet<string> = new Set([childProtection, 'primeromodule-gbv', 'primeromodule-mrm']);
