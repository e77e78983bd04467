import type { Occurrence } from '../actor.js';
import type { Refusal, Unmet } from '../refusal.js';
import { unmet } from '../texts.js';
import type { PersonEvent } from './person.js';

export type PersonOutcome = { ok: true; events: PersonEvent[] } | { ok: false; refusal: Refusal };

export const accept = (...events: PersonEvent[]): PersonOutcome => ({ ok: true, events });

export const refuse = (kind: Refusal['kind'], ...problems: Unmet[]): PersonOutcome => ({
  ok: false,
  refusal: { kind, unmet: problems },
});

export const when = ({ occurredAt, precision }: Occurrence): Occurrence => ({ occurredAt, precision });

export const reasonProblem = (reason: string): Unmet[] =>
  reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : [];
