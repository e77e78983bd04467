import type { CaseCommandData, Unmet } from '#libs/cases';
import type { TransitionDefinition } from '#libs/pathways';
import { recordDecision } from './decisions.js';
import { meetGuard } from './guards.js';
import { Impossible } from './impossible.js';
import { Play } from './play.js';
import { giveConsent, recordException } from './consents.js';
import { recordDocument } from './records.js';
import type { Rehearsal } from './rehearsal.js';
import type { Attempt } from './scene.js';
import { somebody } from './team.js';

/** More rounds of "what is missing?" than any step needs. */
const MOST_ROUNDS = 10;
/** Share of guardian consents that an exception stands in for (assumed). */
const EXCEPTIONS = 0.18;

/**
 * Takes a step as people do: ask, hear everything that is missing, supply it, ask again.
 *
 * @throws Impossible when something that is missing can't be supplied.
 */
export function takeTransition(rehearsal: Rehearsal, id: string): void {
  const transition = rehearsal.pathway.definition.transitions.find((each) => each.id === id);
  if (transition === undefined) throw new Impossible(`no transition ${id}`);
  const attempt: Attempt = { transition, actor: actorFor(rehearsal, transition), attestations: [] };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    rehearsal.tick();
    const outcome = rehearsal.propose(attempt.actor, 'TakeTransition', filledIn(attempt));
    if (outcome.ok) return;
    supply(rehearsal, attempt, outcome.refusal.unmet);
  }
  throw new Impossible(`${id}: something is always missing`);
}

function actorFor({ team, state }: Rehearsal, { roles }: TransitionDefinition) {
  return somebody(roles, team, state);
}

export function filledIn({ transition, reasonCode, reason, outcome, assignee, attestations }: Attempt) {
  const data: CaseCommandData['TakeTransition'] = {
    transition: transition.id,
    attestations,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reason === undefined ? {} : { reason }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(assignee === undefined ? {} : { assignee }),
  };
  return data;
}

/** The decision comes first: it counts as the document of its gate. */
export function supply(rehearsal: Rehearsal, attempt: Attempt, missing: readonly Unmet[]): void {
  const decision = missing.find(({ code }) => code === 'DecisionMissing');
  if (decision !== undefined) return recordDecision(rehearsal, decision.subject, attempt.transition);
  for (const unmet of missing) supplyOne(rehearsal, attempt, unmet);
}

function supplyOne(rehearsal: Rehearsal, attempt: Attempt, { code, subject }: Unmet): void {
  const { transition } = attempt;
  if (code === 'DocumentMissing') return recordDocument(rehearsal, subject);
  if (code === 'ConsentMissing') return consent(rehearsal, transition, subject);
  const guard = transition.guards.find(({ id }) => id === subject);
  if (guard === undefined) throw new Impossible(`${code} ${subject}`);
  meetGuard(new Play(rehearsal, attempt), guard, transition);
}

function consent(rehearsal: Rehearsal, { consents }: TransitionDefinition, kind: string): void {
  const exceptionCounts = consents.some((each) => each.kind === kind && each.orException === true);
  if (exceptionCounts && rehearsal.random.chance(EXCEPTIONS)) recordException(rehearsal, kind);
  else giveConsent(rehearsal, kind);
}
