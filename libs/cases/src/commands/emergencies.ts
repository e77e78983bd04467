import { plus } from '#libs/calendar';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';
import { supervises } from './supervisors.js';

/**
 * Opens the case for a few hours to somebody who has no other access to it, because a child is in danger. Whoever keeps it
 * hears of it at once, and a supervisor has to say afterwards whether it was right (GR-BREAK).
 */
export function takeEmergencyAccess(
  command: CaseCommand<'TakeEmergencyAccess'>,
  state: KnownCase,
  { actor, now, common, calendar }: DecideContext,
): Outcome {
  const { accessId, reason } = command.data;
  const { lasts, reasonAtLeast, recipients } = common.emergencyAccess;
  if (state.emergencies.some((each) => each.accessId === accessId)) return conflict(unmet('AlreadyExists', 'accessId'));
  if (state.emergencies.some(({ staff, until }) => staff === actor.id && now < until)) {
    return conflict(unmet('AlreadyExists', 'emergencyAccess'));
  }
  if (reason.trim().length < reasonAtLeast) return refused(unmet('FieldInvalid', 'reason', String(reasonAtLeast)));
  // It runs from now and not from when it is said to have begun: nobody takes it for the past.
  const until = plus(now, lasts, calendar.zone);
  const when = { occurredAt: now, precision: 'moment' } as const;
  const access = { accessId, staff: actor.id, agency: actor.agency, until };
  const events: CaseEvent[] = [
    { type: 'EmergencyAccessTaken', data: access, ...narrative(reason), ...when },
    { type: 'AlertRaised', data: { alert: 'EMERGENCY_ACCESS', recipients }, ...when },
  ];
  return accepted(...events);
}

/** Said by a supervisor, and never by whoever took it (GR-2P). */
export function reviewEmergencyAccess(
  command: CaseCommand<'ReviewEmergencyAccess'>,
  state: KnownCase,
  { actor }: DecideContext,
): Outcome {
  const { accessId, justified, text } = command.data;
  const access = state.emergencies.find((each) => each.accessId === accessId);
  if (access === undefined) return unknown(unmet('NotFound', 'accessId'));
  if (access.justified !== undefined) return conflict(unmet('WrongState', 'accessId'));
  const problems = [
    ...(supervises(actor) ? [] : [unmet('RoleNotAllowed', 'accessId')]),
    ...(access.staff === actor.id ? [unmet('TwoPersonRule', 'accessId')] : []),
    ...(text.trim() === '' ? [unmet('FieldInvalid', 'text')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const data = { accessId, justified };
  return accepted({ type: 'EmergencyAccessReviewed', data, ...narrative(text), ...whenOf(command) });
}
