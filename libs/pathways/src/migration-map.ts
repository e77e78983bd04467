import type { StateCode } from './codes.js';

/**
 * How cases of an earlier version go on under the version that holds the map: reviewed and published with it, so that
 * nobody decides case by case what a state means now (pathways 1.9).
 */
export interface MigrationMap {
  /** The version whose cases it moves. */
  from: string;
  /** Every state of that version, and the one that takes its place. */
  states: Record<StateCode, StateCode>;
  /** States of tracks that have another name now, by track; the others keep theirs. */
  tracks?: Record<string, Record<StateCode, StateCode>>;
  /** Deadlines that have another name now; null gives one up. The others keep theirs. */
  deadlines?: Record<string, string | null>;
  /**
   * Deadlines of this version that count from the migration and not from what would have started them, so that nobody is
   * late with a duty that did not exist.
   */
  anew?: string[];
}
