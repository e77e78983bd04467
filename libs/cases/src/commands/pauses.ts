import { addWorkingDays, endOfDay, localDateOf, plus, workingDaysBetween, type Instant } from '#libs/calendar';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { rearmed } from '../deadlines/rearm.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { DeadlineStatus, KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { supervises } from './supervisors.js';

/** A pause ends by itself, so that no deadline waits in silence. Assumed; to be confirmed. */
const LONGEST_PAUSE = 'P30D';

/**
 * A supervisor stops a clock of working days for a while, with a reason; the days lost are given back when it goes on.
 * Clocks that run through nights and weekends (safety, liberty, clinical windows, visits) are never paused (pathways 1.3).
 */
export function pauseDeadline(
  command: CaseCommand<'PauseDeadline'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { deadline: key, until, reason } = command.data;
  const deadline = state.deadlines[key];
  if (deadline === undefined) return unknown(unmet('NotFound', 'deadline', key));
  if (deadline.status !== 'armed' || deadline.paused !== undefined) {
    return conflict(unmet('WrongState', deadline.paused === undefined ? deadline.status : 'paused'));
  }
  const { now, calendar } = context;
  const inRange = until > now && until <= plus(now, LONGEST_PAUSE, calendar.zone);
  const problems = [
    ...(supervises(context.actor) ? [] : [unmet('RoleNotAllowed', 'deadline')]),
    ...(deadline.clock === 'working' && deadline.dueAt > now ? [] : [unmet('NotPausable', key)]),
    ...(inRange ? [] : [unmet('FieldInvalid', 'until')]),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const { definition } = deadline;
  return accepted({
    type: 'DeadlinePaused',
    data: { deadline: key, definition, until },
    sealed: { narrative: { reason } },
    occurredAt: now,
    precision: 'moment',
  });
}

/** Like a pause, its end counts from when it is recorded: what was due meanwhile was not told. */
export function resumeDeadline(
  command: CaseCommand<'ResumeDeadline'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { deadline: key } = command.data;
  const deadline = state.deadlines[key];
  if (deadline === undefined) return unknown(unmet('NotFound', 'deadline', key));
  if (deadline.status !== 'armed' || deadline.paused === undefined) return conflict(unmet('WrongState', 'paused'));
  if (!supervises(context.actor)) return refused(unmet('RoleNotAllowed', 'deadline'));
  return accepted(...resumed(deadline, context.now, state, context));
}

/** The pause is over: the same duty, due as many working days later as it stood still. */
export function resumed(deadline: DeadlineStatus, at: Instant, state: KnownCase, context: DecideContext): CaseEvent[] {
  const { definition, paused, dueAt } = deadline;
  if (paused === undefined) return [];
  const when = { occurredAt: at, precision: 'moment' as const };
  const { calendar } = context;
  const day = (moment: Instant) => localDateOf(moment, calendar.zone);
  const lost = workingDaysBetween(day(paused.at), day(at), calendar);
  const later = endOfDay(addWorkingDays(day(dueAt), lost, calendar), calendar.zone);
  return [
    { type: 'DeadlineCancelled', data: { deadline: deadline.deadline, definition, because: 'resumed' }, ...when },
    {
      type: 'DeadlineArmed',
      data: rearmed(deadline, later < dueAt ? dueAt : later, state, context, { keepReached: true }),
      ...when,
    },
  ];
}
