import type { Duration } from '#libs/calendar';
import { byKey, type Condition, type ConditionBody, type ConditionKey } from '../condition.js';

/** A condition as an English phrase, for people who review a definition. */
export function inWords(condition: Condition): string {
  return byKey(phrases, condition);
}

const either = (codes: readonly unknown[]): string => codes.join(' or ');

const joined =
  (word: string) =>
  (conditions: Condition[]): string =>
    conditions.map((each) => `(${inWords(each)})`).join(` ${word} `);

const recent = (since: 'entry' | 'ever' | undefined): string =>
  since === 'entry' ? ' since the state was entered' : since === 'ever' ? ' at any time' : '';

const within = (duration: Duration | undefined): string => (duration === undefined ? '' : ` within ${duration}`);

function bounds({ atLeast, atMost }: { atLeast?: number; atMost?: number }): string {
  return [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(' and ');
}

function factPhrase(fact: ConditionBody<'fact'>): string {
  if (fact.is !== undefined) {
    return `fact ${fact.name} is ${String(fact.is)}`;
  }
  if (fact.in !== undefined) {
    return `fact ${fact.name} is ${either(fact.in)}`;
  }
  return `fact ${fact.name} is ${bounds(fact) || 'recorded'}`;
}

function contactsPhrase({ kinds, atLeast, since, within: window, seenAlone }: ConditionBody<'contacts'>): string {
  const seen = seenAlone === true ? ', the child seen alone' : '';
  return `at least ${atLeast} contacts${kinds ? ` (${either(kinds)})` : ''}${seen}${recent(since)}${within(window)}`;
}

function elapsedPhrase({ since, atLeast, lessThan }: ConditionBody<'elapsed'>): string {
  const start = since === 'entry' ? 'the state was entered' : `the latest of ${since.join(', ')}`;
  const spans = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(lessThan === undefined ? [] : [`less than ${lessThan}`]),
  ];
  return `${spans.join(' and ')} since ${start}`;
}

const phrases: { [Key in ConditionKey]: (body: ConditionBody<Key>) => string } = {
  all: joined('and'),
  any: joined('or'),
  not: (condition) => `not (${inWords(condition)})`,
  risk: (levels) => `risk is ${either(levels)}`,
  riskConfirmed: () => 'risk set or confirmed since the state was entered',
  fact: factPhrase,
  track: (track) => `track ${track.id} in ${either(track.in)}${recent(track.since)}`,
  trackRows: (rows) => `every row of track ${rows.id} in ${either(rows.all)}`,
  document: (document) => `document ${document.code}${recent(document.since)}${within(document.within)}`,
  consent: ({ kind, orException }) => `consent ${kind}${orException === true ? ' or an exception' : ''}`,
  sharingConsentForEveryReferral: () => 'a sharing consent for the receiver of every open referral',
  decision: ({ outcome, since }) => `decision ${either(outcome)}${recent(since)}`,
  quorumMet: ({ gate }) => `quorum of ${gate} met`,
  noVoteFrom: ({ fact }) => `no vote from ${fact}`,
  optionChosen: (options) => `option ${either(options)} chosen`,
  missingItemNamed: () => 'missing item named with a date',
  reviewWithin: (duration) => `review set within ${duration}`,
  decisionReason: ({ not }) => `decision does not rest on ${either(not)}`,
  actor: (roles) => `taken by ${either(roles)}`,
  differsFromSubmitter: () => 'decider is not the submitter',
  reasonCode: (reason) => `reason of list ${reason.list}${reason.in ? `: ${either(reason.in)}` : ''}`,
  reasonGiven: () => 'reason given in words',
  outcomeCode: () => 'closure outcome chosen',
  contacts: contactsPhrase,
  notes: ({ kind, atLeast, since }) => `at least ${atLeast} notes ${kind}${recent(since)}`,
  referral: (referral) => `a ${referral.type ?? 'referral'} in ${either(referral.in)}${recent(referral.since)}`,
  referralUrgency: (urgencies) => `urgency is ${either(urgencies)}`,
  noReferralIn: ({ states, services }) =>
    `no referral in ${either(states)}${services ? ` for ${either(services)}` : ''}`,
  noDeadlineOpen: ({ ids = [], ladders = [] }) => `none running of ${[...ids, ...ladders].join(', ')}`,
  noDeadlineOverdue: ({ ids }) => `none overdue of ${ids.join(', ')}`,
  deadlinePassed: ({ ids }) => `due time passed of ${either(ids)}`,
  deadlineArmed: ({ ids }) => `${either(ids)} armed at least once`,
  elapsed: elapsedPhrase,
  heldFrom: (states) => `held from ${either(states)}`,
  heldBecause: (reasons) => `held because of ${either(reasons)}`,
  from: (states) => `from ${either(states)}`,
  age: (age) => `age ${bounds(age)}`,
  factWithin: ({ name, ahead }) => `${name} at most ${ahead} ahead`,
  scoreMet: (score) => `score ${score} meets its closing rule`,
  conflictDeclared: ({ fact }) => `conflict of interest declared for ${fact}`,
  facility: ({ fact, admits, accused }) =>
    `the facility of ${fact} ${[...(admits ? ['takes new children'] : []), ...(accused ? ['is accused'] : [])].join(' and ')}`,
  facilityType: (types) => `the facility is ${either(types)}`,
  assigneeWithoutConflict: () => 'assignee has no conflict of interest',
  personFlag: (flag) => `${flag} stands on the child's record`,
  taken: ({ transition, atMost }) => `${transition} taken at most ${atMost} times`,
};
