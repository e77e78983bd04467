import { forbidden, invalid, notFound } from './errors.js';
import { rowsOf, textOf, type Fields } from './fields.js';
import type { PrimeroState, StoredCase, Transition, TransitionType } from './state.js';
import { may, receives, type PrimeroUser } from './users.js';
import { write } from './cases.js';

/** Refers a case, as a service or to a user elsewhere. @throws Refused without consent, or to whom can't receive it */
export function refer(state: PrimeroState, stored: StoredCase, sent: Fields, by: PrimeroUser): Transition {
  if (!may(by, 'refer')) throw forbidden();
  const remote = sent['remote'] === true;
  const service = serviceRow(stored, textOf(sent, 'service_record_id'));
  const to = state.users.get(textOf(sent, 'transitioned_to') ?? '');
  refuse({
    ...(isConsented(stored, sent, 'disclosure_other_orgs', 'consent_for_services')
      ? {}
      : { consent: 'transition.errors.consent' }),
    ...(remote || receives(to, 'receive_referral') ? {} : noReceiver),
  });
  const transition = begun(state, stored, 'Referral', sent, by);
  const change: Fields = remote ? {} : { assigned_user_names: withUser(stored, transition.transitioned_to) };
  if (service !== undefined) change['services_section'] = [{ ...service, service_status_referred: true }];
  write(state, stored, change, by.user_name);
  if (!remote) alert(state, stored, 'referral', transition);
  return transition;
}

/** Asks somebody to take a case over. The owner changes when it is accepted. @throws Refused as `refer` does */
export function transfer(state: PrimeroState, stored: StoredCase, sent: Fields, by: PrimeroUser): Transition {
  if (!may(by, 'transfer')) throw forbidden();
  const to = state.users.get(textOf(sent, 'transitioned_to') ?? '');
  refuse({
    ...(isConsented(stored, sent, 'disclosure_other_orgs') ? {} : { consent: 'transition.errors.consent' }),
    ...(receives(to, 'receive_transfer') ? {} : noReceiver),
  });
  const transition = begun(state, stored, 'Transfer', sent, by);
  write(state, stored, { assigned_user_names: withUser(stored, to?.user_name) }, by.user_name);
  alert(state, stored, 'transfer', transition);
  return transition;
}

/** Gives a case to another owner at once. @throws Refused */
export function assign(state: PrimeroState, stored: StoredCase, sent: Fields, by: PrimeroUser): Transition {
  if (!may(by, 'assign')) throw forbidden();
  const to = state.users.get(textOf(sent, 'transitioned_to') ?? '');
  if (to === undefined || to.disabled === true) throw invalid({ transitioned_to: noReceiver.transitioned_to });
  const transition = begun(state, stored, 'Assign', sent, by);
  transition.status = 'done';
  write(state, stored, { owned_by: to.user_name }, by.user_name);
  return transition;
}

/** Asks the owner for a case. */
export function request(state: PrimeroState, stored: StoredCase, sent: Fields, by: PrimeroUser): Transition {
  return begun(state, stored, 'TransferRequest', { ...sent, transitioned_to: stored.data['owned_by'] }, by);
}

/**
 * What an answer does to a hand-over. An answer that its state doesn't allow changes nothing, and nobody is told; only
 * revoking works from every state, and never gives the case back to its owner.
 */
export function answer(
  state: PrimeroState,
  stored: StoredCase,
  transition: Transition,
  sent: Fields,
  by: PrimeroUser,
): void {
  const asked = textOf(sent, 'status');
  const { type, status } = transition;
  if (asked === 'revoked' && type === 'Transfer') return revoke(state, stored, transition, by);
  if (asked === 'done' && type === 'Referral' && status === 'accepted')
    return done(state, stored, transition, sent, by);
  if (status !== 'in_progress') return;
  if (asked === 'accepted') accept(state, stored, transition, by);
  if (asked === 'rejected') reject(state, stored, transition, sent, by);
}

export function revoke(state: PrimeroState, stored: StoredCase, transition: Transition, by: PrimeroUser): void {
  transition.status = 'revoked';
  release(state, stored, transition, by);
}

function accept(state: PrimeroState, stored: StoredCase, transition: Transition, by: PrimeroUser): void {
  transition.status = 'accepted';
  transition.responded_at = state.clock.now();
  const { type, transitioned_to: to } = transition;
  if (type === 'Transfer') {
    write(state, stored, { owned_by: to, assigned_user_names: withoutUser(stored, to) }, by.user_name);
  }
  if (type === 'TransferRequest') handOver(state, stored, transition, by);
  // An accepted referral leaves the case as it is, its time of change included.
  silence(stored, transition);
}

