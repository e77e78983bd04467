import { evolvePerson, noPerson, type PersonEvent, type PersonState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load } from '#libs/event-store';
import type { Sealer } from '#libs/privacy';
import { upcast } from './events.js';

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
  const stored = await load(queries, id, { upcast, ...(recordedUpTo === undefined ? {} : { recordedUpTo }) });
  let state: PersonState = noPerson;
  for (const [index, event] of stored.entries()) {
    // Each event holds the person whole, so only the last one needs to be opened.
    const sealed =
      index === stored.length - 1
        ? await sealer.unseal(queries, { personId: id, streamId: id, version: event.version }, event.sealed)
        : {};
    const { type, data, occurredAt, precision } = event;
    state = evolvePerson(state, { type, data, sealed, occurredAt, precision } as unknown as PersonEvent);
  }
  return { state, headHash: stored.at(-1)?.hash ?? null };
}
