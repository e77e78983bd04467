import { Temporal } from 'temporal-polyfill';

import { InvalidDuration } from './errors.js';
import { fromTemporal, toTemporal, type Instant } from './instant.js';

/** An ISO 8601 duration such as `PT24H`, `P7D`, `P3M` or `-PT6H`. */
export type Duration = string;

/**
 * Whole numbers only, save for seconds. The digits are few enough that any sum stays inside what Temporal can hold,
 * so the one bound callers meet is the year range of instants.
 */
const durationShape =
  /^-?P(?=.)(\d{1,5}Y)?(\d{1,5}M)?(\d{1,5}W)?(\d{1,5}D)?(T(?=.)(\d{1,8}H)?(\d{1,8}M)?(\d{1,8}(\.\d{1,3})?S)?)?$/;

/** Whether the text is a duration that `plus` can add. */
export function isDuration(text: string): boolean {
  return durationShape.test(text);
}

/**
 * Adds a duration to an instant. Years, months, weeks and days move the local date and keep the local time of day, and
 * a month too short for the day ends on its last one (31 January plus `P1M` is 28 February). Hours, minutes and
 * seconds are exact and are added after that.
 *
 * @throws InvalidDuration when `duration` is none.
 * @throws InvalidInstant when the sum leaves the years 1900 to 2200.
 */
export function plus(instant: Instant, duration: Duration, zone: string): Instant {
  const moment = toTemporal(instant);
  const span = toTemporalDuration(duration);
  if (timeAlone.test(duration)) return fromTemporal(moment.add(span)); // the same in every zone
  return fromTemporal(moment.toZonedDateTimeISO(zone).add(span, { overflow: 'constrain' }).toInstant());
}

const timeAlone = /^-?PT/u;

/** Definitions use few durations, and each of them again and again. */
const known = new Map<Duration, Temporal.Duration>();

/** @throws InvalidDuration when the text is none. */
export function toTemporalDuration(duration: Duration): Temporal.Duration {
  const read = known.get(duration) ?? readDuration(duration);
  known.set(duration, read);
  return read;
}

function readDuration(duration: Duration): Temporal.Duration {
  if (!isDuration(duration)) {
    throw new InvalidDuration('expected an ISO 8601 duration such as PT24H, P7D, P3M or -PT6H');
  }
  return Temporal.Duration.from(duration);
}

/** Whether it counts hours, minutes or seconds, and so means an exact time rather than a day. */
export function hasTimeUnits(duration: Duration): boolean {
  return duration.includes('T');
}

/** Whether it counts months or years, which have no fixed length. */
export function hasMonths(duration: Duration): boolean {
  const { years, months } = toTemporalDuration(duration);
  return years !== 0 || months !== 0;
}
