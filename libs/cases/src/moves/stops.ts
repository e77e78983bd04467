import type { View } from '../context.js';
import type { Unmet } from '../refusal.js';
import { isOpen } from '../reviews/life-cycle.js';
import { unmet } from '../texts.js';

/**
 * What stops a move of the child to another home: a review of a decision that is still open, unless somebody declares
 * that the child is in danger (pathways 1.8), and whatever the child's safety needs. Of the latter it is said that it is pending and whom to ask, never why: another case may hold
 * what this one must not learn (pathways 9).
 */
export function stopsOfMove(view: View, dangerDeclared: boolean): Unmet[] {
  const review = Object.values(view.state.reviews).find((each) => isOpen(each.state));
  return [
    ...(review === undefined || dangerDeclared ? [] : [unmet('ReviewPending', 'reviewId', review.gate)]),
    ...(isSafetyPending(view) ? [unmet('SafetyCheckPending', 'move')] : []),
  ];
}

/** An agreement counts for the step that is being prepared, not for a later one from another state. */
function isSafetyPending({ state, context: { person, common } }: View): boolean {
  const { flags, safetyOwnedElsewhere, moveAgreedAt } = person;
  if (flags.some((kind) => common.personFlags[kind]?.stopsMoves === true)) return true;
  const agreed = moveAgreedAt !== undefined && moveAgreedAt >= (state.enrolment?.entry.at ?? '');
  return safetyOwnedElsewhere && !agreed;
}
