import type { ReferralState } from '#libs/pathways';
import type { CaseEvent } from '../events.js';
import type { KnownCase, ReferralStatus, Stamp } from '../state.js';

/** What an event that changes nothing else makes of the referral's state (pathways, section 7). */
const stateAfter: Partial<Record<CaseEvent['type'], ReferralState>> = {
  ReferralSent: 'SENT',
  ReferralAcknowledged: 'ACKNOWLEDGED',
  ReferralInformationRequested: 'MORE_INFO',
  ReferralInformationProvided: 'ACKNOWLEDGED',
  ReferralRejected: 'REJECTED',
  ReferralServiceStarted: 'IN_SERVICE',
  ReferralExpired: 'EXPIRED',
};

export function applyReferralEvent(state: KnownCase, event: CaseEvent, stamp: Stamp): KnownCase {
  switch (event.type) {
    case 'ReferralDrafted':
      return put(state, fresh(event, 'DRAFT', stamp));
    case 'ReferralReceived':
      return put(state, {
        ...fresh(event, event.data.state, stamp),
        sentAt: event.occurredAt,
        asked: [event.data.toAgency],
        attempt: 1,
        rejectionReason: event.data.rejectionReason,
        system: event.data.system,
        key: event.data.key,
        sentOn: event.data.sentOn,
      });
    case 'ReferralSent':
      return change(state, event.data.referralId, stamp, {
        state: 'SENT',
        toAgency: event.data.toAgency,
        attempt: event.data.attempt,
        sentAt: event.occurredAt,
        asked: [...new Set([...(state.referrals[event.data.referralId]?.asked ?? []), event.data.toAgency])],
      });
    case 'ReferralRejected':
      return change(state, event.data.referralId, stamp, { state: 'REJECTED', rejectionReason: event.data.reason });
    case 'ReferralAccepted':
      return change(state, event.data.referralId, stamp, { state: 'ACCEPTED', grant: event.data.grant });
    case 'ReferralCompleted':
      return change(state, event.data.referralId, stamp, { state: 'COMPLETED', ...endedGrant(state, event.data) });
    case 'ReferralRevoked':
      return change(state, event.data.referralId, stamp, { state: 'REVOKED', grant: undefined });
    default: {
      const next = stateAfter[event.type];
      if (next === undefined || !('referralId' in event.data))
        throw new TypeError(`not a referral event: ${event.type}`);
      return change(state, event.data.referralId, stamp, { state: next });
    }
  }
}

function fresh(
  { data }: CaseEvent<'ReferralDrafted' | 'ReferralReceived'>,
  state: ReferralState,
  stamp: Stamp,
): ReferralStatus {
  const { referralId, type, service, fromAgency, toAgency, urgency, language } = data;
  return {
    referralId,
    type,
    service,
    fromAgency,
    toAgency,
    urgency,
    ...(language === undefined ? {} : { language }),
    state,
    stateAt: stamp.at,
    sentAt: undefined,
    attempt: 0,
    rejectionReason: undefined,
    system: undefined,
    key: undefined,
    sentOn: undefined,
    version: stamp.version,
    asked: [],
    grant: undefined,
  };
}

function put(state: KnownCase, referral: ReferralStatus): KnownCase {
  return { ...state, referrals: { ...state.referrals, [referral.referralId]: referral } };
}

function change(state: KnownCase, id: string, stamp: Stamp, change: Partial<ReferralStatus>): KnownCase {
  const referral = state.referrals[id];
  if (referral === undefined) throw new TypeError('event of an unknown referral');
  return put(state, { ...referral, ...change, stateAt: stamp.at, version: stamp.version });
}

function endedGrant(
  { referrals }: KnownCase,
  { referralId, grantUntil }: CaseEvent<'ReferralCompleted'>['data'],
): Pick<ReferralStatus, 'grant'> {
  const grant = referrals[referralId]?.grant;
  return { grant: grant && grantUntil ? { ...grant, until: grantUntil } : grant };
}
