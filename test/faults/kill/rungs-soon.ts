const hourMs = 60 * 60_000;
/** Rungs are spread over this time from now (milliseconds). */
const spreadMs = 30_000;

/**
 * Hours after an exposure at which the deadlines DA05, DA06 and DA07 of the pathway reach a rung: due after 72, 120 and
 * 72 hours, reminded of at half that time and two hours before, escalated 0, 4, 24 and 72 hours after.
 */
const rungHours = [36, 60, 70, 72, 76, 96, 118, 120, 124, 144, 192];

/** A time of exposure so long ago that at least one rung is reached within the next half minute. */
export function exposureWithRungSoon(now: number): string {
  const hours = rungHours[Math.floor(Math.random() * rungHours.length)] ?? 0;
  return new Date(now + Math.random() * spreadMs - hours * hourMs).toISOString();
}
