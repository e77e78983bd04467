import type { Instant } from '#libs/calendar';
import type { ConsentFacts, KnownCase } from '../state.js';

/** The code under which consent to share with a recipient is recorded. */
export const SHARING = 'CONSENT_SHARING';

/** Consents of a kind that were given, not withdrawn, and have not ended. */
export function givenConsents(state: KnownCase, kind: string, now: Instant): ConsentFacts[] {
  return state.consents.filter(
    (consent) =>
      consent.kind === kind &&
      !consent.withdrawn &&
      (consent.endsOn === undefined || consent.endsOn >= now.slice(0, 10)),
  );
}

/** A guardian-consent exception that stands in for this kind. It holds from its recording; approval has its own deadline. */
export function exceptionInForce(state: KnownCase, kind: string): boolean {
  return state.exceptions.some(({ kinds }) => kinds.includes(kind));
}

/** Whether the case may be shared with this agency: consent that names it, or an exception for sharing. */
export function sharingConsentFor(state: KnownCase, agency: string, now: Instant): boolean {
  return (
    givenConsents(state, SHARING, now).some(({ recipient }) => recipient === agency) || exceptionInForce(state, SHARING)
  );
}
