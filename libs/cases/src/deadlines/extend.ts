import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import { supervises } from '../commands/supervisors.js';
import type { DeadlineContext } from '../context.js';
import type { DeadlineEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { DeadlineBook } from '../state.js';
import { unmet } from '../texts.js';
import { rearmed } from './rearm.js';

/** What is asked for: until when, and why. */
export interface ExtensionAsked {
  deadline: string;
  until: Instant;
  reason: string;
}

/** A supervisor extends an ordinary deadline once, with a reason; liberty and clinical clocks never (pathways 1.4). */
export function extension(
  { deadline: key, until, reason }: ExtensionAsked,
  { occurredAt, precision }: Occurrence,
  book: DeadlineBook,
  definitions: readonly [string, DeadlineDefinition][],
  context: DeadlineContext,
): Outcome<DeadlineEvent> {
  const deadline = book.deadlines[key];
  if (deadline === undefined) return unknown(unmet('NotFound', 'deadline', key));
  if (deadline.status !== 'armed') return conflict(unmet('WrongState', deadline.status));
  const definition = definitions.find(([id]) => id === deadline.definition)?.[1];
  const problems = [
    ...(supervises(context.actor) ? [] : [unmet('RoleNotAllowed', 'deadline')]),
    ...(definition?.extendable === true && !deadline.extended
      ? []
      : [unmet('NotExtendable', key, definition?.title ?? key)]),
    ...(until > deadline.dueAt && until > context.now ? [] : [unmet('FieldInvalid', 'until')]),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const when = { occurredAt, precision };
  return accepted<DeadlineEvent>(
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
    { type: 'DeadlineArmed', data: rearmed(deadline, until, book, context, { keepReached: false }), ...when },
  );
}
