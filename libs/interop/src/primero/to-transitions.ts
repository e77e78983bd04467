import type { Instant } from '#libs/calendar';
import type { ExportInput, OutgoingRecord } from '../translation.js';
import { caseIdsOf } from './to-identifiers.js';
import { toPrimeroReferrals } from './to-referrals.js';

/** A case was given to somebody. */
export interface Assignment {
  readonly id: string;
  readonly owner: string;
  readonly agency: string;
  readonly by: string;
  readonly at: Instant;
}

/** What leads from one to another, by Primero's kinds: `Referral`, `Transfer`, `Assign`. */
export function toPrimeroTransitions(input: ExportInput, assignments: readonly Assignment[]): OutgoingRecord[] {
  const { id } = caseIdsOf(input);
  const answered = toPrimeroReferrals(input).map((referral) => {
    const { type, fromAgency, stateAt, state } = referralOf(input, String(referral['id'])) ?? {};
    return {
      ...referral,
      type: type === 'transfer' ? 'Transfer' : 'Referral',
      remote: false,
      ...(fromAgency === undefined ? {} : { transitioned_by_user_agency: input.codes.agencies.toPrimero(fromAgency) }),
      ...(state === undefined || waiting.has(state) ? {} : { responded_at: stateAt }),
    };
  });
  const assigned = assignments.map(({ id: assignmentId, owner, agency, by, at }) => ({
    id: assignmentId,
    type: 'Assign',
    status: 'done',
    record_id: id,
    record_type: 'case',
    transitioned_by: by,
    transitioned_to: owner,
    transitioned_to_agency: input.codes.agencies.toPrimero(agency),
    created_at: at,
  }));
  return [...answered, ...assigned];
}

const waiting: ReadonlySet<string> = new Set(['SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED']);

const referralOf = ({ case: { referrals } }: ExportInput, id: string) =>
  Object.values(referrals).find(({ referralId }) => referralId.toLowerCase() === id);
