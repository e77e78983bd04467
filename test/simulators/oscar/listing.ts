import type { Client, NamedService, OscarReferral, OscarState, OscarUser } from './state.js';
import { isFromSystem } from './referrals.js';

export interface ClientsQuery {
  readonly since_date?: string;
  readonly end_date?: string;
}

/**
 * Clients of every integrated organisation, referred ones first, all at once: there are no pages. Nobody is asked
 * whether a client may be shown; only those with names, gender and date of birth are.
 */
export function listedClients(state: OscarState, user: OscarUser, query: ClientsQuery): object[] {
  const integrated = new Set(state.organizations.filter((each) => each.integrated).map((each) => each.short_name));
  const known = state.clients.filter((client) => integrated.has(client.organization) && isComplete(client));
  const referred = known.filter((client) => referralsOut(state, client, user).length > 0);
  const others = known.filter((client) => !referred.includes(client));
  const day = query.since_date === undefined ? undefined : dayOf(query.since_date);
  const changed = ({ updated_at }: Client): boolean => day === undefined || updated_at.slice(0, day.length) >= day;
  if (query.end_date !== undefined) {
    const [from, to] = [momentOf(query.since_date ?? ''), momentOf(query.end_date)];
    const created = others.filter(({ created_at }) => created_at >= from && created_at <= to);
    return created.map((client) => sharedItem(state, client, user));
  }
  return [
    ...referred.filter(changed).map((client) => referredItem(state, client, user)),
    ...others.filter(changed).map((client) => sharedItem(state, client, user)),
  ];
}

/** Days are compared, not moments: what changed today is in every list of today. */
function dayOf(text: string): string {
  return momentOf(text).slice(0, 'YYYY-MM-DD'.length);
}

/** Any way of writing a time that is known: with T or a space, with a zone or without. Undated is the first of times. */
function momentOf(text: string): string {
  const written = text.trim().replace(' ', 'T');
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(written) ? `${written}Z` : written);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

function isComplete(client: Client): boolean {
  const given = client.given_name + client.local_given_name;
  const family = client.family_name + client.local_family_name;
  return [given, family, client.gender, client.date_of_birth].every((value) => value !== '');
}

/** Referrals that its workers made to the system which asks. */
const referralsOut = (state: OscarState, client: Client, { system }: OscarUser): OscarReferral[] =>
  !client.referred_external || system === undefined
    ? []
    : referralsOfClient(state, client).filter(
        ({ ngo_name, referred_to }) => ngo_name === system && referred_to === system,
      );

const referralsOfClient = (state: OscarState, { organization, id, global_id }: Client): OscarReferral[] =>
  state.referrals.filter(
    (each) => each.organization === organization && each.client_id === id && each.client_global_id === global_id,
  );

function referredItem(state: OscarState, client: Client, user: OscarUser): object {
  const referrals = referralsOut(state, client, user);
  const organization = state.organization(client.organization);
  return {
    slug: client.slug,
    global_id: client.global_id,
    external_id: client.external_id,
    external_id_display: client.external_id_display,
    mosvy_number: client.mosvy_number,
    given_name: client.given_name,
    family_name: client.family_name,
    gender: client.gender,
    date_of_birth: client.date_of_birth,
    location_current_village_code: client.location,
    address_current_village_code: client.location,
    organization_id: organization?.id,
    organization_name: client.organization,
    external_case_worker_name: client.external_case_worker_name || null,
    external_case_worker_id: client.external_case_worker_id || null,
    reason_for_referral: referrals.at(-1)?.referral_reason ?? '',
    status: client.status,
    ...workersOf(client),
    is_referred: true,
    referral_consent_form: client.consent_forms,
    organization_address_code: '',
    level_of_risk: referrals.at(-1)?.level_of_risk ?? '',
    services: [...enrolled(client), ...referrals.flatMap(asked)],
  };
}

function sharedItem(state: OscarState, client: Client, { system }: OscarUser): object {
  const linked = client.external_id !== '';
  const received = referralsOfClient(state, client).filter((referral) => isFromSystem(referral, system));
  return {
    given_name: client.given_name,
    family_name: client.family_name,
    local_given_name: client.local_given_name,
    local_family_name: client.local_family_name,
    gender: client.gender,
    date_of_birth: client.date_of_birth,
    global_id: client.global_id,
    slug: client.slug,
    external_id: client.external_id,
    external_id_display: client.external_id_display,
    status: client.status,
    mosvy_number: client.mosvy_number,
    location_current_village_code: client.location,
    ...workersOf(client),
    is_referred: client.referred_external,
    organization_name: client.organization,
    organization_address_code: '',
    // Set by any link to the other system, so that a client of OSCaR's own is taken for one of Primero's.
    resource: linked ? 'primero' : null,
    services: linked ? [...enrolled(client), ...received.flatMap(asked)] : [],
  };
}

const workersOf = ({ workers }: Client) => ({
  case_worker_name: workers.map(({ name }) => name).join(', '),
  case_worker_mobile: workers.map(({ mobile }) => mobile).join(', '),
});

const enrolled = ({ enrolments }: Client): object[] =>
  enrolments.flatMap(({ program_name, enrollment_date, services }) =>
    services.map(({ uuid, name }) => ({ program_name, enrollment_date, uuid, name })),
  );

const asked = ({ id, services, referral_status }: OscarReferral): object[] =>
  services.map(({ uuid, name }: NamedService) => ({
    ...{ program_name: null, enrollment_date: null, uuid, name },
    ...{ referral_id: id, referral_status },
  }));
