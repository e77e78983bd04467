/** First pause and longest one, in milliseconds. */
const firstMs = 1_000;
const longestMs = 15 * 60_000;

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/**
 * How long to wait after so many failures, in milliseconds: anything up to a bound that doubles, so that those who failed
 * together do not come back together (full jitter). What the other side asked for is waited out first.
 *
 * @param attempts failures so far, 1 after the first
 * @param askedMs what the other side asked for, in milliseconds
 */
export function backoffMs(attempts: number, random: Random, askedMs = 0): number {
  const bound = Math.min(firstMs * 2 ** Math.min(attempts - 1, 30), longestMs);
  return Math.min(askedMs, longestMs) + Math.ceil(random() * bound);
}

/** `Retry-After` in milliseconds: seconds, or a date; undefined when there is none or it makes no sense. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
