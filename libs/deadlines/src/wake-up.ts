import type { Instant } from '#libs/calendar';
import type { WakeUp } from '#libs/queues';

/** A deadline and the moment at which it reaches its next rung. */
export interface WaitingRung {
  /** The case or facility that carries it. */
  readonly streamId: string;
  /** Key of the deadline within that. */
  readonly deadline: string;
  readonly rungAt: Instant;
}

export const deadlineQueue = 'deadlines';

/**
 * How far ahead wake-ups are queued, in milliseconds. Longer, and the queue fills with calls for deadlines that will be met;
 * shorter, and the relay has to look more often.
 */
export const lookAheadMs = 5 * 60_000;

/** The same rung has the same id, whoever asks for it, so it waits in the queue once. */
export function wakeUpFor({ streamId, deadline, rungAt }: WaitingRung, now: Instant): WakeUp<WaitingRung> {
  const at = Date.parse(rungAt);
  return { id: `${streamId}_${deadline}_${at}`, data: { streamId, deadline, rungAt }, delayMs: at - Date.parse(now) };
}

export function after(now: Instant, ms: number): Instant {
  return new Date(Date.parse(now) + ms).toISOString();
}
