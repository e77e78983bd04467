import { evolveFacility, noFacility, type FacilityState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load, type StoredEvent } from '#libs/event-store';
import { v5 as uuidv5 } from 'uuid';
import { facilityEventOf, upcast } from './events.js';

/** Namespace of the ids of facilities. */
const namespace = '6b0c5a9e-4d0f-5c7e-8f57-1f4f6d0c2b93';

/** A facility has one code and one stream, so that it is found by its code and registered once. */
export function facilityIdOf(code: string): string {
  return uuidv5(code, namespace);
}

/** A facility as the log has it. */
export interface LoadedFacility {
  state: FacilityState;
  stored: StoredEvent[];
  headHash: Buffer | null;
}

/** Folds a facility from its events, all of them or those recorded up to a moment. */
export async function loadFacility(queries: Queryable, id: string, recordedUpTo?: string): Promise<LoadedFacility> {
  const stored = await load(queries, id, { upcast, ...(recordedUpTo === undefined ? {} : { recordedUpTo }) });
  const state = stored.map(facilityEventOf).reduce<FacilityState>(evolveFacility, noFacility);
  return { state, stored, headHash: stored.at(-1)?.hash ?? null };
}
