import { localDateOf } from '#libs/calendar';
import type { DecideContext } from '../context.js';
import type { ConsentFacts, KnownCase } from '../state.js';

/** The code under which consent to share with a recipient is recorded. */
export const SHARING = 'CONSENT_SHARING';

type Now = Pick<DecideContext, 'now' | 'calendar'>;

/** Consents of a kind that were given, not withdrawn, and have not ended. */
export function givenConsents(state: KnownCase, kind: string, { now, calendar }: Now): ConsentFacts[] {
  const today = localDateOf(now, calendar.zone);
  return state.consents.filter(
    (consent) =>
      consent.kind === kind && !consent.withdrawn && (consent.endsOn === undefined || consent.endsOn >= today),
  );
}

/** A guardian-consent exception that stands in for this kind. It holds from its recording; approval has its own deadline. */
export function exceptionInForce(state: KnownCase, kind: string): boolean {
  return state.exceptions.some(({ kinds }) => kinds.includes(kind));
}

/** Whether the case may be shared with this agency: consent that names it, or an exception for sharing. */
export function sharingConsentFor(state: KnownCase, agency: string, now: Now): boolean {
  return (
    givenConsents(state, SHARING, now).some(({ recipient }) => recipient === agency) || exceptionInForce(state, SHARING)
  );
}
