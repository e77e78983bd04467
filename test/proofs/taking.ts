import type { Outcome, Unmet } from '#libs/cases';
import { filledIn, somebody, supply, type Attempt, type Rehearsal } from '#libs/demonstration';
import type { TransitionDefinition } from '#libs/pathways';

/** A step as whoever takes it has filled it in: every code, reason and assignee that a form may ask for. */
export function filledForm(rehearsal: Rehearsal, transition: TransitionDefinition, outcome?: string): Attempt {
  const { team, state, pathway, random } = rehearsal;
  const actor = somebody(transition.roles, team, state, [state.enrolment?.entry.by ?? '']);
  const { owner } = team;
  const lists = transition.guards.flatMap(({ check }) => (check !== undefined && 'reasonCode' in check ? [check] : []));
  const reasons = lists.flatMap(({ reasonCode: { list, in: only } }) =>
    Object.keys(pathway.definition.reasons[list] ?? {}).filter((code) => only?.includes(code) ?? true),
  );
  return {
    transition,
    actor,
    attestations: [],
    reason: 'Synthetic reason',
    outcome: outcome ?? random.pick(Object.keys(pathway.definition.outcomes)),
    assignee: { owner: owner.id, agency: owner.agency },
    ...(reasons.length === 0 ? {} : { reasonCode: random.pick(reasons) }),
  };
}

export function propose(rehearsal: Rehearsal, attempt: Attempt): Outcome {
  return rehearsal.propose(attempt.actor, 'TakeTransition', filledIn(attempt));
}

export function unmetBy(rehearsal: Rehearsal, attempt: Attempt): Unmet[] {
  const outcome = propose(rehearsal.copy('asking'), attempt);
  return outcome.ok ? [] : outcome.refusal.unmet;
}

/**
 * Supplies what a refusal asked for and nothing else, decisions first and each thing once; what one thing brings with it
 * is not supplied again.
 *
 * @throws Impossible when something can't be supplied
 */
export function supplyAll(rehearsal: Rehearsal, attempt: Attempt, asked: readonly Unmet[]): void {
  const inOrder = asked.toSorted((one, other) => Number(isDecision(other)) - Number(isDecision(one)));
  for (const each of inOrder) {
    const isStillMissing = unmetBy(rehearsal, attempt).some(
      ({ code, subject }) => code === each.code && subject === each.subject,
    );
    if (isStillMissing) supply(rehearsal, attempt, [each]);
  }
}

const isDecision = ({ code }: Unmet): boolean => code === 'DecisionMissing';
