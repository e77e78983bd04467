import type { Instant } from '#libs/calendar';
import type { Occurrence } from '../actor.js';
import type { CaseEvent, CaseEventData } from '../events.js';
import type { KnownCase, StayFacts } from '../state.js';

export function began(
  { stays }: KnownCase,
  data: Omit<CaseEventData['StayBegan'], 'stay'>,
  { occurredAt, precision }: Occurrence,
): CaseEvent<'StayBegan'> {
  return { type: 'StayBegan', data: { stay: stays.length + 1, ...data }, occurredAt, precision };
}

/** What is told late may seem to end before it began: then it lasted no time. */
export function ended(
  { stay, from }: Pick<StayFacts, 'stay' | 'from'>,
  at: Instant,
  { occurredAt, precision }: Occurrence,
): CaseEvent<'StayEnded'> {
  return { type: 'StayEnded', data: { stay, until: at > from ? at : from }, occurredAt, precision };
}

/** Neither over nor corrected by another. */
export function isOpen({ until, replacedAt }: StayFacts): boolean {
  return until === undefined && replacedAt === undefined;
}
