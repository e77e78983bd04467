import type { Instant, LocalDate } from '#libs/calendar';
import type { DeadlineBook, Stamp } from '../state.js';
import type { FacilityEventData, FacilityFacts } from './events.js';

/** A facility as folded from its events. Nothing here is sealed. */
export type FacilityState = NoFacility | KnownFacility;

export interface NoFacility {
  status: 'none';
  version: 0;
}

export interface KnownFacility extends DeadlineBook, Omit<FacilityFacts, 'village' | 'owner'> {
  status: 'known';
  village: string | undefined;
  owner: string | undefined;
  /** When it entered the register, or was found. */
  knownSince: Instant;
  /** Since when it has been in its present state. */
  stateSince: Instant;
  capacity: number | undefined;
  /** How many children whoever found it saw there. */
  reportedChildren: number | undefined;
  closesOn: LocalDate | undefined;
  moves: (FacilityEventData['FacilityMoved'] & Stamp)[];
  inspections: (FacilityEventData['FacilityInspected'] & Stamp)[];
  accusations: Accusation[];
  /** Children who wait for a decision, as last counted since it began to close; undefined: not counted yet. */
  undecided: number | undefined;
}

export interface Accusation extends Stamp {
  accusationId: string;
  cleared: Stamp | undefined;
}

/** Whether an allegation against the facility stands. */
export function isAccused({ accusations }: KnownFacility): boolean {
  return accusations.some(({ cleared }) => cleared === undefined);
}
