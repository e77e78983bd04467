import { plus } from '#libs/calendar';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { isSealed } from '../seals/seal.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';
import { supervises } from './supervisors.js';

/** How long a court order opens a sealed record. Assumed. */
const OPEN_FOR = 'P30D';

/** A sealed record is opened by a court order alone, and by two people (GR-SEAL, GR-2P). */
export function proposeUnsealing(
  command: CaseCommand<'ProposeUnsealing'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { unsealingId, orderReference, reason } = command.data;
  const pathway = state.enrolment && context.pathway(state.enrolment.pathway);
  if (!isSealed(state, pathway, context.now)) return conflict(unmet('WrongState', 'case'));
  const problems = [
    ...(supervises(context.actor) ? [] : [unmet('RoleNotAllowed', 'case')]),
    ...(orderReference.trim() === '' ? [unmet('FieldInvalid', 'orderReference')] : []),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({
    type: 'UnsealingProposed',
    data: { unsealingId, orderReference },
    ...narrative(reason),
    ...whenOf(command),
  });
}

export function approveUnsealing(
  command: CaseCommand<'ApproveUnsealing'>,
  { unsealing }: KnownCase,
  { actor, now, calendar }: DecideContext,
): Outcome {
  const { unsealingId } = command.data;
  if (unsealing?.unsealingId !== unsealingId) return unknown(unmet('NotFound', 'unsealingId'));
  const problems = [
    ...(supervises(actor) ? [] : [unmet('RoleNotAllowed', 'case')]),
    ...(unsealing.by === actor.id ? [unmet('TwoPersonRule', 'unsealingId')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const until = plus(now, OPEN_FOR, calendar.zone);
  return accepted({ type: 'RecordUnsealed', data: { unsealingId, until }, ...whenOf(command) });
}
