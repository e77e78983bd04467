import { shippedCodes } from '#libs/interop';

/**
 * What the live jobs make of records, losses included: one organisation for all services, the first referral's reason
 * alone, the first subtype alone, consent and risk made up, and the owner set again at every run.
 */
type Json = Record<string, unknown>;

const services = [...shippedCodes.services.known.values()];
const toOscar = 'referral_to_oscar';
const fromOscar = 'referral_from_oscar';

const rowsOf = (record: Json): Json[] => record['services_section'] as Json[];
const ofType = (record: Json, type: string): Json[] =>
  rowsOf(record).filter(({ service_response_type }) => service_response_type === type);

const words = (record: Json, field: string): string => {
  const value = record[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const statusToOscar: Readonly<Record<string, string>> = { accepted_340953: 'Accepted', rejected_936484: 'Exited' };
const statusFromOscar: Readonly<Record<string, string>> = {
  Accepted: 'accepted_340953',
  Active: 'accepted_340953',
  Exited: 'rejected_936484',
};

/** One record for each service that is referred to OSCaR. */
export function upsertsOf(record: Json, referrals: readonly Json[]): Json[] {
  const [first] = ofType(record, toOscar);
  if (first === undefined || referrals.length === 0) return [];
  const risk = words(record, 'risk_level');
  const location = padded(words(record, 'location_current'));
  const common = {
    external_id: words(record, 'case_id'),
    external_id_display: words(record, 'case_id_display'),
    ...(words(record, 'oscar_number') === '' ? {} : { global_id: words(record, 'oscar_number') }),
    ...(risk === '' ? {} : { level_of_risk: risk === 'no_action' ? 'no action' : risk }),
    mosvy_number: words(record, 'mosvy_number'),
    given_name: words(record, 'name_first'),
    family_name: words(record, 'name_last'),
    gender: words(record, 'sex'),
    date_of_birth: words(record, 'date_of_birth').replaceAll('/', '-'),
    location_current_village_code: location,
    address_current_village_code: location,
    reason_for_referral: words(referrals[0] ?? {}, 'notes'),
    external_case_worker_name: words(record, 'owned_by'),
    external_case_worker_id: words(record, 'owned_by_id'),
    external_case_worker_mobile: words(record, 'owned_by_phone') || '000000000',
    ...(record['workflow'] === toOscar ? { resource: 'Primero' } : {}),
    is_referred: true,
    organization_name: words(first, 'service_implementing_agency').substring('agency-'.length),
    organization_id: words(record, 'owned_by_agency_id'),
    date_of_referral: words(record, 'last_updated_at').slice(0, 'YYYY-MM-DD'.length),
  };
  return ofType(record, toOscar).map((row) => {
    const [subtype] = row['service_subtype'] as string[];
    const name = services.find(({ code }) => code === subtype)?.name ?? 'Not Specified';
    return { ...common, services: [{ uuid: row['unique_id'], name }] };
  });
}

/** What the government answered to referrals that came from OSCaR. */
export function decisionsOf(record: Json): Json[] {
  return ofType(record, fromOscar).flatMap((row) => {
    const status = statusToOscar[words(row, 'referral_status_edf41f2')];
    const id = Number.parseInt(words(row, 'oscar_referral_id_a4ac8a5'), 10);
    if (status === undefined || Number.isNaN(id)) return [];
    return [
      {
        external_id: record['case_id'],
        external_id_display: record['case_id_display'],
        client_global_id: record['oscar_number'],
        referral_status: status,
        referral_id: id,
      },
    ];
  });
}

export function linkOf(record: Json): Json[] {
  if (words(record, 'oscar_number') === '' || ofType(record, toOscar).length > 0) return [];
  const { case_id, case_id_display, oscar_number } = record;
  return [{ external_id: case_id, external_id_display: case_id_display, global_id: oscar_number, is_referred: false }];
}

/** A client as a case; `isNew` adds what is written once. */
export function caseOf(client: Json, owner: string, isNew: boolean): Json {
  const once = {
    name_first: named(client, 'given_name'),
    name_last: named(client, 'family_name'),
    sex: ['male', 'female'].includes(words(client, 'gender')) ? client['gender'] : 'other',
    date_of_birth: client['date_of_birth'],
    location_current: unpadded(words(client, 'location_current_village_code')),
    interview_subject: 'other',
    ...(client['is_referred'] === true ? { protection_status: 'oscar_referral' } : {}),
  };
  const external = words(client, 'external_id');
  return {
    ...(external === '' ? {} : { case_id: external, case_id_display: client['external_id_display'] }),
    oscar_number: client['global_id'],
    oscar_short_id: client['slug'],
    mosvy_number: client['mosvy_number'],
    oscar_status: client['status'],
    oscar_reason_for_exiting: client['reason_for_exiting'],
    ...(isNew ? once : {}),
    owned_by: owner,
    consent_for_services: true,
    disclosure_other_orgs: true,
    ...(client['is_referred'] === true ? { risk_level: 'no_action' } : {}),
    module_id: 'primeromodule-cp',
    services_section: (client['services'] as Json[]).map((service) => rowOf(service, client)),
  };
}

/** The uuid is that of the kind of service, so that a second referral of a kind overwrites the first. */
function rowOf(service: Json, client: Json): Json {
  const known = services.find(({ name }) => name === service['name']);
  const enrolled = words(service, 'enrollment_date');
  const agency = `agency-${words(client, 'organization_name')}`;
  return {
    unique_id: service['uuid'],
    service_type: known?.type ?? 'Other',
    service_subtype: [known?.code ?? null],
    service_type_text: known?.type,
    service_type_details_text: known === undefined ? service['name'] : 'n/a',
    service_response_type: enrolled === '' ? fromOscar : 'service_being_provided_by_oscar_partner_47618',
    ...(enrolled === '' ? {} : { service_response_day_time: `${enrolled}T00:00:00.000Z` }),
    service_implementing_agency: agency,
    oscar_referring_organization: agency,
    referral_notes_from_oscar_2e787b8: client['reason_for_referral'],
    referral_status_edf41f2: statusFromOscar[words(service, 'referral_status')] ?? null,
    oscar_case_worker_name: client['case_worker_name'],
    oscar_case_worker_telephone: client['case_worker_mobile'],
    ...(words(service, 'referral_id') === '' ? {} : { oscar_referral_id_a4ac8a5: words(service, 'referral_id') }),
  };
}

/** The row that OSCaR's answer is about: by the number of the referral, or else the first pending one of its kind. */
export function answeredRow(record: Json, service: Json): Json | undefined {
  const id = words(service, 'referral_id');
  const code = services.find(({ name }) => name === service['name'])?.code;
  return (
    rowsOf(record).find((row) => id !== '' && words(row, 'oscar_referral_id_a4ac8a5') === id) ??
    ofType(record, toOscar).find((row) => (row['service_subtype'] as string[])[0] === code)
  );
}

/** What OSCaR says of a referral that was made to it, in Primero's two vocabularies; undefined while it waits. */
export function answerOf(service: Json): { row: string; referral: string } | undefined {
  const row = statusFromOscar[words(service, 'referral_status')];
  if (row === undefined) return undefined;
  return { row, referral: row === 'accepted_340953' ? 'accepted' : 'rejected' };
}

function named(client: Json, part: string): string {
  const [khmer, latin] = [words(client, `local_${part}`), words(client, part)];
  return khmer === '' ? latin : `${khmer} (${latin})`;
}

/** A code that was kept as a number has lost its zero. */
const padded = (code: string): string => (code.length % 2 === 1 ? `0${code}` : code);
const unpadded = (code: string): string => (code === '' ? '' : String(Number.parseInt(code, 10)));
