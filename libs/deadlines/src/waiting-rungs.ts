import type { CaseState } from '#libs/cases';
import type { WaitingRung } from './wake-up.js';

/** The next rung of each armed deadline of a case; for one that is paused, the moment at which it goes on. */
export function waitingRungs(caseId: string, state: CaseState): WaitingRung[] {
  if (state.status === 'none') return [];
  return Object.values(state.deadlines).flatMap(({ status, deadline, rungs, reached, paused }) => {
    if (status !== 'armed') return [];
    if (paused !== undefined) return [{ caseId, deadline, rungAt: paused.until }];
    const [rungAt] = rungs
      .filter(({ rung }) => !reached.includes(rung))
      .map(({ at }) => at)
      .sort();
    return rungAt === undefined ? [] : [{ caseId, deadline, rungAt }];
  });
}
