import {
  cambodia,
  isInstant,
  isLocalDate,
  localDateOf,
  parseInstant,
  startOfDay,
  type Instant,
  type LocalDate,
} from '#libs/calendar';

/** `2020/08/24 13:17:05 +0000`, `2006/01/10`, `2012-01-01`, `2021-11-09T10:20:12.384Z`. */
const shape =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

interface Written {
  date: LocalDate;
  /** Absent when only the day was written. */
  moment: Instant | undefined;
}

/** The day that was written, whatever time stands behind it; undefined when it is no real day, or no date at all. */
export function readDate(text: string): LocalDate | undefined {
  return read(text)?.date;
}

/** The moment that was written. A bare day counts from its first moment in Cambodia. */
export function readMoment(text: string): Instant | undefined {
  const written = read(text);
  return written && (written.moment ?? startOfDay(written.date, cambodia.zone));
}

/** The day on which something happened, as people in Cambodia saw it. */
export function readDayOf(text: string): LocalDate | undefined {
  const written = read(text);
  return written && (written.moment === undefined ? written.date : localDateOf(written.moment, cambodia.zone));
}

function read(text: string): Written | undefined {
  const [, year, month, day, time, seconds, zone] = shape.exec(text.trim()) ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isLocalDate(date)) return undefined;
  if (time === undefined) return { date, moment: undefined };
  const moment = `${date}T${time}${seconds ?? ':00'}${offset(zone)}`;
  return isInstant(moment) ? { date, moment: parseInstant(moment) } : undefined;
}

/** A time without a zone was written by somebody in Cambodia. */
function offset(zone: string | undefined): string {
  if (zone === undefined) return '+07:00';
  return zone === 'UTC' ? 'Z' : zone;
}
