import { Impossible } from '../impossible.js';
import { somebody } from '../team.js';
import { words } from '../../words.js';
import { recordDecision } from '../decisions.js';
import type { Attempt, Satisfiers, Scene } from '../scene.js';

/** Codes that a demonstration does without: they make a sad or an odd story of any case. */
const AVOIDED = ['DECEASED', 'SPAM'];

/** What the step itself says, and who takes it. The way the case came here can't be changed. */
export const stepSatisfiers: Satisfiers<
  | 'actor'
  | 'differsFromSubmitter'
  | 'reasonCode'
  | 'reasonGiven'
  | 'outcomeCode'
  | 'assigneeWithoutConflict'
  | 'heldFrom'
  | 'heldBecause'
  | 'from'
  | 'personFlag'
  | 'taken'
> = {
  actor: (roles, scene, wanted) => {
    const attempt = attemptOf(scene);
    const allowed = attempt.transition.roles.filter((role) => roles.includes(role) === wanted);
    attempt.actor = somebody(allowed, scene.rehearsal.team, scene.rehearsal.state, submitterOf(scene));
  },
  differsFromSubmitter: (_, scene) => {
    const attempt = attemptOf(scene);
    attempt.actor = somebody(attempt.transition.roles, scene.rehearsal.team, scene.rehearsal.state, submitterOf(scene));
  },
  reasonCode: ({ list, in: only }, scene, wanted) => {
    const codes = Object.keys(scene.rehearsal.pathway.definition.reasons[list] ?? {});
    const allowed = codes.filter((code) => (only?.includes(code) ?? true) === wanted);
    const told = allowed.filter((code) => !AVOIDED.includes(code));
    attemptOf(scene).reasonCode = scene.rehearsal.random.pick(told.length > 0 ? told : allowed);
  },
  reasonGiven: (_, scene) => {
    attemptOf(scene).reason = words.reason;
  },
  outcomeCode: (_, scene) => {
    // The first outcomes of a pathway are the usual ones.
    const outcomes = Object.keys(scene.rehearsal.pathway.definition.outcomes).slice(0, 3);
    attemptOf(scene).outcome = scene.rehearsal.random.weighted(outcomes.map((code, index) => [code, 1 / (index + 1)]));
  },
  assigneeWithoutConflict: (_, scene) => {
    const { id, agency } = somebody(scene.rehearsal.team.owner.roles, scene.rehearsal.team, scene.rehearsal.state);
    attemptOf(scene).assignee = { owner: id, agency };
  },
  heldFrom: past,
  heldBecause: past,
  from: past,
  personFlag: past,
  taken: past,
};

/** What a decision has to say is said when it is made; afterwards only another decision could say it. */
export const decisionSatisfiers: Satisfiers<
  'decision' | 'quorumMet' | 'noVoteFrom' | 'optionChosen' | 'missingItemNamed' | 'reviewWithin' | 'decisionReason'
> = {
  // One that counts whenever it was made is not made up on the spot, to open a door.
  decision: ({ outcome, since }, scene, wanted) => {
    if (!wanted || since === undefined) return past();
    recordDecision(scene.rehearsal, scene.rehearsal.random.pick(outcome), scene.attempt?.transition);
  },
  quorumMet: past,
  noVoteFrom: past,
  optionChosen: past,
  missingItemNamed: past,
  reviewWithin: past,
  decisionReason: past,
};

function past(): never {
  throw new Impossible('what is past cannot be changed');
}

function attemptOf({ attempt }: Scene): Attempt {
  if (attempt === undefined) throw new Impossible('no step is being taken');
  return attempt;
}

function submitterOf({ rehearsal }: Scene): string[] {
  const by = rehearsal.state.enrolment?.entry.by;
  return by === undefined ? [] : [by];
}
