import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { View } from '../context.js';
import type { CaseEvent } from '../events.js';
import type { DeadlineStatus } from '../state.js';
import { occurrencesOf, type Occurrence } from './due.js';
import { rungsOf } from './rungs.js';

export interface Start {
  id: string;
  definition: DeadlineDefinition;
  at: Instant;
  subject: string | undefined;
}

/** The `DeadlineArmed` facts that a start makes, one for each occurrence. */
export function armed(start: Start, view: View, replaces?: DeadlineStatus): CaseEvent<'DeadlineArmed'>[] {
  const before = view.state.armings[start.id] ?? 0;
  return occurrencesOf(start.definition, start.at, view)
    .filter(({ occurrence }) => replaces === undefined || occurrence === replaces.occurrence)
    .map((occurrence, index) => armedOne(start, occurrence, `${start.id}.${before + index + 1}`, view, replaces));
}

function armedOne(
  { id, definition, at, subject }: Start,
  { occurrence, windowFrom, dueAt, rule }: Occurrence,
  deadline: string,
  { context }: View,
  replaces: DeadlineStatus | undefined,
): CaseEvent<'DeadlineArmed'> {
  const ladder = context.common.ladders[definition.ladder];
  if (ladder === undefined) throw new TypeError(`no ladder ${definition.ladder}`);
  const span = { startedAt: at, dueAt, recordedAt: context.now, clock: rule.clock };
  const rungs = rungsOf(ladder, span, context.calendar);
  return {
    type: 'DeadlineArmed',
    occurredAt: at,
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
