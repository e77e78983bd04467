import { checkedChange, checkedNew } from './checking.js';
import { firstFields, recomputed } from './computed.js';
import { conflict, forbidden, invalid, invalidJson, notFound } from './errors.js';
import { textOf, type Fields } from './fields.js';
import { merged } from './merging.js';
import type { PrimeroState, StoredCase } from './state.js';
import type { PrimeroUser } from './users.js';

/** @throws Refused */
export function createCase(state: PrimeroState, sent: Fields, by: string): StoredCase {
  const { kept, pointers } = checkedNew(sent);
  if (pointers.length > 0) throw invalidJson(pointers);
  const id = textOf(kept, 'id') ?? state.newId();
  const caseId = textOf(kept, 'case_id');
  if (state.cases.has(id) || (caseId !== undefined && state.caseIds.has(caseId))) throw conflict();
  refuseUnbornYear(kept, state);
  const rows = merged({}, kept, state.newId);
  const fields = recomputed({}, firstFields(rows, id, by, state), by, state.clock.now(), state);
  const stored = { id, place: state.cases.size, data: fields, alerts: [] };
  state.cases.set(id, stored);
  state.caseIds.add(textOf(fields, 'case_id') ?? id);
  return stored;
}

/** Answers the fields that are different now. @throws Refused */
export function changeCase(state: PrimeroState, stored: StoredCase, sent: Fields, by: string): Fields {
  const { kept, pointers } = checkedChange(sent, stored.data['module_id']);
  if (pointers.length > 0) throw invalidJson(pointers);
  refuseUnbornYear(kept, state);
  return write(state, stored, kept, by);
}

/** Changes a case without the checks of the interface: what the server itself writes. */
export function write(state: PrimeroState, stored: StoredCase, change: Fields, by: string): Fields {
  const before = stored.data;
  stored.data = recomputed(before, merged(before, change, state.newId), by, state.clock.now(), state);
  return Object.fromEntries(Object.entries(stored.data).filter(([name, value]) => before[name] !== value));
}

function refuseUnbornYear({ date_of_birth: born }: Fields, { clock }: PrimeroState): void {
  const year = 'YYYY'.length;
  if (typeof born === 'string' && born.slice(0, year) > clock.now().slice(0, year)) {
    throw invalid({ date_of_birth: 'errors.models.child.date_of_birth' });
  }
}

export function mayRead(user: PrimeroUser, { data }: StoredCase): boolean {
  if ((user.sees ?? 'all') === 'all') return true;
  if (user.sees === 'agency' && data['owned_by_agency_id'] === user.agency) return true;
  const shared = data['assigned_user_names'];
  return data['owned_by'] === user.user_name || (Array.isArray(shared) && shared.includes(user.user_name));
}

/** @throws Refused when there is none, or not for this user */
export function caseFor(state: PrimeroState, user: PrimeroUser, id: string): StoredCase {
  const stored = state.cases.get(id);
  if (stored === undefined) throw notFound('Child', id);
  if (!mayRead(user, stored)) throw forbidden();
  return stored;
}

/** A case as an answer shows it. `enabled` is the other name of `record_state`. */
export const shown = ({ id, data }: StoredCase): Fields =>
  Object.fromEntries(
    Object.entries({ ...data, id, enabled: data['record_state'] }).filter(([, value]) => value !== undefined),
  );
