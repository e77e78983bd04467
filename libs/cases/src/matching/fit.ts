import type { LocalDate } from '#libs/calendar';

/** Why an offer fits a child, or why not. Their words stand in the common vocabulary, list `matchReasons`. */
export type MatchReason = Merit | Obstacle;

type Merit =
  'COVERS_DISTRICT' | 'COVERS_PROVINCE' | 'AREA_UNKNOWN' | 'SPEAKS_LANGUAGE' | 'BRINGS_INTERPRETER' | 'HAS_CAPACITY';

type Obstacle =
  | 'OUT_OF_AREA'
  | 'LANGUAGE_MISSING'
  | 'NO_CAPACITY'
  | 'NOT_YET'
  | 'EXPIRED'
  | 'PAUSED'
  | 'CONFLICT_OF_INTEREST'
  | 'ALREADY_ASKED'
  | 'SENDER'
  | 'KIND_NOT_APPROVED';

/** What a child needs of any offer: near, in a language it understands, from nobody in conflict of interest, now. */
export interface ChildsNeed {
  province: string | undefined;
  district: string | undefined;
  /** Absent: nothing is known that would stand in the way. */
  language: string | undefined;
  /** Staff, agencies and carers that are in conflict of interest on the case. */
  conflicts: readonly string[];
  today: LocalDate;
}

/** What every offer of the directory says of itself. */
export interface Offer {
  provinces: readonly string[];
  districts: readonly string[];
  languages: readonly string[];
  /** Brings an interpreter for any other language. */
  interpreter: boolean;
  capacity: number;
  taken: number;
  startsOn: LocalDate;
  endsOn: LocalDate | undefined;
  paused: boolean;
}

/** An offer that was judged, with everything that speaks for it or against it. */
export interface Match<Candidate extends Offer> {
  offer: Candidate;
  fits: boolean;
  reasons: MatchReason[];
  /** Places that are free; never less than none. */
  free: number;
}

const merits: ReadonlySet<MatchReason> = new Set<Merit>([
  'COVERS_DISTRICT',
  'COVERS_PROVINCE',
  'AREA_UNKNOWN',
  'SPEAKS_LANGUAGE',
  'BRINGS_INTERPRETER',
  'HAS_CAPACITY',
]);

/** Judges an offer by what holds for every kind of it; `more` are the reasons that its own kind adds. */
export function judge<Candidate extends Offer>(
  need: ChildsNeed,
  offer: Candidate,
  more: readonly MatchReason[],
): Match<Candidate> {
  const free = Math.max(0, offer.capacity - offer.taken);
  const reasons: MatchReason[] = [
    area(need, offer),
    ...language(need, offer),
    free > 0 ? 'HAS_CAPACITY' : 'NO_CAPACITY',
    ...time(need, offer),
    ...more,
  ];
  return { offer, fits: reasons.every((reason) => merits.has(reason)), reasons, free };
}

/**
 * Those that fit come first: near before far, the child's own language before an interpreter, many free places before
 * few. What is alike beyond that keeps the order of its name, so that the same question has the same answer.
 */
export function inOrder<Candidate extends Offer>(
  matches: readonly Match<Candidate>[],
  nameOf: (offer: Candidate) => string,
): Match<Candidate>[] {
  return matches.toSorted(
    (one, other) =>
      Number(other.fits) - Number(one.fits) ||
      rank(one, nearness) - rank(other, nearness) ||
      rank(one, understanding) - rank(other, understanding) ||
      other.free - one.free ||
      compare(nameOf(one.offer), nameOf(other.offer)),
  );
}

const nearness: readonly MatchReason[] = ['COVERS_DISTRICT', 'COVERS_PROVINCE', 'AREA_UNKNOWN'];
const understanding: readonly MatchReason[] = ['SPEAKS_LANGUAGE', 'BRINGS_INTERPRETER'];

/** Place of the first of the reasons in the order given; behind them all where there is none. */
function rank({ reasons }: { reasons: MatchReason[] }, order: readonly MatchReason[]): number {
  const places = reasons.map((reason) => order.indexOf(reason)).filter((place) => place >= 0);
  return Math.min(order.length, ...places);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** Where nobody knows where the child lives, distance rules nobody out: a proposal is better than none. */
function area({ province, district }: ChildsNeed, { provinces, districts }: Offer): MatchReason {
  if (district !== undefined && districts.includes(district)) return 'COVERS_DISTRICT';
  const around = province ?? district?.slice(0, 2);
  if (around === undefined) return 'AREA_UNKNOWN';
  return provinces.includes(around) ? 'COVERS_PROVINCE' : 'OUT_OF_AREA';
}

function language({ language: needed }: ChildsNeed, { languages, interpreter }: Offer): MatchReason[] {
  if (needed === undefined) return [];
  if (languages.includes(needed)) return ['SPEAKS_LANGUAGE'];
  return [interpreter ? 'BRINGS_INTERPRETER' : 'LANGUAGE_MISSING'];
}

function time({ today }: ChildsNeed, { startsOn, endsOn, paused }: Offer): MatchReason[] {
  return [
    ...(startsOn > today ? (['NOT_YET'] as const) : []),
    ...(endsOn !== undefined && endsOn < today ? (['EXPIRED'] as const) : []),
    ...(paused ? (['PAUSED'] as const) : []),
  ];
}
