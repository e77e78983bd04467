import { brokenPage, Refused, seeLogs } from './errors.js';
import { addReferral } from './referrals.js';
import { blankClient, type Client, type ClientFields, type OscarState, type OscarUser } from './state.js';

const genders: ReadonlySet<string> = new Set(['female', 'male', 'lgbt', 'unknown', 'prefer_not_to_say', 'other']);
const statuses = ['Accepted', 'Exited', 'Referred'] as const;
const place = /^(\d{2}){1,4}$/;

interface Sent {
  readonly organization: string;
  readonly globalId: string;
  readonly client: ClientFields;
  readonly services: readonly string[];
  readonly isReferred: boolean;
  readonly status: string;
}

/**
 * Takes a record of another system in. One whose global id is known overwrites a client; any other is a referral.
 *
 * @throws Refused
 */
export function upsert(state: OscarState, user: OscarUser, body: unknown): object {
  const record = body as { organization?: Record<string, unknown> } | null;
  const sent = read(record?.organization ?? {});
  if (record?.organization === undefined || sent.organization === '') throw new Refused(422, { message: seeLogs });
  if (state.organization(sent.organization) === undefined) throw brokenPage();
  if (sent.globalId !== '' && state.globalIds.has(sent.globalId)) overwrite(state, user, sent);
  else findReferral(state, user, sent);
  return { external_id: sent.client.external_id, message: 'Record saved.' };
}

function overwrite(state: OscarState, user: OscarUser, sent: Sent): void {
  const { globalId, client: fields, status } = sent;
  const clients = state.clientsOf(globalId);
  const [first] = clients;
  if (first === undefined) throw new Refused(404, { global_id: globalId, message: 'Record not found.' });
  if (status !== '' && !statuses.some((each) => each === status)) {
    const message = "Referral status must be one of ['Accepted', 'Exited', 'Referred'].";
    throw new Refused(422, { external_id: fields.external_id, message });
  }
  const there = clients.find(({ organization }) => organization === sent.organization);
  if (sent.isReferred && there !== undefined) {
    const referral = refer(state, user, sent, globalId);
    Object.assign(referral, { client_id: there.id, saved: true });
  }
  if (!genders.has(fields.gender)) {
    const message = { gender: ['is not included in the list'] };
    throw new Refused(422, { external_id: fields.external_id, message });
  }
  take(state, first, fields);
}

/**
 * The client is written over in the first organisation of its identity, whichever was named. The interface carries no
 * local names and its reasons are not kept: they are wiped, and so is a place that came empty.
 */
function take(state: OscarState, client: Client, fields: ClientFields): void {
  const wiped = { local_given_name: '', local_family_name: '' };
  const unreasoned = { reason_for_referral: '', relevant_referral_information: '' };
  Object.assign(client, fields, wiped, unreasoned, { updated_at: state.clock.now() });
}

/** A record without a global id that is known here: known by its external id, or new. */
function findReferral(state: OscarState, user: OscarUser, sent: Sent): void {
  const { external_id } = sent.client;
  const before = state.referrals.find(
    (each) => each.organization === sent.organization && each.external_id === external_id,
  );
  if (before === undefined) {
    // The identity is made first, and stays although the referral may be refused.
    refer(state, user, sent, state.newGlobalId());
    return;
  }
  if (before.client_id === undefined) {
    refer(state, user, sent, before.client_global_id);
    return;
  }
  const errors = { global_id: 'global_id must exist.', referral_status: 'referral_status must be present.' };
  throw new Refused(422, { external_id, message: 'Record was found.', errors });
}

function refer(state: OscarState, user: OscarUser, sent: Sent, globalId: string) {
  const system = user.system ?? '';
  const { organization, client, services } = sent;
  return addReferral(state, { organization, globalId, client, services, from: system, to: organization, system });
}

/** What the interface takes; everything else that was sent is passed over. */
function read(organization: Record<string, unknown>): Sent {
  const text = (name: string): string => {
    const value = organization[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const location = [text('location_current_village_code'), text('address_current_village_code')].find((code) =>
    place.test(code),
  );
  const services = Array.isArray(organization['services']) ? (organization['services'] as { name?: unknown }[]) : [];
  return {
    organization: text('organization_name'),
    globalId: text('global_id'),
    isReferred: [true, 'true'].includes(organization['is_referred'] as boolean),
    status: text('referral_status'),
    services: services.map(({ name }) => (typeof name === 'string' ? name : '')),
    client: {
      ...blankClient,
      given_name: text('given_name'),
      family_name: text('family_name'),
      gender: text('gender'),
      date_of_birth: text('date_of_birth'),
      external_id: text('external_id'),
      external_id_display: text('external_id_display'),
      mosvy_number: text('mosvy_number'),
      location: location ?? '',
      reason_for_referral: text('reason_for_referral'),
      reason_for_exiting: text('reason_for_exiting'),
      level_of_risk: text('level_of_risk'),
      external_case_worker_name: text('external_case_worker_name'),
      external_case_worker_id: text('external_case_worker_id'),
      external_case_worker_mobile: text('external_case_worker_mobile'),
    },
  };
}
