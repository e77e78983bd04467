import { Temporal } from 'temporal-polyfill';

import { InvalidDate } from './errors.js';
import { fromTemporal, toTemporal, type Instant } from './instant.js';
import { isPlausibleYear, isTellableYear } from './years.js';

/** A day on the wall calendar of some zone, `YYYY-MM-DD`. */
export type LocalDate = string;

const dateShape = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a real day, written in full, that somebody may tell us: in the years 1920 to 2150. */
export function isLocalDate(text: string): boolean {
  const date = readDate(text);
  return date !== undefined && isTellableYear(date.year);
}

export function localDateOf(instant: Instant, zone: string): LocalDate {
  return toTemporal(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The first moment of the day in the zone. */
export function startOfDay(date: LocalDate, zone: string): Instant {
  return fromTemporal(toPlainDate(date).toZonedDateTime(zone).toInstant());
}

/** The day's last whole second in the zone, 23:59:59: what people read as "by the end of that day". */
export function endOfDay(date: LocalDate, zone: string): Instant {
  return atTimeOfDay(date, '23:59:59', zone);
}

/** The moment at which clocks in the zone show `timeOfDay` (`HH:mm` or `HH:mm:ss`) on that day. */
export function atTimeOfDay(date: LocalDate, timeOfDay: string, zone: string): Instant {
  const plainTime = Temporal.PlainTime.from(timeOfDay);
  return fromTemporal(toPlainDate(date).toZonedDateTime({ timeZone: zone, plainTime }).toInstant());
}

/** @throws InvalidDate when the text is no real day in the years 1900 to 2200. */
export function toPlainDate(date: LocalDate): Temporal.PlainDate {
  const plain = readDate(date);
  if (plain === undefined) {
    throw new InvalidDate('expected a real day, YYYY-MM-DD, in the years 1900 to 2200');
  }
  return plain;
}

function readDate(text: string): Temporal.PlainDate | undefined {
  if (!dateShape.test(text)) {
    return undefined;
  }
  try {
    const date = Temporal.PlainDate.from(text);
    return isPlausibleYear(date.year) ? date : undefined;
  } catch {
    return undefined; // the right shape, but no such day
  }
}
