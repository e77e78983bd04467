import type { GuardDefinition, PathwayDefinition, TransitionDefinition } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import type { CaseCommand } from '../commands.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
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
  const found = pathway && findGuard(id, pathway.definition);
  if (found === undefined) return unknown(unmet('NotFound', 'guard', id));
  const { guard, transition } = found;
  if (transition?.from.includes(present) === false) return conflict(unmet('WrongState', present));
  const problems = [
    ...(mayAttest(guard, transition, context.actor.roles) ? [] : [unmet('RoleNotAllowed', id, guard.text)]),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted(attested(id, reason, command));
}

export function attested(guard: string, reason: string, occurrence: Occurrence): CaseEvent<'GuardAttested'> {
  return { type: 'GuardAttested', data: { guard }, sealed: { narrative: { reason } }, ...whenOf(occurrence) };
}

/** Guards stand before a transition of the case, or before a state of a track. */
function findGuard(
  id: string,
  { transitions, tracks }: PathwayDefinition,
): { guard: GuardDefinition; transition: TransitionDefinition | undefined } | undefined {
  for (const transition of transitions) {
    const guard = transition.guards.find((each) => each.id === id);
    if (guard !== undefined) return { guard, transition };
  }
  const guard = Object.values(tracks)
    .flatMap(({ enter = {} }) => Object.values(enter).flat())
    .find((each) => each.id === id);
  return guard && { guard, transition: undefined };
}
