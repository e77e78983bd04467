import type { Instant } from '#libs/calendar';
import { backoffMs, type Random } from './backoff.js';

/** How a target fares. */
export interface TargetHealth {
  /** Failures in a row. */
  readonly failures: number;
  /** Nobody asks before; then one asks, and the others wait for what comes of it. */
  readonly openUntil: Instant | null;
  /** The target itself asked for patience until then. */
  readonly pausedUntil: Instant | null;
}

export type BreakerState = 'closed' | 'open' | 'half_open';

/** Failures in a row after which a target is left alone. */
const tolerated = 5;
/** Whoever probes has this long before somebody else may (milliseconds). */
const probeMs = 60_000;
const leastPauseMs = 10_000;

export function breakerState({ openUntil }: TargetHealth, now: Instant): BreakerState {
  if (openUntil === null) return 'closed';
  return now < openUntil ? 'open' : 'half_open';
}

/** Whether a target may be asked now, as far as its own wish for patience goes. */
export const isPaused = ({ pausedUntil }: TargetHealth, now: Instant): boolean =>
  pausedUntil !== null && now < pausedUntil;

/** After an answer, whatever it said: whoever answers is there. */
export const afterAnswer = (): TargetHealth => ({ failures: 0, openUntil: null, pausedUntil: null });

/** After no answer, or one that is none. */
export function afterFailure(health: TargetHealth, now: Instant, random: Random): TargetHealth {
  const failures = health.failures + 1;
  if (failures < tolerated) return { ...health, failures };
  const pause = leastPauseMs + backoffMs(failures - tolerated + 1, random);
  return { ...health, failures, openUntil: later(now, pause) };
}

/** Until when others keep away while one probes. */
export const probingUntil = (now: Instant): Instant => later(now, probeMs);

export const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();
