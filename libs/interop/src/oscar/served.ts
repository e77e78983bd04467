import type { ExportInput, OutgoingRecord } from '../translation.js';

type Service = OutgoingRecord;

const both = [
  ...['slug', 'global_id', 'external_id', 'external_id_display', 'mosvy_number', 'given_name', 'family_name'],
  ...['local_given_name', 'local_family_name', 'gender', 'date_of_birth', 'location_current_village_code', 'status'],
  ...['organization_name', 'organization_address_code', 'case_worker_name', 'case_worker_mobile', 'is_referred'],
] as const;
const referredAlone = [
  ...['address_current_village_code', 'organization_id', 'external_case_worker_name', 'external_case_worker_id'],
  ...['reason_for_referral', 'referral_consent_form', 'level_of_risk'],
] as const;

/**
 * A client as OSCaR lists it: one that an organisation referred to the government with all that goes with a referral,
 * anyone else with less. Names stand in both scripts in either shape, because one of them alone can't be told from
 * another child's.
 */
export function servedOscar(record: OutgoingRecord, { caseId, case: { receivedFrom } }: ExportInput): OutgoingRecord {
  const services = (record['services'] as Service[]).map(serviceOf);
  const own = receivedFrom === 'oscar';
  if (own && record['is_referred'] === true) return { ...only(record, [...both, ...referredAlone]), services };
  // A case that began on the government's side has an id there, our own where no Primero gave it one.
  const external = record['external_id'] || (own ? '' : caseId);
  return {
    ...only(record, both),
    external_id: external,
    resource: external === '' ? null : own ? record['resource'] : 'primero',
    services: external === '' ? [] : services,
  };
}

const only = (record: OutgoingRecord, fields: readonly string[]): OutgoingRecord =>
  Object.fromEntries(fields.map((field) => [field, record[field] ?? '']));

/** An enrolment has a day and no referral; a referral has a number and a status, and no day. */
function serviceOf({ program_name, enrollment_date, uuid, name, referral_id, referral_status }: Service): Service {
  if (enrollment_date !== '') return { program_name, enrollment_date, uuid, name };
  const number = typeof referral_id === 'string' && /^\d{1,15}$/.test(referral_id) ? Number(referral_id) : referral_id;
  return { program_name: null, enrollment_date: null, uuid, name, referral_id: number, referral_status };
}

/**
 * Of a client, what an organisation that was asked is told before it accepts (GR-STAGED). Empty text is OSCaR's way of
 * saying nothing.
 */
export function stagedOscar(record: OutgoingRecord, { case: { district, province } }: ExportInput): OutgoingRecord {
  const told = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, stagedFields.has(name) ? value : emptyOf(value)]),
  );
  return {
    ...told,
    location_current_village_code: district ?? province ?? '',
    address_current_village_code: district ?? province ?? '',
    services: (record['services'] as Service[]).map((service) => ({ ...service, program_name: '' })),
  };
}

const stagedFields: ReadonlySet<string> = new Set([
  ...['global_id', 'slug', 'external_id', 'external_id_display', 'gender', 'status', 'is_referred', 'resource'],
  ...['organization_name', 'organization_id', 'organization_address_code'],
]);

const emptyOf = (value: unknown): unknown => (Array.isArray(value) ? [] : '');
