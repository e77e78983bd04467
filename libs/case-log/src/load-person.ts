import { evolvePerson, holdsDetails, noPerson, type PersonState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load } from '#libs/event-store';
import type { Sealer } from '#libs/privacy';
import { beginningWith } from './begins-with.js';
import { personEventOf, upcast } from './events.js';

export interface LoadedPerson {
  state: PersonState;
  headHash: Buffer | null;
}

/** Folds a person with identity and location opened; what was erased stays empty. */
export async function loadPerson(
  queries: Queryable,
  sealer: Sealer,
  id: string,
  recordedUpTo?: string,
): Promise<LoadedPerson> {
  const all = await load(queries, id, { upcast, ...(recordedUpTo === undefined ? {} : { recordedUpTo }) });
  const stored = beginningWith(all, 'PersonRegistered');
  // Each event that tells of details tells them whole, so only the last of them needs to be opened.
  const last = stored.findLastIndex(({ type }) => holdsDetails(type));
  let state: PersonState = noPerson;
  for (const [index, event] of stored.entries()) {
    const place = { personId: id, streamId: id, version: event.version };
    const sealed = index === last ? await sealer.unseal(queries, place, event.sealed) : {};
    state = evolvePerson(state, personEventOf(event, sealed));
  }
  return { state, headHash: stored.at(-1)?.hash ?? null };
}
