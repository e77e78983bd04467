import { Refused } from './errors.js';
import { serviceUuid } from './service-uuid.js';
import type { ClientFields, NamedService, OscarReferral, OscarState } from './state.js';

const risks: ReadonlySet<string> = new Set(['high', 'medium', 'low', 'no action']);

/** The referral came from the other system, and was not made by OSCaR's own workers. */
export const isFromSystem = ({ ngo_name, referred_from }: OscarReferral, system: string | undefined): boolean =>
  system !== undefined && ngo_name === system && referred_from === system;

export interface NewReferral {
  readonly organization: string;
  readonly globalId: string;
  readonly client: ClientFields;
  readonly services: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly system: string;
  readonly status?: OscarReferral['referral_status'];
}

/** Risk must be told, and every service must be known by its name; uuids are not looked at. @throws Refused */
export function addReferral(state: OscarState, asked: NewReferral): OscarReferral {
  const { organization, globalId, client, from, to, system } = asked;
  const services = asked.services.map(known);
  const message = {
    ...(risks.has(client.level_of_risk) ? {} : { level_of_risk: ["can't be blank", 'is not included in the list'] }),
    ...(client.given_name + client.family_name + client.local_given_name === ''
      ? { client_name: ["can't be blank"] }
      : {}),
    ...(services.length === 0 || services.includes(undefined) ? { services: ["can't be blank"] } : {}),
  };
  if (Object.keys(message).length > 0) throw new Refused(422, { external_id: client.external_id, message });
  const referral: OscarReferral = {
    id: state.nextReferralId(organization),
    organization,
    client_global_id: globalId,
    external_id: client.external_id,
    external_id_display: client.external_id_display,
    client,
    referred_from: from,
    referred_to: to,
    ngo_name: system,
    // Whatever day was told: it is always today.
    date_of_referral: state.today(),
    referral_reason: client.reason_for_referral || 'N/A',
    services: services.filter((service) => service !== undefined),
    level_of_risk: client.level_of_risk,
    referral_status: asked.status ?? 'Referred',
    saved: false,
  };
  state.referrals.push(referral);
  return referral;
}

function known(name: string): NamedService | undefined {
  const uuid = serviceUuid(name);
  return uuid === undefined ? undefined : { uuid, name };
}
