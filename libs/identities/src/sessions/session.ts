import { milliseconds, type Instant } from '#libs/calendar';

import { hourMs, minuteMs } from '../time.js';

/** What a session may do: give the second factor, enrol one, or all that its owner may. */
export type SessionStage = 'second_factor' | 'enrolment' | 'open';

export interface Session {
  readonly id: string;
  readonly staffId: string;
  readonly stage: SessionStage;
  /** The token travels in a cookie. */
  readonly browser: boolean;
  /** As its owner named it. */
  readonly device: string;
  readonly openedAt: Instant;
  readonly seenAt: Instant;
  /** When its owner last gave the strongest proof asked of them. */
  readonly provedAt: Instant | undefined;
}

/** A session with its token, which is told once. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

/** Unused for so long, a session is over: a telephone left behind is taken by somebody. */
const idleMs = 15 * minuteMs;
const longestMs = 12 * hourMs;
/** Time to find the second factor. */
const halfwayMs = 10 * minuteMs;
/** A proof as fresh as this lets its owner do what needs one: exports, erasure, new keys. */
const recentMs = 5 * minuteMs;

export function isOver({ stage, openedAt, seenAt }: Session, now: Instant): boolean {
  const age = milliseconds(openedAt, now);
  return age > (stage === 'open' ? longestMs : halfwayMs) || milliseconds(seenAt, now) > idleMs;
}

export const isFresh = ({ provedAt }: Session, now: Instant): boolean =>
  provedAt !== undefined && milliseconds(provedAt, now) <= recentMs;
