import { localDateOf } from '#libs/calendar';
import type { MissingConsent } from '#libs/pathways';
import type { ConsentFacts, KnownCase } from '../state.js';
import { missingFrom, type ConsentContext } from './matrix.js';

/** The code under which consent to share with a recipient is recorded. */
export const SHARING = 'CONSENT_SHARING';

/** Consents of a kind that were given, not withdrawn, and have not ended. */
export function givenConsents(
  state: KnownCase,
  kind: string,
  { now, calendar }: Pick<ConsentContext, 'now' | 'calendar'>,
): ConsentFacts[] {
  const today = localDateOf(now, calendar.zone);
  return state.consents.filter(
    (consent) =>
      consent.kind === kind && !consent.withdrawn && (consent.endsOn === undefined || consent.endsOn >= today),
  );
}

/** Whose consent to this kind is missing; nobody's when everybody needed at the child's age has given it. */
export function missingConsent(
  state: KnownCase,
  kind: string,
  context: ConsentContext,
  orException = false,
): MissingConsent[] {
  return missingFrom(kind, givenConsents(state, kind, context), state, context, orException);
}

export function isConsented(state: KnownCase, kind: string, context: ConsentContext, orException = false): boolean {
  return missingConsent(state, kind, context, orException).length === 0;
}

/** Whose consent is missing before the case may be shared with this agency: it must name it. */
export function missingForSharing(state: KnownCase, agency: string, context: ConsentContext): MissingConsent[] {
  const given = givenConsents(state, SHARING, context).filter(({ recipient }) => recipient === agency);
  return missingFrom(SHARING, given, state, context, true);
}

export function sharingConsentFor(state: KnownCase, agency: string, context: ConsentContext): boolean {
  return missingForSharing(state, agency, context).length === 0;
}
