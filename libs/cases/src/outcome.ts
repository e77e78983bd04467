import type { CaseEvent } from './events.js';
import type { Refusal, Unmet } from './refusal.js';

/** What deciding comes to: facts, possibly none when nothing changes, or a complete refusal. */
export type Outcome = { ok: true; events: CaseEvent[] } | { ok: false; refusal: Refusal };

export const accepted = (...events: CaseEvent[]): Outcome => ({ ok: true, events });

export const refused = (...unmet: Unmet[]): Outcome => ({ ok: false, refusal: { kind: 'unmet', unmet } });

/** The case has moved on: whoever asked saw an older one. */
export const conflict = (...unmet: Unmet[]): Outcome => ({ ok: false, refusal: { kind: 'state', unmet } });

/** The thing that was named does not exist. */
export const unknown = (...unmet: Unmet[]): Outcome => ({ ok: false, refusal: { kind: 'unknown', unmet } });
