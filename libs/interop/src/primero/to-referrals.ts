import { present } from '../objects.js';
import { wordsIn } from '../sealed-words.js';
import { sentReferrals } from '../sent-referrals.js';
import { outwardStatus } from '../statuses.js';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { caseIdsOf } from './to-identifiers.js';
import { rowIdOf, sentAtOf } from './to-rows.js';

/** The case's referrals as Primero answers for them: beside the case, one for each service row, with the full state. */
export function toPrimeroReferrals(input: ExportInput): OutgoingRecord[] {
  const { id } = caseIdsOf(input);
  return sentReferrals(input.case).map((referral) => {
    const texts = input.referralTexts[referral.referralId];
    const { transition } = outwardStatus(referral.state);
    return present({
      id: referral.referralId.toLowerCase(),
      type: 'Referral',
      status: transition,
      record_id: id,
      record_type: 'case',
      service: input.codes.services.toPrimero(referral.service).service_type,
      service_record_id: rowIdOf(referral),
      transitioned_to_agency: input.codes.agencies.toPrimero(referral.toAgency),
      notes: wordsIn(texts, 'narrative', 'text'),
      rejected_reason:
        transition === 'rejected'
          ? (wordsIn(texts, 'narrative', 'rejected_reason') ?? referral.rejectionReason)
          : undefined,
      created_at: sentAtOf(referral, input),
    });
  });
}
