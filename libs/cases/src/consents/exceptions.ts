import { plus } from '#libs/calendar';
import type { DecideContext } from '../context.js';
import type { ExceptionFacts, KnownCase } from '../state.js';

/**
 * Guardian-consent exceptions that stand in for this kind of consent now. Danger does not wait for a signature, so one
 * counts from its recording; unless somebody else approves it in time it counts no longer (pathways 1.6, GR-EXC).
 */
export function exceptionsInForce(
  state: KnownCase,
  kind: string,
  context: Pick<DecideContext, 'now' | 'calendar' | 'common'>,
): ExceptionFacts[] {
  const { approvedWithin } = context.common.consent;
  return state.exceptions.filter(
    ({ kinds, ended, approvedBy, at }) =>
      kinds.includes(kind) &&
      !ended &&
      (approvedBy !== undefined || plus(at, approvedWithin, context.calendar.zone) > context.now),
  );
}
