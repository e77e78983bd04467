import type { GateDefinition, Pathway, PathwayDefinition } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import type { CaseCommand, DecisionInput } from '../commands.js';
import { inConflict } from '../conditions/steps.js';
import { documentsOf } from '../conditions/records.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { choiceProblems } from './choices.js';
import { whenOf } from './open.js';
import { panelProblems } from './panels.js';

/** Records a gatekeeping decision: immutable, superseded by a later one, never edited. */
export function recordDecision(
  command: CaseCommand<'RecordDecision'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  if (state.enrolment === undefined) return conflict(unmet('WrongState', 'enrolment'));
  const pathway = context.pathway(state.enrolment.pathway);
  if (pathway === undefined) return unknown(unmet('NotFound', 'pathway'));
  const problems = decisionProblems(command.data, state, pathway, context);
  return problems.length > 0 ? refused(...problems) : accepted(decisionEvent(command.data, pathway, command));
}

/** Everything that stands against a decision: who takes it, who sits, what is on the table, and why it comes out so. */
export function decisionProblems(
  decision: DecisionInput,
  state: KnownCase,
  { definition }: Pathway,
  context: DecideContext,
): Unmet[] {
  const gate = definition.gates[decision.gate];
  if (gate === undefined) return [unmet('NotFound', 'gate', decision.gate)];
  return [
    ...(gate.outcomes[decision.outcome] === undefined ? [unmet('NotFound', 'outcome', decision.outcome)] : []),
    ...(gate.deciders.some((role) => context.actor.roles.includes(role))
      ? []
      : [unmet('RoleNotAllowed', decision.gate, gate.title)]),
    ...(decision.reasonCode === undefined || isReason(decision.reasonCode, definition)
      ? []
      : [unmet('NotFound', 'decision.reasonCode', decision.reasonCode)]),
    ...(decision.reasons.trim() === '' ? [unmet('FieldInvalid', 'decision.reasons')] : []),
    ...viewsProblem(decision, gate, state),
    ...panelProblems(decision, gate, state, context),
    ...choiceProblems(decision, gate, context),
    ...(state.decisions.some(({ decisionId }) => decisionId === decision.decisionId)
      ? [unmet('AlreadyExists', 'decisionId')]
      : []),
    ...membersInConflict(decision, state, context),
  ];
}

export function isReason(code: string, { reasons }: PathwayDefinition): boolean {
  return Object.values(reasons).some((list) => list[code] !== undefined);
}

export function decisionEvent(
  input: DecisionInput,
  { definition }: Pathway,
  when: Occurrence,
): CaseEvent<'DecisionRecorded'> {
  const { reasons, views, options, ...facts } = input;
  const { said, whyNotFollowed, ...viewsSummary } = views;
  const document = definition.gates[input.gate]?.document ?? 'GK_DECISION';
  return {
    type: 'DecisionRecorded',
    data: {
      ...facts,
      document,
      options: options.map(({ option, reason }) => ({ option, reasonGiven: (reason ?? '').trim() !== '' })),
      views: viewsSummary,
    },
    sealed: { narrative: { reasons, options, views: { said, whyNotFollowed } } },
    ...whenOf(when),
  };
}

/** CRC Art. 12 and GC12: no gatekeeping decision without the child's views, save in immediate danger (pathways 1.7). */
function viewsProblem({ views }: DecisionInput, gate: GateDefinition, state: KnownCase): Unmet[] {
  if (gate.views !== 'required') return [];
  if (views.sought === 'later') {
    const later = gate.viewsLaterIn?.includes(state.enrolment?.state ?? '') === true;
    return later || viewsOnRecord(state) ? [] : [unmet('ViewsMissing', 'decision.views')];
  }
  if (views.sought === 'not_applicable') return [unmet('ViewsMissing', 'decision.views')];
  const explained = views.followed === true || (views.whyNotFollowed ?? '').trim() !== '';
  const said = (views.said ?? '').trim() !== '' || viewsOnRecord(state);
  return said && explained ? [] : [unmet('ViewsMissing', 'decision.views')];
}

function viewsOnRecord(state: KnownCase): boolean {
  return documentsOf(state, 'CHILD_VIEWS', undefined).length > 0;
}

function membersInConflict({ members }: DecisionInput, state: KnownCase, context: DecideContext): Unmet[] {
  const { actor } = context;
  return [...members.filter(({ vote }) => vote !== 'none'), { id: actor.id, agency: actor.agency }]
    .filter(({ id, agency }) => inConflict(state, context, id, agency))
    .map(({ id }) => unmet('ConflictOfInterest', id));
}
