import { evolve, noCase, type CaseState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load, loadMany, type StoredEvent } from '#libs/event-store';
import { beginningWith } from './begins-with.js';
import { caseEventOf, upcast } from './events.js';

/** A case as the log has it. */
export interface LoadedCase {
  state: CaseState;
  stored: StoredEvent[];
  headHash: Buffer | null;
}

/** Folds a case from its events, all of them or those recorded up to a moment: the case as it was known then. */
export async function loadCase(queries: Queryable, id: string, recordedUpTo?: string): Promise<LoadedCase> {
  const all = await load(queries, id, { upcast, ...(recordedUpTo === undefined ? {} : { recordedUpTo }) });
  return folded(all);
}

/** The same for many cases, with one query for all of them. */
export async function loadCases(queries: Queryable, ids: readonly string[]): Promise<Map<string, LoadedCase>> {
  const streams = await loadMany(queries, ids, upcast);
  return new Map([...streams].map(([id, events]) => [id, folded(events)]));
}

function folded(events: StoredEvent[]): LoadedCase {
  const stored = beginningWith(events, 'CaseOpened');
  const state = stored.map(caseEventOf).reduce<CaseState>(evolve, noCase);
  return { state, stored, headHash: stored.at(-1)?.hash ?? null };
}
