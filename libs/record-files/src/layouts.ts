import type { ForeignSystem } from '#libs/cases';

/** How a field is written into a cell and read again. */
export type FieldKind = 'text' | 'day' | 'number' | 'flag' | 'list' | 'number_or_text';

/** What an empty cell stands for: no field at all, empty text, or an empty list. */
export type Blank = 'absent' | 'empty' | 'no_items';

export interface FieldLayout {
  readonly kind: FieldKind;
  readonly blank: Blank;
}

/** The columns of one system's records: those of the record, and those of one row of its list of services. */
export interface Layout {
  readonly record: Readonly<Record<string, FieldLayout>>;
  /** The field that holds the rows. Their columns are named `<rows>/<field>`. */
  readonly rows: string;
  readonly row: Readonly<Record<string, FieldLayout>>;
}

const each = (layout: FieldLayout, ...names: string[]): Record<string, FieldLayout> =>
  Object.fromEntries(names.map((name) => [name, layout]));

const text = (...names: string[]) => each({ kind: 'text', blank: 'absent' }, ...names);
const days = (...names: string[]) => each({ kind: 'day', blank: 'absent' }, ...names);
const flags = (...names: string[]) => each({ kind: 'flag', blank: 'absent' }, ...names);
/** OSCaR writes empty text where nothing is known. */
const filled = (...names: string[]) => each({ kind: 'text', blank: 'empty' }, ...names);
const filledDays = (...names: string[]) => each({ kind: 'day', blank: 'empty' }, ...names);

const primero: Layout = {
  record: {
    ...text('id', 'case_id', 'case_id_display', 'oscar_number', 'oscar_short_id', 'mosvy_number', 'module_id'),
    ...text('workflow', 'status'),
    ...flags('record_state'),
    ...text('created_at'),
    ...days('registration_date'),
    ...text('interview_subject', 'protection_status', 'name_first', 'name_middle', 'name_last', 'name_other'),
    ...text('name_nickname', 'sex'),
    ...days('date_of_birth'),
    ...each({ kind: 'number', blank: 'absent' }, 'age'),
    ...flags('estimated'),
    ...text('telephone_current', 'location_current', 'address_current', 'risk_level'),
    ...flags('consent_for_services', 'disclosure_other_orgs'),
    ...text('oscar_status', 'oscar_reason_for_exiting'),
  },
  rows: 'services_section',
  row: {
    ...text('unique_id', 'service_response_type', 'service_type'),
    ...each({ kind: 'list', blank: 'no_items' }, 'service_subtype'),
    ...text('service_type_text', 'service_type_details_text', 'service_implementing_agency'),
    ...text('service_implementing_agency_individual', 'oscar_referring_organization', 'service_response_timeframe'),
    ...text('service_response_day_time'),
    ...days('service_appointment_date'),
    ...text('service_implemented', 'service_implemented_day_time', 'service_provider', 'service_referral_notes'),
    ...text('note_on_referral_from_provider', 'referral_status_edf41f2', 'referral_notes_from_oscar_2e787b8'),
    ...text('oscar_referral_id_a4ac8a5', 'oscar_case_worker_name', 'oscar_case_worker_telephone'),
  },
};

const oscar: Layout = {
  record: {
    ...filled('global_id', 'slug', 'external_id', 'external_id_display', 'mosvy_number'),
    ...filled('given_name', 'family_name', 'local_given_name', 'local_family_name', 'gender'),
    ...filledDays('date_of_birth'),
    ...filled('location_current_village_code', 'address_current_village_code', 'level_of_risk', 'status'),
    ...filled('reason_for_referral', 'reason_for_exiting'),
    ...flags('is_referred'),
    ...filled('resource', 'organization_name'),
    ...each({ kind: 'number_or_text', blank: 'empty' }, 'organization_id'),
    ...filled('organization_address_code', 'case_worker_name', 'case_worker_mobile', 'external_case_worker_name'),
    ...filled('external_case_worker_id', 'external_case_worker_mobile'),
    ...text('external_case_worker_email'),
    ...each({ kind: 'list', blank: 'no_items' }, 'referral_consent_form'),
    ...text('protection_status', 'referral_status'),
    ...days('date_of_referral'),
    ...text('transaction_id'),
  },
  rows: 'services',
  row: {
    ...filled('program_name'),
    ...filledDays('enrollment_date'),
    ...filled('uuid', 'name'),
    ...text('category'),
    ...filled('referral_id', 'referral_status'),
  },
};

export const layouts: Readonly<Record<ForeignSystem, Layout>> = { primero, oscar };
