import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { deadlineDefinitions } from '../deadlines/definitions.js';
import { extension } from '../deadlines/extend.js';
import { reachedRungs, reachedUntilLapse } from '../deadlines/reach.js';
import type { CaseEvent } from '../events.js';
import { accepted, type Outcome } from '../outcome.js';
import { mayMove } from '../referrals/life-cycle.js';
import type { DeadlineStatus, KnownCase } from '../state.js';
import { resumed } from './pauses.js';

export function extendDeadline(
  command: CaseCommand<'ExtendDeadline'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  return extension(command.data, command, state, deadlineDefinitions(state, context), context);
}

/** A paused deadline goes on by itself when its time has come; what is due by then is told by the next wake-up. */
export function reachRungs(command: CaseCommand<'ReachRungs'>, state: KnownCase, context: DecideContext): Outcome {
  const { deadline: key } = command.data;
  const deadline = state.deadlines[key];
  if (deadline?.status !== 'armed') return accepted();
  const { paused } = deadline;
  if (paused !== undefined) {
    return accepted(...(paused.until <= context.now ? resumed(deadline, paused.until, state, context) : []));
  }
  const onDue = definitionOf(deadline, state, context)?.onDue;
  if (onDue === 'lapse') return accepted(...reachedUntilLapse(key, state, context));
  return accepted(
    ...reachedRungs(key, state, context, (due, at) => (onDue === 'expire_referral' ? expiry(due, at, state) : [])),
  );
}

function definitionOf(
  { definition }: DeadlineStatus,
  state: KnownCase,
  context: DecideContext,
): DeadlineDefinition | undefined {
  return deadlineDefinitions(state, context).find(([id]) => id === definition)?.[1];
}

/** A referral that nobody answered by its due time expires; it can be sent again, to somebody else. */
function expiry(
  { subject }: DeadlineStatus,
  occurredAt: Instant,
  { referrals }: KnownCase,
): CaseEvent<'ReferralExpired'>[] {
  const referral = subject === undefined ? undefined : referrals[subject];
  if (referral === undefined || !mayMove(referral.state, 'EXPIRED')) return [];
  const { referralId } = referral;
  return [{ type: 'ReferralExpired', data: { referralId }, occurredAt, precision: 'moment' }];
}
