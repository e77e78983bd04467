import { earliestOf, isInstant, isLocalDate, parseInstant, plus, type Instant, type Precision } from '#libs/calendar';
import type { FactValue } from '#libs/pathways';

/** The first and the last moment that a time may mean: the same one when it is known exactly. */
export interface Moments {
  earliest: Instant;
  latest: Instant;
}

/** The time that a date or instant fact holds; undefined when it holds none. */
export function momentOfFact(value: FactValue | undefined, zone: string): Moments | undefined {
  if (typeof value !== 'string') return undefined;
  if (isLocalDate(value)) return momentsOf(value, 'day', zone);
  return isInstant(value) ? momentsOf(value, 'moment', zone) : undefined;
}

/** Clocks that protect a child start at the earliest; what was done counts as done at the latest (pathways 1.2). */
export function momentsOf(text: string, precision: Precision, zone: string): Moments {
  if (precision === 'moment') return { earliest: parseInstant(text), latest: parseInstant(text) };
  const earliest = earliestOf(text, precision, zone);
  return { earliest, latest: plus(plus(earliest, length[precision], zone), '-PT1S', zone) };
}

const length = { day: 'P1D', month: 'P1M', year: 'P1Y' };