/** A request that is granted becomes a transfer to whoever asked. */
function handOver(state: PrimeroState, stored: StoredCase, request: Transition, by: PrimeroUser): void {
  const { transitioned_by: to, notes, consent_individual_transfer: consented } = request;
  const sent = { transitioned_to: to, notes, consent_overridden: consented, consent_individual_transfer: consented };
  begun(state, stored, 'Transfer', sent, by);
  write(state, stored, { assigned_user_names: withUser(stored, to) }, by.user_name);
}

function reject(state: PrimeroState, stored: StoredCase, transition: Transition, sent: Fields, by: PrimeroUser): void {
  transition.status = 'rejected';
  transition.responded_at = state.clock.now();
  transition.rejected_reason = textOf(sent, 'rejected_reason');
  if (transition.type !== 'TransferRequest') release(state, stored, transition, by);
}

/** The note of whoever gave the service goes into the service's row. */
function done(state: PrimeroState, stored: StoredCase, transition: Transition, sent: Fields, by: PrimeroUser): void {
  transition.status = 'done';
  const note = textOf(sent, 'rejection_note');
  const row = serviceRow(stored, transition.service_record_id);
  if (note !== undefined) transition.rejection_note = note;
  if (note !== undefined && row !== undefined) {
    const changed = { unique_id: row['unique_id'], note_on_referral_from_provider: note };
    write(state, stored, { services_section: [changed] }, by.user_name);
  }
  release(state, stored, transition, by);
}

function release(state: PrimeroState, stored: StoredCase, transition: Transition, by: PrimeroUser): void {
  write(state, stored, { assigned_user_names: withoutUser(stored, transition.transitioned_to) }, by.user_name);
  silence(stored, transition);
}

function begun(
  state: PrimeroState,
  stored: StoredCase,
  type: TransitionType,
  sent: Fields,
  by: PrimeroUser,
): Transition {
  const to = textOf(sent, 'transitioned_to');
  const transition: Transition = {
    id: state.newId(),
    type,
    status: 'in_progress',
    record_id: stored.id,
    transitioned_by: by.user_name,
    transitioned_to: to,
    transitioned_to_agency: textOf(sent, 'transitioned_to_agency') ?? state.users.get(to ?? '')?.agency,
    transitioned_to_remote: textOf(sent, 'transitioned_to_remote'),
    service: textOf(sent, 'service'),
    service_record_id: textOf(sent, 'service_record_id'),
    notes: textOf(sent, 'notes'),
    remote: sent['remote'] === true,
    consent_overridden: sent['consent_overridden'] === true,
    consent_individual_transfer: sent['consent_individual_transfer'] === true,
    allow_case_creation: sent['allow_case_creation'] === true,
    authorized_role_unique_id: textOf(sent, 'authorized_role_unique_id'),
    type_of_export: textOf(sent, 'type_of_export'),
    created_at: state.clock.now(),
  };
  state.transitions.push(transition);
  return transition;
}

/** @throws Refused when the case has none of that id and type */
export function transitionFor(state: PrimeroState, caseId: string, id: string, type: TransitionType): Transition {
  const found = state.transitionsOf(caseId, type).find((transition) => transition.id === id);
  if (found === undefined) throw notFound(type, id);
  return found;
}

const noReceiver = { transitioned_to: 'transition.errors.to_user_can_receive' };

function refuse(problems: Record<string, string>): void {
  if (Object.keys(problems).length > 0) throw invalid(problems);
}

/** Looked at when a hand-over begins, and never on the case itself. */
const isConsented = ({ data }: StoredCase, sent: Fields, ...needed: string[]): boolean =>
  sent['consent_overridden'] === true || needed.every((name) => data[name] === true);

const serviceRow = ({ data }: StoredCase, id: string | undefined): Fields | undefined =>
  id === undefined ? undefined : rowsOf(data, 'services_section').find(({ unique_id }) => unique_id === id);

const sharedWith = ({ data }: StoredCase): string[] =>
  Array.isArray(data['assigned_user_names']) ? (data['assigned_user_names'] as string[]) : [];

const withUser = (stored: StoredCase, name: string | undefined): string[] => [
  ...new Set([...sharedWith(stored), ...(name === undefined ? [] : [name])]),
];

const withoutUser = (stored: StoredCase, name: string | undefined): string[] =>
  sharedWith(stored).filter((shared) => shared !== name);

function alert(state: PrimeroState, { alerts }: StoredCase, type: string, { id, created_at }: Transition): void {
  const date = created_at.slice(0, 'YYYY-MM-DD'.length);
  alerts.push({ alert_for: type, type, date, form_unique_id: type, unique_id: id });
}

function silence({ alerts }: StoredCase, { id }: Transition): void {
  const index = alerts.findIndex(({ unique_id }) => unique_id === id);
  if (index >= 0) alerts.splice(index, 1);
}
