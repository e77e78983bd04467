import { isDuration, type Duration } from '#libs/calendar';

/** When a rung is reached: at a share of the time between start and due time, or at an offset from the due time. */
export type RungMoment = { elapsed: number } | { offset: Duration };

/** Reads `50%` or a signed duration such as `-PT2H`, `PT0S`, `P7D`; undefined when it is neither. */
export function rungMoment(at: string): RungMoment | undefined {
  const share = /^([1-9]\d?)%$/.exec(at)?.[1];
  if (share !== undefined) {
    return { elapsed: Number(share) / 100 };
  }
  return isDuration(at) ? { offset: at } : undefined;
}
