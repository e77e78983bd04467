import type { LocalDate } from '#libs/calendar';
import type { Occurrence } from '../actor.js';
import type { ExtensionAsked } from '../deadlines/extend.js';
import type { FacilityDetails, FacilityFacts } from './events.js';

/** Where a facility lies and what it is called: stored sealed. */
export interface FacilityPlace {
  name?: string;
  address?: string;
  phone?: string;
}

/** What each command on a facility asks for. */
export interface FacilityCommandData {
  RegisterFacility: FacilityFacts & { capacity: number; place?: FacilityPlace };
  /** Somebody found a facility that nobody registered. */
  ReportUnregisteredFacility: Omit<FacilityFacts, 'state'> & {
    children: number;
    place?: FacilityPlace;
    text?: string;
  };
  MoveFacility: { to: string; reasonCode?: string; reason?: string; closesOn?: LocalDate };
  RecordInspection: { inspectionId: string; inspector: string; result: string; findings: string[]; text?: string };
  ChangeFacilityDetails: FacilityDetails & { place?: FacilityPlace };
  AccuseFacility: { accusationId: string; text: string };
  ClearFacility: { accusationId: string; reason: string };
  SetClosingDate: { closesOn: LocalDate };
  /** Issued by the program whenever a case of a child there has moved, and by a sweep. */
  CountUndecided: { undecided: number };
  ExtendDeadline: ExtensionAsked;
  /** Issued by wake-up or sweep. */
  ReachRungs: { deadline: string };
}

export type FacilityCommandType = keyof FacilityCommandData;

export type FacilityCommand<T extends FacilityCommandType = FacilityCommandType> = {
  [K in T]: { type: K; data: FacilityCommandData[K] } & Occurrence;
}[T];
