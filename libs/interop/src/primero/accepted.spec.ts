/** Support for the specs: what Primero would refuse, or drop in silence, in a record that goes out. */
const topLevel: Record<string, (value: unknown) => boolean> = {
  id: isUuid,
  case_id: isText,
  case_id_display: isText,
  oscar_number: isText,
  oscar_short_id: isText,
  module_id: (value) => value === 'primeromodule-cp' || value === 'primeromodule-gbv',
  workflow: isText,
  status: oneOf('open', 'closed', 'transferred', 'duplicate'),
  record_state: isFlag,
  created_at: isMoment,
  registration_date: isDay,
  interview_subject: isText,
  protection_status: isText,
  name_first: isText,
  name_last: isText,
  name_middle: isText,
  name_other: isText,
  name_nickname: isText,
  sex: oneOf('male', 'female', 'other'),
  date_of_birth: isDay,
  age: Number.isInteger,
  estimated: isFlag,
  mosvy_number: isText,
  telephone_current: isText,
  location_current: isText,
  address_current: isText,
  risk_level: oneOf('high', 'medium', 'low', 'no_action'),
  consent_for_services: isFlag,
  disclosure_other_orgs: isFlag,
  oscar_status: isText,
  oscar_reason_for_exiting: isText,
  services_section: (value) => Array.isArray(value),
};

const row: Record<string, (value: unknown) => boolean> = {
  unique_id: isUuid,
  service_response_type: isText,
  service_type: isText,
  service_subtype: (value) => Array.isArray(value) && value.every(isText),
  service_type_text: isText,
  service_type_details_text: isText,
  service_implementing_agency: (value) => isText(value) && String(value).startsWith('agency-'),
  service_implementing_agency_individual: isText,
  oscar_referring_organization: (value) => isText(value) && String(value).startsWith('agency-'),
  service_response_timeframe: oneOf('1_hour', '3_hours', '1_day', '3_days'),
  service_response_day_time: isMoment,
  service_appointment_date: isDay,
  service_implemented: oneOf('implemented', 'not_implemented'),
  service_implemented_day_time: isMoment,
  service_provider: isText,
  service_referral_notes: isText,
  note_on_referral_from_provider: isText,
  referral_status_edf41f2: oneOf('pending_310366', 'accepted_340953', 'rejected_936484'),
  referral_notes_from_oscar_2e787b8: isText,
  oscar_referral_id_a4ac8a5: isText,
  oscar_case_worker_name: isText,
  oscar_case_worker_telephone: isText,
};

export function unknownToPrimero(record: Record<string, unknown>): string[] {
  const rows = record['services_section'] as Record<string, unknown>[];
  return [
    ...problems(record, topLevel),
    ...['id', 'module_id', 'services_section'].filter((field) => !(field in record)).map((field) => `${field} missing`),
    ...rows.flatMap((fields) => [
      ...problems(fields, row),
      ...['unique_id', 'service_subtype'].filter((field) => !(field in fields)).map((field) => `row ${field} missing`),
    ]),
  ];
}

const problems = (fields: Record<string, unknown>, accepted: typeof topLevel): string[] =>
  Object.entries(fields)
    .filter(([field, value]) => !(accepted[field]?.(value) ?? false))
    .map(([field]) => field);

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/^\s*\d{4}[-/]\d{2}[-/]\d{2}([T ][\d:.]+Z?)?\s*$/.test(value);
}
function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}
function isDay(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}
function isMoment(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(value);
}
function isUuid(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
function oneOf(...options: string[]): (value: unknown) => boolean {
  return (value) => options.includes(value as string);
}
