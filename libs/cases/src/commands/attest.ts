import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { mayAttest } from '../requirements.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';

/** A named person declares what a machine cannot know, ahead of the step; it holds while the present state lasts. */
export function attestGuard(command: CaseCommand<'AttestGuard'>, state: KnownCase, context: DecideContext): Outcome {
  const { guard: id, reason } = command.data;
  if (state.enrolment === undefined) return conflict(unmet('WrongState', 'enrolment'));
  const { state: present } = state.enrolment;
  const pathway = context.pathway(state.enrolment.pathway);
  const transition = pathway?.definition.transitions.find(({ guards }) => guards.some((guard) => guard.id === id));
  const guard = transition?.guards.find((each) => each.id === id);
  if (transition === undefined || guard === undefined) return unknown(unmet('NotFound', 'guard', id));
  if (!transition.from.includes(present)) return conflict(unmet('WrongState', present));
  if (!mayAttest(guard, transition, context.actor.roles)) return refused(unmet('RoleNotAllowed', id, guard.text));
  return accepted({
    type: 'GuardAttested',
    data: { guard: id },
    sealed: { narrative: { reason } },
    ...whenOf(command),
  });
}
