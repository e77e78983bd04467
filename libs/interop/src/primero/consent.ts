import { cambodia, localDateOf } from '#libs/calendar';
import type { ConsentFacts } from '#libs/cases';
import type { ExportInput } from '../translation.js';

interface ConsentFlags {
  consent_for_services?: boolean;
  disclosure_other_orgs?: boolean;
}

/**
 * Primero's two tick boxes. True only for a consent that the case holds and that is in force; false when one was given
 * and has been withdrawn or has ended. Where the case never recorded any, Primero gets its own claim back, or nothing.
 */
export function consentsTold(input: ExportInput): ConsentFlags {
  const services = told(input, 'CONSENT_SERVICES', 'claimedConsentForServices');
  const sharing = told(input, 'CONSENT_SHARING', 'claimedDisclosureOtherOrgs');
  return {
    ...(services === undefined ? {} : { consent_for_services: services }),
    ...(sharing === undefined ? {} : { disclosure_other_orgs: sharing }),
  };
}

function told({ case: { consents, foreign }, now }: ExportInput, kind: string, claim: string): boolean | undefined {
  const recorded = consents.filter((consent) => consent.kind === kind);
  if (recorded.length > 0) return recorded.some((consent) => isInForce(consent, localDateOf(now, cambodia.zone)));
  const claimed = foreign.primero?.facts[claim];
  return typeof claimed === 'boolean' ? claimed : undefined;
}

const isInForce = ({ withdrawn, endsOn }: ConsentFacts, today: string): boolean =>
  !withdrawn && (endsOn === undefined || endsOn >= today);
