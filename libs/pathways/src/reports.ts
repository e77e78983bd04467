import type { Duration } from '#libs/calendar';
import type { Condition } from './condition.js';
import type { FactValue, RoleCode, StateCode, TransitionCode } from './codes.js';
import type { Sourced } from './sourced.js';
import type { Text } from './text.js';

/**
 * A list that supervisors watch although no step was missed: cases for which the condition holds, from a moment on. All
 * of it is read off the record, so that it can be kept beside the case and found without opening anything.
 */
export interface WatchlistDefinition extends Sourced {
  title: Text;
  /** What exactly is listed, in words; names the age it goes by, where it goes by one. */
  meaning: Text;
  /** Only while the case is in one of these states. Absent: in any state that is not an end. */
  states?: StateCode[];
  /** Asks neither for the time, nor for the child's age, nor for who asks. */
  when?: Condition;
  /** From when on it is listed: the earliest of these that is known. */
  from: WatchlistMoment[];
}

export type WatchlistMoment =
  /** The due time of this deadline, while it is open. */
  | { deadline: string }
  /** The time held by this fact; a day counts from its end. */
  | { fact: string; after?: Duration }
  /** Since when the track has been in one of these states without a break. */
  | { track: { id: string; in: StateCode[] }; after?: Duration }
  /** The latest of these steps. */
  | { taken: TransitionCode[]; after?: Duration }
  /** The end of the day on which the latest decision is to be looked at again. */
  | { review: true }
  /** The opening of the case. */
  | { opened: true };

/** When a child lives with a carer of the directory, and takes one of the carer's places. */
export interface CarerRule {
  /** The fact that names the carer. */
  fact: string;
  /** Only in these states. Absent: in any state that is not an end. */
  states?: StateCode[];
  /** Only while this track is in one of these states. */
  track?: { id: string; in: StateCode[] };
}

/** What national numbers read off the cases of a pathway. Each says in words what it counts and which age it goes by. */
export interface ReportDefinitions {
  recidivism?: RecidivismReport;
  detention?: DetentionReport;
  informalFees?: InformalFeesReport;
}

export interface RecidivismReport {
  meaning: Text;
  /** Its start begins the follow-up of a child; the durations of its schedule are the windows. */
  deadline: string;
  /** The fact that a check records, and its values that mean a new prosecution decision or conviction, or nothing. */
  fact: string;
  found: FactValue[];
  unknown: FactValue[];
  /** The day of the new offence, which may be long before the check. */
  offenceOn: string;
}

export interface DetentionReport {
  meaning: Text;
  /** The track whose `detaining` states mean that the child is held. */
  track: string;
  pretrial: StateCode[];
  /** The fact that holds the reason of the pre-trial detention, by its code. */
  reason: string;
}

export interface InformalFeesReport {
  meaning: Text;
  track: string;
  /** States that a track is in when somebody asked for a fee outside the rules. */
  states: StateCode[];
}

/** What supervisors watch over all pathways (pathways, section 10). */
export interface SupervisionDefinition extends Sourced {
  /** Roles that keep cases, and to whom a new one may be given. */
  workers: RoleCode[];
  /** Cases that one person keeps at most, and how many of them at high risk. */
  caseload: { active: number; highRisk: number };
  /** A case without any contact for this long is listed. */
  noContact: Duration;
}

/** One thing that a row of a track may be about. */
export interface CatalogueEntry {
  title: Text;
  /** What shows that it was done. */
  evidence?: Text;
}
