import { holds } from '../conditions/holds.js';
import { viewOf } from '../context.js';
import { momentsOf, type CaseKind } from './case-triggers.js';
import type { Watching } from './triggers.js';

/** What pulls the triggers of a case. */
export const caseWatching: Watching<CaseKind> = {
  momentsOf,
  holds: (condition, state, context, at, subject) => {
    const referral = subject === undefined ? undefined : state.referrals[subject];
    return holds(condition, viewOf(state, context, at, { referral, subject }));
  },
};
