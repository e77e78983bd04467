import type { Instant } from '#libs/calendar';

/** The moment so many minutes before. */
export const minus = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) - minutes * 60_000).toISOString();
