import { hasMonths, hasTimeUnits, plus, toTemporalDuration, type Duration } from './duration.js';
import { InvalidSpan } from './errors.js';
import type { Instant } from './instant.js';
import { endOfDay, localDateOf } from './local-date.js';
import { addWorkingDays, type WorkingCalendar } from './working-calendar.js';

/**
 * How a deadline counts. `wall` runs through nights and holidays (safety, custody, clinical windows), `calendar` counts
 * local days (reviews, visits), `working` counts the office's days (administrative decisions). Deadlines called "mixed"
 * choose one of these by risk or liberty status before they come here.
 */
export type ClockKind = 'wall' | 'calendar' | 'working';

/** Whether a span of days ends at the same time of day, or at the end of the day. */
export type Granularity = 'moment' | 'day';

export type Span = { duration: Duration } | { workingDays: number };

/**
 * When a span that starts now is over. Never before `start`.
 *
 * - `wall`: exact, a day is 24 hours; `granularity` does not apply, because these windows are counted in hours.
 * - `calendar`: spans with hours, minutes or seconds are exact. Spans of days, weeks, months and years move the local
 *   date, and end at the same time of day (`moment`) or with that day (`day`).
 * - `working`: the end of the nth working day after the start's local day.
 *
 * @throws InvalidSpan when `spanFits` says no.
 * @throws InvalidDuration when the span's duration is none.
 * @throws InvalidInstant, InvalidDate when the sum leaves the years 1900 to 2200.
 */
export function dueAt(
  start: Instant,
  span: Span,
  rule: { clock: ClockKind; granularity: Granularity },
  calendar: WorkingCalendar,
): Instant {
  if (!spanFits(span, rule.clock)) {
    throw new InvalidSpan(`this span cannot be counted by the ${rule.clock} clock`);
  }
  if ('workingDays' in span) {
    const day = addWorkingDays(localDateOf(start, calendar.zone), span.workingDays, calendar);
    return endOfDayFrom(start, day, calendar.zone);
  }
  if (rule.clock === 'wall') {
    return plus(start, span.duration, 'UTC'); // every day in UTC has 24 hours
  }
  const sameTimeOfDay = plus(start, span.duration, calendar.zone);
  if (rule.granularity === 'moment' || hasTimeUnits(span.duration)) {
    return sameTimeOfDay;
  }
  return endOfDayFrom(sameTimeOfDay, localDateOf(sameTimeOfDay, calendar.zone), calendar.zone);
}

/**
 * Whether a clock can count the span: working days need the working clock and the other way round, months have no
 * exact length on a wall clock, and no deadline lies before its start.
 *
 * @throws InvalidDuration when the span's duration is none.
 */
export function spanFits(span: Span, clock: ClockKind): boolean {
  if ('workingDays' in span) {
    return clock === 'working' && Number.isInteger(span.workingDays) && span.workingDays >= 0;
  }
  if (toTemporalDuration(span.duration).sign < 0) {
    return false;
  }
  return clock === 'calendar' || (clock === 'wall' && !hasMonths(span.duration));
}

/** The end of the day, unless the given moment falls into the day's very last second. */
function endOfDayFrom(moment: Instant, day: string, zone: string): Instant {
  const end = endOfDay(day, zone);
  return end < moment ? moment : end;
}
