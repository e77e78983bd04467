import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { deadlineDefinitions } from '../deadlines/definitions.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { rearmed } from '../deadlines/rearm.js';
import { mayMove } from '../referrals/life-cycle.js';
import type { DeadlineStatus, KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { resumed } from './pauses.js';
import { supervises } from './supervisors.js';

/** A supervisor extends an ordinary deadline once, with a reason; liberty and clinical clocks never (pathways 1.4). */
export function extendDeadline(
  command: CaseCommand<'ExtendDeadline'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { deadline: key, until, reason } = command.data;
  const deadline = state.deadlines[key];
  if (deadline === undefined) return unknown(unmet('NotFound', 'deadline', key));
  if (deadline.status !== 'armed') return conflict(unmet('WrongState', deadline.status));
  const definition = definitionOf(deadline, state, context);
  const problems = [
    ...(supervises(context.actor) ? [] : [unmet('RoleNotAllowed', 'deadline')]),
    ...(definition?.extendable === true && !deadline.extended
      ? []
      : [unmet('NotExtendable', key, definition?.title ?? key)]),
    ...(until > deadline.dueAt && until > context.now ? [] : [unmet('FieldInvalid', 'until')]),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const when = whenOf(command);
  return accepted(
    {
      type: 'DeadlineExtended',
      data: { deadline: key, definition: deadline.definition, until },
      sealed: { narrative: { reason } },
      ...when,
    },
    {
      type: 'DeadlineCancelled',
      data: { deadline: key, definition: deadline.definition, because: 'extended' },
      ...when,
    },
    { type: 'DeadlineArmed', data: rearmed(deadline, until, state, context, { keepReached: false }), ...when },
  );
}

/**
 * Every rung whose time has come is reached, in order, once. Issued by a wake-up or by the sweep, any number of times:
 * a deadline that was met or cancelled meanwhile, or a rung already reached, makes nothing happen.
 */
export function reachRungs(command: CaseCommand<'ReachRungs'>, state: KnownCase, context: DecideContext): Outcome {
  const deadline = state.deadlines[command.data.deadline];
  if (deadline?.status !== 'armed') return accepted();
  const { paused } = deadline;
  if (paused !== undefined) {
    return accepted(...(paused.until <= context.now ? resumed(deadline, paused.until, state, context) : []));
  }
  const due = deadline.rungs.filter(({ rung, at }) => at <= context.now && !deadline.reached.includes(rung));
  const events = due.flatMap((rung) => rungEvents(deadline, rung, state, context));
  const lapse = events.findIndex(({ type }) => type === 'DeadlineCancelled');
  return accepted(...(lapse === -1 ? events : events.slice(0, lapse + 1)));
}

function rungEvents(
  deadline: DeadlineStatus,
  { rung, at, recipients, action, records }: DeadlineStatus['rungs'][number],
  state: KnownCase,
  context: DecideContext,
): CaseEvent[] {
  const { deadline: key, definition, dueAt } = deadline;
  const when = { occurredAt: at, precision: 'moment' as const };
  if (at >= dueAt && definitionOf(deadline, state, context)?.onDue === 'lapse') {
    return [{ type: 'DeadlineCancelled', data: { deadline: key, definition, because: 'lapsed' }, ...when }];
  }
  return [
    { type: 'RungReached', data: { deadline: key, definition, rung, dueAt, ...(records && { records }) }, ...when },
    {
      type: 'EscalationRaised',
      data: { deadline: key, definition, rung, recipients, ...(action && { action }), overdue: at >= dueAt },
      ...when,
    },
    ...expiry(deadline, rung, state, context),
  ];
}

/** A referral that nobody answered by its due time expires; it can be sent again, to somebody else. */
function expiry(deadline: DeadlineStatus, rung: number, state: KnownCase, context: DecideContext): CaseEvent[] {
  const { subject, dueAt, rungs } = deadline;
  const definition = definitionOf(deadline, state, context);
  const referral = subject === undefined ? undefined : state.referrals[subject];
  // On a day off the first rung after the due time waits for the next working morning, and so does the expiry.
  const first = rungs.find(({ at }) => at >= dueAt);
  if (definition?.onDue !== 'expire_referral' || first?.rung !== rung || referral === undefined) return [];
  if (!mayMove(referral.state, 'EXPIRED')) return [];
  return [
    {
      type: 'ReferralExpired',
      data: { referralId: referral.referralId },
      occurredAt: first.at,
      precision: 'moment',
    },
  ];
}

function definitionOf({ definition }: DeadlineStatus, state: KnownCase, context: DecideContext) {
  return deadlineDefinitions(state, context).find(([id]) => id === definition)?.[1];
}
