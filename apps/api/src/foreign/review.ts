import type { Fate } from '#libs/record-exchange';

/** Told beside an answer when the record waits for a person: which, and what stands in the way, without any value. */
export interface Review {
  readonly state: 'quarantined';
  readonly record: string | undefined;
  readonly reason: string;
}

/** Undefined when the record was taken in. */
export function reviewOf(fate: Fate): Review | undefined {
  return 'reason' in fate ? { state: 'quarantined', record: fate.recordId, reason: fate.reason } : undefined;
}
