import { Temporal } from 'temporal-polyfill';

import { InvalidInstant } from './errors.js';
import { readNormalForm, writeNormalForm } from './instant-text.js';
import { isPlausibleYear, isTellableYear } from './years.js';

/** A moment, always written `YYYY-MM-DDTHH:mm:ss.sssZ`, so that comparing the strings compares the moments. */
export type Instant = string;

/** Extended ISO 8601 with a zone. Narrower than Temporal's grammar, which also takes expanded years and annotations. */
const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)$/;

/**
 * Reads any extended ISO 8601 date and time that carries an offset or `Z`. Anything finer than a millisecond is cut
 * off, never rounded up into the future.
 *
 * @throws InvalidInstant when the text is no such time, no real one, or its year in UTC is not within 1900 to 2200.
 */
export function parseInstant(text: string): Instant {
  return fromTemporal(toTemporal(text));
}

/** Whether the text is an instant that somebody may tell us, in the years 1920 to 2150; it need not be in normal form yet. */
export function isInstant(text: string): boolean {
  const moment = readMoment(text);
  return moment !== undefined && isTellableYear(yearOf(moment));
}

/** Exact milliseconds from one instant to the other; negative when `to` comes first. */
export function milliseconds(from: Instant, to: Instant): number {
  return millisecondsOf(to) - millisecondsOf(from);
}

/** The instant at which a share of the time between two instants has elapsed: 0.5 is half-way, 1 is `to`. */
export function between(from: Instant, to: Instant, share: number): Instant {
  const start = millisecondsOf(from);
  return instantAt(start + Math.round((millisecondsOf(to) - start) * share));
}

const millisecondsOf = (instant: Instant): number => readNormalForm(instant) ?? toTemporal(instant).epochMilliseconds;

export function toTemporal(instant: Instant): Temporal.Instant {
  const moment = readMoment(instant);
  if (moment === undefined) {
    throw new InvalidInstant('expected an ISO 8601 date and time with an offset or Z');
  }
  return moment;
}

/** @throws InvalidInstant when the year in UTC is not within 1900 to 2200. */
export function fromTemporal(moment: Temporal.Instant): Instant {
  return instantAt(moment.epochMilliseconds);
}

function instantAt(epochMilliseconds: number): Instant {
  const text = writeNormalForm(epochMilliseconds);
  // Years that are no four digits long are far outside, too.
  if (!isPlausibleYear(Number(text.slice(0, text.indexOf('-', 1))))) {
    throw new InvalidInstant('expected a time in the years 1900 to 2200');
  }
  return text;
}

function readMoment(text: string): Temporal.Instant | undefined {
  const epochMilliseconds = readNormalForm(text);
  if (epochMilliseconds !== undefined) return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);
  if (!instantShape.test(text)) {
    return undefined;
  }
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined; // the right shape, but no such day or hour
  }
}

const yearOf = (moment: Temporal.Instant): number => moment.toZonedDateTimeISO('UTC').year;
