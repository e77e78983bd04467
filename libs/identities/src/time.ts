import type { Instant } from '#libs/calendar';

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const later = (instant: Instant, ms: number): Instant => new Date(Date.parse(instant) + ms).toISOString();
