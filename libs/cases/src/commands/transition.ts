import type { Pathway, TransitionDefinition } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import type { DecideContext, Step } from '../context.js';
import type { CaseEvent } from '../events.js';
import { afterwards } from '../evolve.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import { mayAttest, stepView, unmetRequirements } from '../requirements.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { inConflict } from '../conditions/steps.js';
import { attested } from './attest.js';
import { decisionEvent, decisionProblems, isReason } from './decisions.js';
import { assigned, whenOf } from './open.js';
import { isGiven, sealedWords } from './records.js';

type TakeTransition = CaseCommand<'TakeTransition'>;

/**
 * Moves the case. A decision and attestations may come with the step; they are recorded first and count for its guards.
 * Whatever is missing is told at once.
 */
export function takeTransition(command: TakeTransition, state: KnownCase, context: DecideContext): Outcome {
  const { enrolment } = state;
  if (enrolment === undefined) return conflict(unmet('WrongState', 'enrolment'));
  const pathway = context.pathway(enrolment.pathway);
  if (pathway === undefined) return unknown(unmet('NotFound', 'pathway', enrolment.pathway));
  const transition = pathway.definition.transitions.find(({ id }) => id === command.data.transition);
  if (transition === undefined) return unknown(unmet('NotFound', 'transition', command.data.transition));
  if (!transition.from.includes(enrolment.state)) {
    return conflict(
      unmet('WrongState', enrolment.state, pathway.definition.states[enrolment.state]?.title ?? enrolment.state),
    );
  }
  return stepOf(command, transition, enrolment.state, pathway, state, context);
}

function stepOf(
  command: TakeTransition,
  transition: TransitionDefinition,
  from: string,
  pathway: Pathway,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const brought = eventsBrought(command, transition, pathway, state, context);
  const prepared = afterwards(brought.events, state, context);
  const view = stepView(prepared, context, command.occurredAt, stepFrom(command, from, brought.events));
  const missing = [
    ...roleProblem(transition, context),
    ...codeProblems(command, pathway),
    ...assigneeProblem(command, state, context),
    ...brought.problems,
    ...unmetRequirements(transition, view, pathway),
  ];
  if (missing.length > 0) return refused(...missing);
  return accepted(
    ...brought.events,
    transitionTaken(command, transition, from, view.step?.reasonGiven === true),
    ...assignment(command, state),
  );
}

/** Attestations and the decision that come with the step, as facts of their own. */
function eventsBrought(
  command: TakeTransition,
  transition: TransitionDefinition,
  pathway: Pathway,
  state: KnownCase,
  context: DecideContext,
): { events: CaseEvent[]; problems: Unmet[] } {
  const { attestations, decision } = command.data;
  const events: CaseEvent[] = [];
  const problems: Unmet[] = [];
  for (const { guard: id, reason } of attestations) {
    const guard = transition.guards.find((each) => each.id === id);
    if (guard === undefined) problems.push(unmet('NotFound', id));
    else if (!mayAttest(guard, transition, context.actor.roles)) problems.push(unmet('RoleNotAllowed', id, guard.text));
    else if (reason.trim() === '') problems.push(unmet('FieldInvalid', `attestations.${id}`));
    else events.push(attested(id, reason, command));
  }
  if (decision !== undefined) {
    problems.push(...decisionProblems(decision, state, pathway, context));
    // Faulty or not it is there, so that only its own faults are told, not that a decision is missing.
    events.push(decisionEvent(decision, pathway, command));
  }
  return { events, problems };
}

function stepFrom({ data }: TakeTransition, from: string, brought: CaseEvent[]): Step {
  const decided = brought.some(({ type }) => type === 'DecisionRecorded');
  return {
    from,
    reasonCode: data.reasonCode,
    reasonGiven: decided || isGiven(data.reason),
    dangerDeclared: isGiven(data.danger),
    outcome: data.outcome,
    assignee: data.assignee,
  };
}

function roleProblem({ roles, id, title }: TransitionDefinition, { actor }: DecideContext): Unmet[] {
  return roles.some((role) => actor.roles.includes(role)) ? [] : [unmet('RoleNotAllowed', id, title)];
}

/** Codes stand in clear: what the pathway does not list may be words about a child. */
function codeProblems({ data: { outcome, reasonCode } }: TakeTransition, { definition }: Pathway): Unmet[] {
  return [
    ...(outcome === undefined || definition.outcomes[outcome] !== undefined
      ? []
      : [unmet('NotFound', 'outcome', outcome)]),
    ...(reasonCode === undefined || isReason(reasonCode, definition)
      ? []
      : [unmet('NotFound', 'reasonCode', reasonCode)]),
  ];
}

function assigneeProblem({ data: { assignee } }: TakeTransition, state: KnownCase, context: DecideContext): Unmet[] {
  return assignee !== undefined && inConflict(state, context, assignee.owner, assignee.agency)
    ? [unmet('ConflictOfInterest', 'assignee')]
    : [];
}

function transitionTaken(
  command: TakeTransition,
  { id, to }: TransitionDefinition,
  from: string,
  reasonGiven: boolean,
): CaseEvent<'TransitionTaken'> {
  const { reason, reasonCode, outcome, danger } = command.data;
  return {
    type: 'TransitionTaken',
    data: {
      transition: id,
      from,
      to,
      ...(reasonCode === undefined ? {} : { reasonCode }),
      reasonGiven,
      ...(isGiven(danger) ? { dangerDeclared: true as const } : {}),
      ...(outcome === undefined ? {} : { outcome }),
    },
    ...sealedWords({ reason, danger }),
    ...whenOf(command),
  };
}

function assignment(command: TakeTransition, state: KnownCase): CaseEvent[] {
  return command.data.assignee === undefined ? [] : [assigned(command.data.assignee, state, command)];
}
