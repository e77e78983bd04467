import { shown, mayRead } from './cases.js';
import type { Fields } from './fields.js';
import type { Flag, PrimeroState, StoredCase, Transition } from './state.js';
import type { PrimeroUser } from './users.js';

/** A transition as answers show it: every field that holds something. */
export function transitionView(
  state: PrimeroState,
  stored: StoredCase,
  transition: Transition,
  user: PrimeroUser,
): Fields {
  const by = state.users.get(transition.transitioned_by);
  const to = state.users.get(transition.transitioned_to ?? '');
  const { data } = stored;
  const view: Fields = {
    ...transition,
    record_type: 'case',
    record_owned_by: data['owned_by'],
    record_owned_by_agency: data['owned_by_agency_id'],
    record_owned_by_groups: data['owned_by_groups'],
    transitioned_by_user_agency: by?.agency,
    transitioned_by_user_groups: by === undefined ? undefined : [...(by.groups ?? [])],
    transitioned_to_user_agency: to?.agency,
    transitioned_to_user_groups: to === undefined ? undefined : [...(to.groups ?? [])],
    record_access_denied: !mayRead(user, stored),
    user_can_accept_or_reject: transition.status === 'in_progress' && transition.transitioned_to === user.user_name,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

/** The same with what changed in the case, as the one who made the change is shown it. */
export function withRecord(state: PrimeroState, stored: StoredCase, transition: Transition, user: PrimeroUser): Fields {
  const { id, enabled, assigned_user_names, services_section, last_updated_at } = shown(stored);
  const record = { id, enabled, assigned_user_names, services_section, last_updated_at };
  const view = transitionView(state, stored, transition, user);
  return mayRead(user, stored) ? { ...view, record } : view;
}

export const flagView = (flag: Flag): Fields => ({ ...flag, record_type: 'cases', system_generated_followup: false });
