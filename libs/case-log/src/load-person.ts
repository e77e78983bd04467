import { evolvePerson, holdsDetails, noPerson, type PersonState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load, loadMany, type StoredEvent } from '#libs/event-store';
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
  return opened(queries, sealer, id, all);
}

/** The same for many people, with one query for what is told of them and one for what opens it. */
export async function loadPersons(
  queries: Queryable,
  sealer: Sealer,
  ids: readonly string[],
): Promise<Map<string, LoadedPerson>> {
  const [streams] = await Promise.all([loadMany(queries, ids, upcast), sealer.prefetch(queries, ids)]);
  const people = new Map<string, LoadedPerson>();
  for (const [id, events] of streams) people.set(id, await opened(queries, sealer, id, events));
  return people;
}

async function opened(queries: Queryable, sealer: Sealer, id: string, events: StoredEvent[]): Promise<LoadedPerson> {
  const stored = beginningWith(events, 'PersonRegistered');
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
