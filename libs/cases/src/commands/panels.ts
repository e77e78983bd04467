import type { GateDefinition } from '#libs/pathways';
import type { DecisionInput } from '../commands.js';
import { inConflict } from '../conditions/steps.js';
import type { DecideContext } from '../context.js';
import type { DecisionMember } from '../events.js';
import type { Unmet } from '../refusal.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';

/** Who sits: enough of them, each known, the chair among them, and nobody who submitted the case themselves (GR-2P). */
export function panelProblems(
  decision: DecisionInput,
  gate: GateDefinition,
  state: KnownCase,
  context: DecideContext,
): Unmet[] {
  return [
    ...placeProblem(gate, state),
    ...submitterProblems(decision, gate, state, context),
    ...decision.members.flatMap((member) => memberProblems(member, context)),
    ...quorumProblem(decision, gate, state, context),
  ];
}

function placeProblem({ at, title }: GateDefinition, { enrolment }: KnownCase): Unmet[] {
  return at === undefined || at.includes(enrolment?.state ?? '') ? [] : [unmet('WrongState', 'decision.gate', title)];
}

/** Where an authority outside decides (its gates ask for no views), whoever submitted the case may write down what it decided. */
function submitterProblems(
  { members }: DecisionInput,
  { at, views, title }: GateDefinition,
  { enrolment }: KnownCase,
  { actor }: DecideContext,
): Unmet[] {
  const submitter = enrolment?.entry.by;
  if (views === 'none' || at?.includes(enrolment?.state ?? '') !== true) return [];
  const deciders = [actor.id, ...members.filter(votes).map(({ id }) => id)];
  return submitter !== undefined && deciders.includes(submitter) ? [unmet('TwoPersonRule', 'decision', title)] : [];
}

/** Members are who the directory says they are: a made-up name does not make a quorum. */
function memberProblems({ id, agency, role }: DecisionMember, context: DecideContext): Unmet[] {
  const known = context.staff(id);
  if (known === undefined || known.agency !== agency) return [unmet('NotFound', 'decision.members', id)];
  return known.roles.includes(role) ? [] : [unmet('RoleNotAllowed', 'decision.members', `${id}, ${role}`)];
}

function quorumProblem(
  { members, outcome }: DecisionInput,
  gate: GateDefinition,
  state: KnownCase,
  context: DecideContext,
): Unmet[] {
  const { quorum, withoutPanel = [], noVoteFrom, deciders, title } = gate;
  if (quorum === undefined || withoutPanel.includes(outcome)) return [];
  const barred = noVoteFrom === undefined ? undefined : state.facts[noVoteFrom];
  const sitting = members.filter(
    (member) => votes(member) && member.agency !== barred && !inConflict(state, context, member.id, member.agency),
  );
  const chaired = sitting.some(
    ({ id, chair }) => chair && context.staff(id)?.roles.some((role) => deciders.includes(role)),
  );
  return chaired && new Set(sitting.map(({ id }) => id)).size >= quorum
    ? []
    : [unmet('QuorumMissing', 'decision.members', { en: `${title.en}: ${quorum}`, km: `${title.km}៖ ${quorum}` })];
}

const votes = ({ vote }: DecisionMember): boolean => vote !== 'none';
