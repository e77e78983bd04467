import { cambodia, type Instant, type LocalDate } from '#libs/calendar';

// A second reckoning of time, by plain arithmetic: Cambodia is seven hours ahead all year. It shares nothing with the
// calendar of the core but the list of holidays, so that a mistake in the one shows in the other.

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const AHEAD = 7 * HOUR;

export const timeOf = (instant: Instant): number => Date.parse(instant);

export const instantOf = (time: number): Instant => new Date(time).toISOString();

/** The local day of a moment, as the number of days since 1970. */
export const dayOf = (instant: Instant): number => Math.floor((timeOf(instant) + AHEAD) / DAY);

export const endOf = (day: number): Instant => instantOf((day + 1) * DAY - AHEAD - 1000);

export const dateOf = (day: number): LocalDate => instantOf(day * DAY).slice(0, 10);

export function isOff(day: number): boolean {
  const weekday = new Date(day * DAY).getUTCDay();
  return weekday === 0 || weekday === 6 || cambodia.holidays.has(dateOf(day));
}

/** The nth day of work after a day. */
export function workingDayAfter(day: number, count: number): number {
  let reached = day;
  for (let left = count; left > 0;) {
    reached += 1;
    if (!isOff(reached)) left -= 1;
  }
  return reached;
}

/** Days of work after one day, up to and with another. */
export function workingDaysAfter(day: number, until: number): number {
  let count = 0;
  for (let each = day + 1; each <= until; each += 1) if (!isOff(each)) count += 1;
  return count;
}

/** Eight in the morning of the first day of work from a moment on; the moment itself when its day is one. */
export function nextMorning(instant: Instant): Instant {
  const day = dayOf(instant);
  return isOff(day) ? instantOf(workingDayAfter(day, 1) * DAY - AHEAD + 8 * HOUR) : instant;
}

const shape = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/u;

/** A moment moved by a span such as `P3M`, `-P14D` or `PT2H`; a month too short for the day ends on its last. */
export function moved(instant: Instant, span: string): Instant {
  const [, minus, ...parts] = shape.exec(span) ?? [];
  const sign = minus === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(
    (part: string | undefined) => sign * Number(part ?? 0),
  );
  const rest = (weeks * 7 + days) * DAY + hours * HOUR + minutes * 60_000 + seconds * 1000;
  return instantOf(inMonths(timeOf(instant) + AHEAD, years * 12 + months) - AHEAD + rest);
}

function inMonths(time: number, months: number): number {
  if (months === 0) return time;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

/** Whole years from a day to a moment. */
export function yearsSince(birthDate: LocalDate, instant: Instant): number {
  const today = dateOf(dayOf(instant));
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
