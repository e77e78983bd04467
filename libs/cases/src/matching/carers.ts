import { inOrder, judge, type ChildsNeed, type Match, type Offer } from './fit.js';

/** A family that a child needs: of one kind of care, if that is known already. */
export interface CareNeed extends ChildsNeed {
  kind: string | undefined;
}

/** A foster or kinship carer as the directory has them; the approval is what begins and ends. */
export interface Carer extends Offer {
  carerId: string;
  /** Kinds of care that the carer is approved for. */
  kinds: readonly string[];
}

/** Every carer, those that fit first: approved for this kind of care and still so, with a free place, near the child. */
export function matchCarers<Candidate extends Carer>(
  need: CareNeed,
  candidates: readonly Candidate[],
): Match<Candidate>[] {
  const judged = candidates.map((candidate) =>
    judge(need, candidate, [
      ...(need.kind === undefined || candidate.kinds.includes(need.kind) ? [] : (['KIND_NOT_APPROVED'] as const)),
      ...(need.conflicts.includes(candidate.carerId) ? (['CONFLICT_OF_INTEREST'] as const) : []),
    ]),
  );
  return inOrder(judged, ({ carerId }) => carerId);
}
