import type { LocalDate } from '#libs/calendar';
import type { Occurrence } from '../actor.js';
import type { DeadlineEventData } from '../events.js';
import type { SealedFields } from '../sealed.js';

/**
 * The clear part of each event of a facility. Its name and where exactly it lies are sealed, as are the words of
 * inspectors and of whoever accuses it.
 */
export interface FacilityEventData extends DeadlineEventData {
  FacilityRegistered: FacilityFacts & { capacity: number };
  UnregisteredFacilityReported: FacilityFacts & { reportedChildren: number };
  FacilityMoved: { from: string; to: string; reasonCode?: string; reasonGiven: boolean };
  FacilityInspected: { inspectionId: string; inspector: string; result: string; findings: string[] };
  FacilityDetailsChanged: FacilityDetails & { changed: string[] };
  /** An allegation against the facility or its director. */
  FacilityAccused: { accusationId: string };
  FacilityCleared: { accusationId: string };
  ClosingDateSet: { closesOn: LocalDate };
  /** How many of the children who live there still wait for a decision; told when it begins or ceases to be none. */
  UndecidedCounted: { undecided: number };
}

/** What is known of a facility when it enters the register. */
export interface FacilityFacts {
  /** The code by which cases, agencies and staff name it, such as `RCF-17`. */
  code: string;
  type: string;
  state: string;
  province: string;
  district: string;
  /** Absent where it is not known, and for facilities whose place must not be known. */
  village?: string;
  /** The department that answers for it, and who there follows it up. */
  agency: string;
  owner?: string;
  synthetic: boolean;
}

/** What may change of a facility. */
export interface FacilityDetails {
  capacity?: number;
  agency?: string;
  owner?: string;
  village?: string;
}

export type FacilityEventType = keyof FacilityEventData;

/** One fact about a facility. `T` narrows it to one type. */
export type FacilityEvent<T extends FacilityEventType = FacilityEventType> = {
  [K in T]: { type: K; data: FacilityEventData[K]; sealed?: SealedFields } & Occurrence;
}[T];
