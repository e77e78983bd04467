/** Names and option ids of Cambodia's Primero that carry a random suffix or a special meaning. */
export const field = {
  rowStatus: 'referral_status_edf41f2',
  oscarReferralId: 'oscar_referral_id_a4ac8a5',
  notesFromOscar: 'referral_notes_from_oscar_2e787b8',
} as const;

export const responseType = {
  toOscar: 'referral_to_oscar',
  fromOscar: 'referral_from_oscar',
  /** An OSCaR partner is delivering the service. */
  provided: 'service_being_provided_by_oscar_partner_47618',
  service: 'service_provision',
} as const;

/** Children whom the live job copied from OSCaR; it claims consent for every one of them, so its word counts for nothing. */
export const copiedFromOscar = 'oscar_referral';

/** The provider's note that stands for a referral taken back: a service row has no status for it. */
export const takenBack = 'REVOKED';

export const childProtection = 'primeromodule-cp';
export const implemented = 'implemented';
export const notImplemented = 'not_implemented';

/** A status that Primero gives by itself; whoever sends it is refused. */
export const setByPrimero = 'identified';

const caseStatuses: ReadonlySet<string> = new Set(['open', 'closed', 'transferred', 'duplicate', setByPrimero]);

/** Undefined for a word that is no status of a case. Older versions write it with a capital. */
export function readCaseStatus(word: string): string | undefined {
  const status = word.trim().toLowerCase();
  return caseStatuses.has(status) ? status : undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Primero's ids are UUIDs in lower case. */
export function readUuid(word: string): string | undefined {
  const id = word.trim().toLowerCase();
  return uuid.test(id) ? id : undefined;
}
