import { InvalidDate } from './errors.js';
import { isInstant, parseInstant, type Instant } from './instant.js';
import { isLocalDate, localDateOf, startOfDay } from './local-date.js';

/** How exactly a time in the world is known. */
export type Precision = 'moment' | 'day' | 'month' | 'year';

const lengthOf = { year: 'YYYY'.length, month: 'YYYY-MM'.length, day: 'YYYY-MM-DD'.length };
const firstOfYear = '-01-01';

/**
 * The earliest moment that a time, known only so far, can mean. Clocks that protect a child start there, so that a
 * window never runs longer than it should because a report was vague.
 *
 * The text may say more than the precision claims (`2026-03-14` known to the `month` counts from 1 March) but never
 * less. Full instants are taken at every precision and read in the zone.
 *
 * @throws InvalidInstant for a `moment` that is none.
 * @throws InvalidDate for a day, month or year that is none, or is vaguer than `precision`.
 */
export function earliestOf(text: string, precision: Precision, zone: string): Instant {
  if (precision === 'moment') {
    return parseInstant(text);
  }
  const known = isInstant(text) ? localDateOf(text, zone) : text;
  if (known.length < lengthOf[precision] || !isLocalDate(completed(known))) {
    throw new InvalidDate(`expected a date known at least to the ${precision}, YYYY-MM-DD, YYYY-MM or YYYY`);
  }
  return startOfDay(completed(known.slice(0, lengthOf[precision])), zone);
}

/** `2026` and `2026-03` with the missing parts of their first day. */
const completed = (date: string): string => date + firstOfYear.slice(Math.max(0, date.length - lengthOf.year));
