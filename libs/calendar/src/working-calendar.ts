import { Temporal } from 'temporal-polyfill';

import { InvalidSpan } from './errors.js';
import type { Instant } from './instant.js';
import { atTimeOfDay, localDateOf, toPlainDate, type LocalDate } from './local-date.js';

export interface Holiday {
  date: LocalDate;
  title: { en: string; km: string };
  /** False while it is a forecast, or has not been checked against the sub-decree that fixes the year's holidays. */
  confirmed: boolean;
  source: string;
}

/** When an office works. Agencies differ (many NGOs work on Saturdays), so each may have its own. */
export interface WorkingCalendar {
  /** IANA time zone. */
  zone: string;
  /** Days off every week, as ISO weekdays: Monday is 1, Sunday 7. */
  weekend: readonly number[];
  /** Local time of day, `HH:mm`. */
  officeOpens: string;
  holidays: ReadonlyMap<LocalDate, Holiday>;
  /** Last day of the last year whose holidays are loaded as a whole; one-off days off do not move it. */
  knownUntil: LocalDate;
}

/**
 * The calendar with more days off: elections, mourning, replacement days. An entry for a date that is already off
 * replaces it, so a forecast becomes confirmed by adding it again.
 *
 * @throws InvalidDate
 */
export function calendarWith(base: WorkingCalendar, holidays: readonly Holiday[]): WorkingCalendar {
  return { ...base, holidays: new Map([...base.holidays, ...byDate(holidays)]) };
}

/** @throws InvalidDate for a date that is none: it would be looked up in vain, and the day off worked through. */
export const byDate = (holidays: readonly Holiday[]): ReadonlyMap<LocalDate, Holiday> =>
  new Map(holidays.map((holiday) => [toPlainDate(holiday.date).toString(), holiday]));

/**
 * Where knowledge of holidays ends. Sums of working days that pass it still work, but past it only weekends are
 * skipped, so they may come out too early; whoever shows or arms such a day should say so.
 */
export function holidaysKnownUntil(calendar: WorkingCalendar): LocalDate {
  return calendar.knownUntil;
}

/** @throws InvalidDate */
export function isWorkingDay(date: LocalDate, calendar: WorkingCalendar): boolean {
  return isWorking(toPlainDate(date), calendar);
}

/**
 * The nth working day after a day, which is itself day 0 whether or not it is a working day.
 *
 * @throws InvalidSpan when `days` is not a whole number of at least 0.
 * @throws InvalidDate when the sum leaves the years 1900 to 2200.
 */
export function addWorkingDays(date: LocalDate, days: number, calendar: WorkingCalendar): LocalDate {
  if (!Number.isInteger(days) || days < 0) {
    throw new InvalidSpan('expected a whole number of working days, 0 or more');
  }
  let day = toPlainDate(date);
  for (let counted = 0; counted < days; counted += 1) {
    day = nextWorkingDay(day, calendar);
  }
  return day.toString();
}

/**
 * How many working days lie after the one day, up to and with the other; none when it is not later.
 *
 * @throws InvalidDate
 */
export function workingDaysBetween(after: LocalDate, until: LocalDate, calendar: WorkingCalendar): number {
  const last = toPlainDate(until);
  let day = followingDay(toPlainDate(after));
  let counted = 0;
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = followingDay(day)) {
    if (isWorking(day, calendar)) counted += 1;
  }
  return counted;
}

/**
 * The instant itself if its local day is a working day, otherwise the hour at which the office opens on the next one.
 * Escalations of calendar-day deadlines wait for it: nobody reads them on a Sunday.
 */
export function nextWorkingMorning(instant: Instant, calendar: WorkingCalendar): Instant {
  const day = toPlainDate(localDateOf(instant, calendar.zone));
  if (isWorking(day, calendar)) {
    return instant;
  }
  return atTimeOfDay(nextWorkingDay(day, calendar).toString(), calendar.officeOpens, calendar.zone);
}

function nextWorkingDay(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  let next = followingDay(day);
  while (!isWorking(next, calendar)) {
    next = followingDay(next);
  }
  return next;
}

/** Passing 2200 is refused here, which also ends the search in a calendar that never works. */
const followingDay = (day: Temporal.PlainDate): Temporal.PlainDate => toPlainDate(day.add({ days: 1 }).toString());

const isWorking = (day: Temporal.PlainDate, calendar: WorkingCalendar): boolean =>
  !calendar.weekend.includes(day.dayOfWeek) && !calendar.holidays.has(day.toString());
