import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { deadlineDefinitions } from '../deadlines/definitions.js';
import { rungsOf } from '../deadlines/rungs.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { mayMove } from '../referrals/life-cycle.js';
import type { DeadlineStatus, KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';

/** Roles that answer for others' deadlines. */
const SUPERVISORS = ['PDOSVY_SUP', 'NGO_SUP', 'AGENCY_HEAD', 'MOSVY_CPD'];

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
  const definition = deadlineDefinitions(state, context).find(([id]) => id === deadline.definition)?.[1];
  const problems = [
    ...(context.actor.roles.some((role) => SUPERVISORS.includes(role)) ? [] : [unmet('RoleNotAllowed', 'deadline')]),
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
    { type: 'DeadlineArmed', data: extended(deadline, until, state, context), ...when },
  );
}

/** The same duty with a later due time; its ladder begins anew, so that the new time is not missed in silence either. */
function extended(deadline: DeadlineStatus, until: string, state: KnownCase, context: DecideContext) {
  const ladder = context.common.ladders[deadline.ladder];
  if (ladder === undefined) throw new TypeError(`no ladder ${deadline.ladder}`);
  const { definition, occurrence, subject, startedAt, windowFrom, clock, granularity, confirmed } = deadline;
  return {
    deadline: `${definition}.${(state.armings[definition] ?? 0) + 1}`,
    definition,
    occurrence,
    ...(subject === undefined ? {} : { subject }),
    startedAt,
    windowFrom,
    dueAt: until,
    clock,
    granularity,
    ladder: deadline.ladder,
    confirmed,
    rungs: rungsOf(ladder, { startedAt, dueAt: until, recordedAt: context.now, clock }, context.calendar),
    reachedBefore: [],
    replaces: deadline.deadline,
    closedOnArrival: false,
  };
}

/**
 * Every rung whose time has come is reached, in order, once. Issued by a wake-up or by the sweep, any number of times:
 * a deadline that was met or cancelled meanwhile, or a rung already reached, makes nothing happen.
 */
export function reachRungs(command: CaseCommand<'ReachRungs'>, state: KnownCase, context: DecideContext): Outcome {
  const deadline = state.deadlines[command.data.deadline];
  if (deadline?.status !== 'armed') return accepted();
  const due = deadline.rungs.filter(({ rung, at }) => at <= context.now && !deadline.reached.includes(rung));
  return accepted(...due.flatMap((rung) => rungEvents(deadline, rung, state, context)));
}

function rungEvents(
  deadline: DeadlineStatus,
  { rung, at, recipients, action, records }: DeadlineStatus['rungs'][number],
  state: KnownCase,
  context: DecideContext,
): CaseEvent[] {
  const { deadline: key, definition, dueAt } = deadline;
  const when = { occurredAt: at, precision: 'moment' as const };
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
function expiry(
  { definition: id, subject, dueAt, rungs }: DeadlineStatus,
  rung: number,
  state: KnownCase,
  context: DecideContext,
): CaseEvent[] {
  const definition = deadlineDefinitions(state, context).find(([each]) => each === id)?.[1];
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
