import type { ReferralState } from '#libs/pathways';
import type { CaseEvent } from '../events.js';
import type { CaseState, UnmetNeed } from '../state.js';

/** States of a referral that came from another system in which the service is given, or was. */
const given: readonly ReferralState[] = ['ACCEPTED', 'IN_SERVICE', 'COMPLETED'];

/** Whoever accepts a referral meets the need that was recorded for its service, however the answer came here. */
export function withNeedsMet(events: readonly CaseEvent[], state: CaseState): CaseEvent[] {
  if (state.status === 'none') return [...events];
  const open = state.unmetNeeds.filter(({ metAt }) => metAt === undefined);
  const services = new Map(Object.values(state.referrals).map(({ referralId, service }) => [referralId, service.code]));
  return events.flatMap((event) => {
    if (event.type === 'ReferralReceived') services.set(event.data.referralId, event.data.service.code);
    const referralId = acceptedIn(event);
    const need = open.find(({ service }) => referralId !== undefined && services.get(referralId) === service);
    if (referralId === undefined || need === undefined) return [event];
    open.splice(open.indexOf(need), 1);
    return [event, met(need, referralId, event)];
  });
}

function acceptedIn(event: CaseEvent): string | undefined {
  if (event.type === 'ReferralAccepted') return event.data.referralId;
  return event.type === 'ReferralReceived' && given.includes(event.data.state) ? event.data.referralId : undefined;
}

function met({ needId, service }: UnmetNeed, referralId: string, { occurredAt, precision }: CaseEvent): CaseEvent {
  return { type: 'UnmetNeedMet', data: { needId, service, referralId }, occurredAt, precision };
}
