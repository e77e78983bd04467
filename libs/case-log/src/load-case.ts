import { evolve, noCase, type CaseState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import { load, type StoredEvent } from '#libs/event-store';
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
  const stored = beginningWith(all, 'CaseOpened');
  const state = stored.map(caseEventOf).reduce<CaseState>(evolve, noCase);
  return { state, stored, headHash: stored.at(-1)?.hash ?? null };
}
