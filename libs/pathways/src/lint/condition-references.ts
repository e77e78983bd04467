import { byKey, type Condition, type ConditionBody, type ConditionKey } from '../condition.js';
import { each, factValue, one, type Reference } from './reference.js';

/** Everything a condition names by code, in all its branches. */
export function conditionReferences(condition: Condition | undefined, path: string): Reference[] {
  return condition === undefined
    ? []
    : byKey(namesIn, condition).map((found) => ({ ...found, path: path + found.path }));
}

type Names = { [Key in ConditionKey]: (body: ConditionBody<Key>) => Reference[] };

const nothing = (): Reference[] => [];

const branches =
  (key: 'all' | 'any') =>
  (conditions: Condition[]): Reference[] =>
    conditions.flatMap((condition, index) => conditionReferences(condition, `/${key}/${index}`));

/** Paths are relative to the condition. */
const namesIn: Names = {
  all: branches('all'),
  any: branches('any'),
  not: (condition) => conditionReferences(condition, '/not'),
  risk: nothing,
  riskConfirmed: nothing,
  fact: (fact) => [
    one('fact', fact.name, '/fact/name'),
    ...factValue(fact.name, fact.is, '/fact/is'),
    ...(fact.in ?? []).flatMap((value, index) => factValue(fact.name, value, `/fact/in/${index}`)),
  ],
  track: (track) => [one('track', track.id, '/track/id'), ...each('track-state', track.in, '/track/in', track.id)],
  trackRows: (rows) => [
    one('track', rows.id, '/trackRows/id'),
    ...each('track-state', rows.all, '/trackRows/all', rows.id),
  ],
  document: ({ code }) => [one('document', code, '/document/code')],
  consent: ({ kind }) => [one('consent', kind, '/consent/kind')],
  sharingConsentForEveryReferral: nothing,
  decision: ({ outcome }) => each('decision', outcome, '/decision/outcome'),
  quorumMet: ({ gate }) => [one('gate', gate, '/quorumMet/gate')],
  noVoteFrom: ({ fact }) => [one('fact', fact, '/noVoteFrom/fact')],
  optionChosen: nothing,
  missingItemNamed: nothing,
  reviewWithin: nothing,
  decisionReason: ({ not }) => each('reason', not, '/decisionReason/not'),
  actor: (roles) => each('role', roles, '/actor'),
  differsFromSubmitter: nothing,
  reasonCode: (reason) => [
    one('reason-list', reason.list, '/reasonCode/list'),
    ...each('reason', reason.in, '/reasonCode/in', reason.list),
  ],
  reasonGiven: nothing,
  outcomeCode: nothing,
  contacts: nothing,
  notes: ({ kind }) => [one('note-kind', kind, '/notes/kind')],
  referral: nothing,
  referralUrgency: nothing,
  noReferralIn: nothing,
  noDeadlineOpen: ({ ids, ladders }) => [
    ...each('deadline', ids, '/noDeadlineOpen/ids'),
    ...each('ladder', ladders, '/noDeadlineOpen/ladders'),
  ],
  noDeadlineOverdue: ({ ids }) => each('deadline', ids, '/noDeadlineOverdue/ids'),
  deadlinePassed: ({ ids }) => each('deadline', ids, '/deadlinePassed/ids'),
  deadlineArmed: ({ ids }) => each('deadline', ids, '/deadlineArmed/ids'),
  elapsed: ({ since }) => (since === 'entry' ? [] : each('transition', since, '/elapsed/since')),
  heldFrom: (states) => each('state', states, '/heldFrom'),
  heldBecause: (reasons) => each('reason', reasons, '/heldBecause'),
  from: (states) => each('state', states, '/from'),
  age: nothing,
  factWithin: ({ name }) => [one('fact-time', name, '/factWithin/name')],
  scoreMet: (score) => [one('score', score, '/scoreMet')],
  conflictDeclared: ({ fact }) => [one('fact', fact, '/conflictDeclared/fact')],
  facility: ({ fact }) => [one('fact', fact, '/facility/fact')],
  facilityType: (types) => each('facility-type', types, '/facilityType'),
  assigneeWithoutConflict: nothing,
  personFlag: (flag) => [one('person-flag', flag, '/personFlag')],
  taken: ({ transition }) => [one('transition', transition, '/taken/transition')],
};
