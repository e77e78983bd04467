import type { DeadlineBook } from '#libs/cases';
import type { WaitingRung } from './wake-up.js';

/** The next rung of each armed deadline of a case or facility; for one that is paused, the moment at which it goes on. */
export function waitingRungs(streamId: string, { deadlines }: DeadlineBook): WaitingRung[] {
  return Object.values(deadlines).flatMap(({ status, deadline, rungs, reached, paused }) => {
    if (status !== 'armed') return [];
    if (paused !== undefined) return [{ streamId, deadline, rungAt: paused.until }];
    const [rungAt] = rungs
      .filter(({ rung }) => !reached.includes(rung))
      .map(({ at }) => at)
      .sort();
    return rungAt === undefined ? [] : [{ streamId, deadline, rungAt }];
  });
}
