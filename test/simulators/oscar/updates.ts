import { brokenPage, Refused, seeLogs } from './errors.js';
import type { ClientStatus, OscarState } from './state.js';

const statuses: ReadonlySet<string> = new Set(['Accepted', 'Exited', 'Referred']);

type Items = Record<string, unknown>[];

/**
 * Writes the other system's ids beside the clients of an identity. An unknown identity is passed over in silence, and a
 * client's time of change stays, so that no list of changes tells of the link.
 *
 * @throws Refused
 */
export function updateLinks(state: OscarState, body: unknown): object {
  for (const item of itemsIn(body)) {
    for (const client of state.clientsOf(text(item, 'global_id'))) {
      client.external_id = text(item, 'external_id');
      client.external_id_display = text(item, 'external_id_display');
      client.synced_date = state.today();
    }
  }
  return { message: 'Record saved.' };
}

/** Answers to referrals, one after the other; what was written before a bad one stays written. @throws Refused */
export function updateStatuses(state: OscarState, body: unknown): object {
  for (const item of itemsIn(body)) {
    const status = text(item, 'referral_status');
    const referral = state.referrals.find(
      ({ id, client_global_id }) =>
        id === Number(item['referral_id']) && client_global_id === text(item, 'client_global_id'),
    );
    if (referral === undefined) throw new Refused(422, { error: "Couldn't find Referral", message: seeLogs });
    if (!statuses.has(status)) throw new Refused(422, { error: 'Referral status is not valid', message: seeLogs });
    referral.referral_status = status as ClientStatus;
  }
  return { message: 'Record saved.' };
}

function itemsIn(body: unknown): Items {
  const { data } = (body ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) throw brokenPage();
  return data as Items;
}

function text(item: Items[number], name: string): string {
  const value = item[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
