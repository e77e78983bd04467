import type { KnownCase } from '../state.js';

/** The version at which the present state was entered: what was recorded later came after it. */
export function entryVersion(state: KnownCase): number {
  return state.enrolment?.entry.version ?? 0;
}
