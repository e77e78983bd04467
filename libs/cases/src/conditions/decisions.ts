import { localDateOf, plus, startOfDay } from '#libs/calendar';
import type { View } from '../context.js';
import type { KnownCase } from '../state.js';
import { entryVersion } from './entry.js';
import type { Evaluators } from './evaluators.js';

/** Conditions on gatekeeping decisions. Those without an outcome of their own look at the latest since entry. */
export const decisionConditions: Evaluators<
  'decision' | 'quorumMet' | 'noVoteFrom' | 'optionChosen' | 'missingItemNamed' | 'reviewWithin' | 'decisionReason'
> = {
  decision: ({ outcome, since }, { state }) =>
    since === undefined
      ? state.decisions.some((decision) => outcome.includes(decision.outcome))
      : standing(state).some((decision) => outcome.includes(decision.outcome)),
  quorumMet: ({ gate }, { state, pathway }) => {
    const decision = latest(state, gate);
    const quorum = pathway?.definition.gates[gate]?.quorum ?? 1;
    const sitting = decision?.members.filter(({ vote }) => vote !== 'none') ?? [];
    return sitting.some(({ chair }) => chair) && new Set(sitting.map(({ id }) => id)).size >= quorum;
  },
  noVoteFrom: ({ fact }, { state }) => {
    const members = latest(state)?.members ?? [];
    return members.every(({ agency, vote }) => agency !== state.facts[fact] || vote === 'none');
  },
  optionChosen: (options, { state }) => {
    const option = latest(state)?.option;
    return option !== undefined && options.includes(option);
  },
  missingItemNamed: (_, { state }) => latest(state)?.missingItem !== undefined,
  reviewWithin: (span, view) => {
    const decision = latest(view.state);
    return decision?.reviewOn !== undefined && decision.reviewOn <= lastReviewDay(view, decision.at, span);
  },
  decisionReason: ({ not }, { state }) => {
    const decision = latest(state);
    return decision?.reasonCode !== undefined && !not.includes(decision.reasonCode);
  },
};

/** Decisions since entry that no later one at the same gate has superseded. */
export function standing(state: KnownCase): KnownCase['decisions'] {
  const recent = state.decisions.filter(({ version }) => version > entryVersion(state));
  return recent.filter(({ gate, version }) => !recent.some((each) => each.gate === gate && each.version > version));
}

function latest(state: KnownCase, gate?: string) {
  return state.decisions
    .filter((decision) => decision.version > entryVersion(state) && (gate === undefined || decision.gate === gate))
    .at(-1);
}

function lastReviewDay({ context }: View, decidedAt: string, span: string): string {
  const { zone } = context.calendar;
  return localDateOf(plus(startOfDay(localDateOf(decidedAt, zone), zone), span, zone), zone);
}
