import {
  cambodia,
  endOfDay,
  isWorkingDay,
  localDateOf,
  milliseconds,
  nextWorkingMorning,
  plus,
  type Instant,
} from '#libs/calendar';
import type { DeadlineStatus } from '#libs/cases';
import type { DeadlineDefinition, LadderDefinition } from '#libs/pathways';

export interface Reached {
  rung: number;
  at: Instant;
}

type Armed = Pick<DeadlineStatus, 'startedAt' | 'dueAt' | 'clock' | 'armedAt'>;

/**
 * When each rung of a ladder is to be reached, reckoned from the words of pathways 1.3 and 1.4 and not by the program: a
 * share of the time elapsed, or an offset from the due time; reminders that were past when the deadline was armed are left
 * out; on a day off, what is due by the calendar is told the next working morning. Where the right lapses, nobody is told
 * of a delay.
 */
export function rungsToReach(armed: Armed, { rungs }: LadderDefinition, { onDue }: DeadlineDefinition): Reached[] {
  const { startedAt, dueAt, armedAt } = armed;
  return rungs.flatMap(({ at }, rung) => {
    const isReminder = at.startsWith('-') || at.endsWith('%');
    if (!isReminder) return onDue === 'lapse' ? [] : [{ rung, at: plus(toldFrom(armed), at, cambodia.zone) }];
    const moment = at.endsWith('%')
      ? new Date(Date.parse(startedAt) + (milliseconds(startedAt, dueAt) * parseInt(at, 10)) / 100).toISOString()
      : plus(dueAt, at, cambodia.zone);
    return moment > startedAt && moment >= armedAt ? [{ rung, at: moment }] : [];
  });
}

function toldFrom({ dueAt, clock }: Armed): Instant {
  const day = localDateOf(dueAt, cambodia.zone);
  if (clock !== 'calendar' || isWorkingDay(day, cambodia)) return dueAt;
  return nextWorkingMorning(endOfDay(day, cambodia.zone), cambodia);
}
