import {
  between,
  endOfDay,
  isWorkingDay,
  localDateOf,
  nextWorkingMorning,
  plus,
  type ClockKind,
  type Instant,
  type WorkingCalendar,
} from '#libs/calendar';
import type { LadderDefinition } from '#libs/pathways';
import type { ArmedRung } from '../events.js';

interface Span {
  startedAt: Instant;
  dueAt: Instant;
  /** When the system learns of it: reminders whose time is already past say nothing new. */
  recordedAt: Instant;
  clock: ClockKind;
}

/**
 * When each rung of the ladder is reached. Reminders before the due time are left out when their time is past or before
 * the start; rungs from the due time on are always there, so that nothing is missed in silence. When a calendar deadline
 * falls on a day off, the item stays due but escalation waits for the next working morning (pathways 1.3).
 */
export function rungsOf(ladder: LadderDefinition, span: Span, calendar: WorkingCalendar): ArmedRung[] {
  const overdueFrom = span.clock === 'calendar' ? afterDayOff(span.dueAt, calendar) : span.dueAt;
  return ladder.rungs.flatMap(({ at, recipients, action, records }, rung) => {
    const overdue = !at.startsWith('-') && !at.endsWith('%');
    const moment = overdue ? plus(overdueFrom, at, calendar.zone) : reminderAt(at, span, calendar.zone);
    if (!overdue && (moment <= span.startedAt || moment < span.recordedAt)) return [];
    return [
      {
        rung,
        at: moment,
        recipients,
        ...(action === undefined ? {} : { action }),
        ...(records === undefined ? {} : { records }),
      },
    ];
  });
}

function reminderAt(at: string, { startedAt, dueAt }: Span, zone: string): Instant {
  if (at.endsWith('%')) return between(startedAt, dueAt, Number(at.slice(0, -1)) / 100);
  return plus(dueAt, at, zone);
}

function afterDayOff(dueAt: Instant, calendar: WorkingCalendar): Instant {
  const day = localDateOf(dueAt, calendar.zone);
  return isWorkingDay(day, calendar) ? dueAt : nextWorkingMorning(endOfDay(day, calendar.zone), calendar);
}
