import { missingConsent, missingForSharing, type ConsentContext, type KnownCase } from '#libs/cases';

/**
 * Whether what consent there is, and exceptions that somebody other than their recorder approved, are together complete
 * for services and for sharing with this agency. An exception that still waits for its approval counts here in Spean
 * (pathways 1.6); to another system nothing is said of it before.
 */
export function restsOnException(state: KnownCase, agency: string, context: ConsentContext): boolean {
  const exceptions = state.exceptions.filter(({ approvedBy, ended }) => approvedBy !== undefined && !ended);
  if (exceptions.length === 0) return false;
  const approved = { ...state, exceptions };
  const missing = [
    ...missingConsent(approved, 'CONSENT_SERVICES', context, true),
    ...missingForSharing(approved, agency, context),
  ];
  return missing.length === 0;
}
