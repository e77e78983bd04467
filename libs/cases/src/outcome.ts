import type { CaseEvent } from './events.js';
import type { Refusal, Unmet } from './refusal.js';

/** What deciding comes to: facts, possibly none when nothing changes, or a complete refusal. */
export type Outcome<Event = CaseEvent> = { ok: true; events: Event[] } | Refused;

export interface Refused {
  ok: false;
  refusal: Refusal;
}

export const accepted = <Event = CaseEvent>(...events: Event[]): Outcome<Event> => ({ ok: true, events });

export const refused = (...unmet: Unmet[]): Refused => ({ ok: false, refusal: { kind: 'unmet', unmet } });

/** The case has moved on: whoever asked saw an older one. */
export const conflict = (...unmet: Unmet[]): Refused => ({ ok: false, refusal: { kind: 'state', unmet } });

/** The thing that was named does not exist. */
export const unknown = (...unmet: Unmet[]): Refused => ({ ok: false, refusal: { kind: 'unknown', unmet } });
