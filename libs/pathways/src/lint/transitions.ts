import type { GuardDefinition, PathwayDefinition, TransitionDefinition } from '../definition.js';
import { error, type Finding } from '../finding.js';

/** Transitions are told apart by id and by action, carry out decisions that somebody may take, and need a person. */
export function lintTransitions(definition: PathwayDefinition): Finding[] {
  return [
    ...repeatedIds(definition.transitions),
    ...ambiguousActions(definition.transitions),
    ...ambiguousOutcomes(definition),
    ...definition.transitions.flatMap((transition, index) => [
      ...systemAlone(definition, transition, `/transitions/${index}`),
      ...withoutDecider(definition, transition, `/transitions/${index}`),
      ...lintGuards(transition.guards, `/transitions/${index}/guards`, transition.id),
    ]),
    ...Object.entries(definition.tracks).flatMap(([id, track]) =>
      Object.entries(track.enter ?? {}).flatMap(([state, guards]) =>
        lintGuards(guards, `/tracks/${id}/enter/${state}`, `${id}.${state}`),
      ),
    ),
    ...lintGuards(definition.factGuards ?? [], '/factGuards', 'FACTS'),
  ];
}

function repeatedIds(transitions: readonly TransitionDefinition[]): Finding[] {
  return transitions.flatMap(({ id }, index) =>
    transitions.findIndex((other) => other.id === id) < index
      ? [error('transition-duplicate', `/transitions/${index}/id`, `${id} names more than one transition`)]
      : [],
  );
}

function ambiguousActions(transitions: readonly TransitionDefinition[]): Finding[] {
  return transitions.flatMap((transition, index) => {
    const earlier = transitions
      .slice(0, index)
      .find(
        ({ action, from }) => action === transition.action && from.some((state) => transition.from.includes(state)),
      );
    return earlier === undefined
      ? []
      : [
          error(
            'action-ambiguous',
            `/transitions/${index}/action`,
            `${transition.id} and ${earlier.id} leave the same state by "${transition.action}"`,
          ),
        ];
  });
}

/** An outcome stands for one gate, so that a decision needs no more than its outcome to be understood. */
function ambiguousOutcomes({ gates }: PathwayDefinition): Finding[] {
  const all = Object.entries(gates).flatMap(([gate, { outcomes }]) =>
    Object.keys(outcomes).map((outcome) => ({ gate, outcome })),
  );
  return all.flatMap(({ gate, outcome }, index) =>
    all.findIndex((other) => other.outcome === outcome) < index
      ? [error('outcome-ambiguous', `/gates/${gate}/outcomes/${outcome}`, `${outcome} is an outcome of two gates`)]
      : [],
  );
}

/** A timer may open a review. It never decides on risk, eligibility or an ending (cross-cutting rule GR-AI). */
function systemAlone(definition: PathwayDefinition, transition: TransitionDefinition, path: string): Finding[] {
  const alone = transition.roles.every((role) => role === 'SYSTEM');
  const opensReview = definition.states[transition.to]?.phase === 'review';
  return alone && !opensReview
    ? [error('system-alone', `${path}/roles`, `${transition.id} needs a person: only the opening of a review does not`)]
    : [];
}

function withoutDecider(definition: PathwayDefinition, transition: TransitionDefinition, path: string): Finding[] {
  const outcome = transition.decision;
  const gate = Object.values(definition.gates).find(({ outcomes }) => outcome !== undefined && outcome in outcomes);
  return gate === undefined || gate.deciders.some((role) => transition.roles.includes(role))
    ? []
    : [
        error(
          'decision-without-decider',
          `${path}/decision`,
          `None of the roles of ${transition.id} decides at the gate of ${String(outcome)}`,
        ),
      ];
}

function lintGuards(guards: readonly GuardDefinition[], path: string, owner: string): Finding[] {
  return guards.flatMap((guard, index) => {
    const at = `${path}/${index}`;
    const suffix = guard.id.startsWith(`${owner}.`) ? guard.id.slice(owner.length + 1) : '';
    const repeated = guards.findIndex(({ id }) => id === guard.id) < index;
    return [
      ...(guard.check === undefined && guard.attestation === undefined
        ? [error('guard-empty', at, `${guard.id} has neither a check nor an attestation`)]
        : []),
      ...(/^[1-9]\d*[a-z]?$/.test(suffix)
        ? []
        : [error('guard-misnamed', `${at}/id`, `A guard of ${owner} is named ${owner}.1 or ${owner}.1a`)]),
      ...(repeated ? [error('guard-duplicate', `${at}/id`, `${guard.id} names more than one guard`)] : []),
    ];
  });
}
