import type { DeadlineContext } from '../context.js';
import type { DeadlineEvent } from '../events.js';
import type { DeadlineBook, DeadlineStatus } from '../state.js';
import type { Occurrence, Start } from './due.js';
import { rungsOf } from './rungs.js';

/** The `DeadlineArmed` facts of a start, one for each occurrence. */
export function armed(
  start: Start,
  occurrences: Occurrence[],
  { armings }: DeadlineBook,
  context: DeadlineContext,
  replaces?: DeadlineStatus,
): DeadlineEvent<'DeadlineArmed'>[] {
  const before = armings[start.id] ?? 0;
  return occurrences.map((occurrence, index) =>
    armedOne(start, occurrence, `${start.id}.${before + index + 1}`, context, replaces),
  );
}

function armedOne(
  { id, definition, at, subject }: Start,
  { occurrence, windowFrom, dueAt, rule }: Occurrence,
  deadline: string,
  context: DeadlineContext,
  replaces: DeadlineStatus | undefined,
): DeadlineEvent<'DeadlineArmed'> {
  const ladder = context.common.ladders[definition.ladder];
  if (ladder === undefined) throw new TypeError(`no ladder ${definition.ladder}`);
  const span = { startedAt: at, dueAt, recordedAt: context.now, clock: rule.clock };
  const rungs = rungsOf(ladder, span, context.calendar);
  return {
    type: 'DeadlineArmed',
    // A clock may start in the future (a birthday); that it was armed is known now.
    occurredAt: at < context.now ? at : context.now,
    precision: 'moment',
    data: {
      deadline,
      definition: id,
      occurrence,
      ...(subject === undefined ? {} : { subject }),
      startedAt: at,
      windowFrom,
      dueAt,
      clock: rule.clock,
      granularity: rule.granularity,
      ladder: definition.ladder,
      confirmed: definition.confirmed,
      rungs,
      // A rung that was reached before and would have been reached by now under the new due time is not told twice.
      reachedBefore: rungs
        .filter((rung) => replaces?.reached.includes(rung.rung) === true && rung.at <= context.now)
        .map(({ rung }) => rung),
      ...(replaces === undefined ? {} : { replaces: replaces.deadline }),
      closedOnArrival: dueAt <= context.now,
    },
  };
}
