import type { Instant } from '#libs/calendar';
import type { DeadlineContext } from '../context.js';
import type { DeadlineEvent } from '../events.js';
import type { DeadlineBook, DeadlineStatus } from '../state.js';
import { rungsOf } from './rungs.js';

/**
 * The same duty with another due time. Its ladder begins anew, so that the new time is not missed in silence either;
 * after a mere pause, what was told before is not told twice.
 */
export function rearmed(
  deadline: DeadlineStatus,
  dueAt: Instant,
  { armings }: DeadlineBook,
  context: DeadlineContext,
  { keepReached }: { keepReached: boolean },
): DeadlineEvent<'DeadlineArmed'>['data'] {
  const ladder = context.common.ladders[deadline.ladder];
  if (ladder === undefined) throw new TypeError(`no ladder ${deadline.ladder}`);
  const { definition, occurrence, subject, startedAt, windowFrom, clock, granularity, confirmed, reached } = deadline;
  const rungs = rungsOf(ladder, { startedAt, dueAt, recordedAt: context.now, clock }, context.calendar);
  return {
    deadline: `${definition}.${(armings[definition] ?? 0) + 1}`,
    definition,
    occurrence,
    ...(subject === undefined ? {} : { subject }),
    startedAt,
    windowFrom,
    dueAt,
    clock,
    granularity,
    ladder: deadline.ladder,
    confirmed,
    rungs,
    reachedBefore: keepReached
      ? rungs.filter(({ rung, at }) => reached.includes(rung) && at <= context.now).map(({ rung }) => rung)
      : [],
    replaces: deadline.deadline,
    closedOnArrival: false,
  };
}
