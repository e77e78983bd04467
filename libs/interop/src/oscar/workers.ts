import { wordsIn } from '../sealed-words.js';
import { sentReferrals, type SentReferral } from '../sent-referrals.js';
import type { ExportInput } from '../translation.js';
import { partnerOf } from './to-services.js';

/** The worker of an organisation, as either system was told. */
export interface OscarWorker {
  name: string | undefined;
  phone: string | undefined;
}

/**
 * Who works on these referrals of one organisation. OSCaR names its workers once for a whole record, Primero in each row.
 * What a record says counts only where no other organisation tells of the child: of two, nobody knows whose worker is meant.
 */
export function workerOf(referrals: readonly SentReferral[], input: ExportInput): OscarWorker {
  const ofRecord = isOnlyTeller(referrals, input) ? input.sealedForeign.oscar : undefined;
  const ofRows = (field: string): string | undefined => {
    const told = referrals.map(({ referralId }) => wordsIn(input.referralTexts[referralId], 'identity', field));
    return [...new Set(told.filter((words) => words !== undefined))].join(', ') || undefined;
  };
  return {
    name: wordsIn(ofRecord, 'identity', 'case_worker_name') ?? ofRows('oscar_case_worker_name'),
    phone: wordsIn(ofRecord, 'identity', 'case_worker_mobile') ?? ofRows('oscar_case_worker_telephone'),
  };
}

/** Whether nobody but the organisation of these referrals has told of services in OSCaR. */
function isOnlyTeller(referrals: readonly SentReferral[], input: ExportInput): boolean {
  const tellers = sentReferrals(input.case).filter(({ system }) => system === 'oscar');
  const partners = new Set([...tellers, ...referrals].map((referral) => partnerOf(referral, input)));
  return partners.size <= 1;
}
