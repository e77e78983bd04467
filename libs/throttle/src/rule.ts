/** How often somebody may do something: so many times in a while, all at once or spread. */
export interface Rule {
  /** Names the quota in headers and keys: `read`, `login`. */
  readonly name: string;
  readonly most: number;
  readonly seconds: number;
}

/** What came of asking. */
export interface Verdict {
  readonly allowed: boolean;
  /** How often it could be done right now. */
  readonly left: number;
  /** Milliseconds until it may be done again; 0 where it may be done now. */
  readonly retryMs: number;
}

/**
 * The generic cell rate algorithm: each use moves a time onwards by its share of the while, and it may run ahead of now by
 * one while. One number a key, no windows whose edges let twice as much through. It counts in whole microseconds: with
 * fractions, adding loses the last of them, and one use goes missing.
 *
 * @param arrival that time, as it was kept (microseconds); undefined where nothing is
 * @param now milliseconds
 * @returns the verdict, and the time to keep
 */
export function weigh({ most, seconds }: Rule, arrival: number | undefined, now: number): [Verdict, number] {
  const share = Math.floor((seconds * 1_000_000) / most);
  const moment = Math.round(now * 1_000);
  const horizon = moment + seconds * 1_000_000;
  const present = Math.max(arrival ?? moment, moment);
  const next = present + share;
  if (next > horizon) return [{ allowed: false, left: 0, retryMs: Math.ceil((next - horizon) / 1_000) }, present];
  return [{ allowed: true, left: Math.floor((horizon - next) / share), retryMs: 0 }, next];
}
