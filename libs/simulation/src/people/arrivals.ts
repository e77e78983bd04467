import { cambodia, isWorkingDay, localDateOf, plus, startOfDay, type Instant } from '#libs/calendar';
import type { Random } from '#libs/demonstration';

/** A case that begins: which, when, in which pathway. */
export interface Arrival {
  number: number;
  at: Instant;
  /** Id of the pathway, without its version. */
  pathway: string;
}

/** New cases of a year: 8,000 reports, 5,000 contacts with the police, 4,000 children in residential care (assumed). */
const pathways = [
  ['A_OCSEA', 8],
  ['B_DIVERSION', 5],
  ['C_REINTEGRATION', 4],
] as const;

/** Reports by six hours of the day, in percent: most come in the evening (assumed). */
const quarters = [
  [0, 8],
  [6, 22],
  [12, 28],
  [18, 42],
] as const;

/** Cases of a span of days, in the order in which they come; on days off only a fifth as many as otherwise (assumed). */
export function arrivals(random: Random, cases: number, startsAt: Instant, days: number): Arrival[] {
  const openings = Array.from({ length: days }, (_, day) => {
    const date = localDateOf(plus(startsAt, `P${day}D`, cambodia.zone), cambodia.zone);
    return [startOfDay(date, cambodia.zone), isWorkingDay(date, cambodia) ? 1 : 0.2] as const;
  });
  return Array.from({ length: cases }, () => {
    const minute = random.weighted(quarters) * 60 + random.integer(0, 359);
    return { at: plus(random.weighted(openings), `PT${minute}M`, 'UTC'), pathway: random.weighted(pathways) };
  })
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .map((arrival, number) => ({ number, ...arrival }));
}
