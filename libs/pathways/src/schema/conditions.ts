import type { ConditionKey } from '../condition.js';
import { boolean, closed, count, described, listOf, oneWord, ref, someOf, yes, type Schema } from './parts.js';

const codes = someOf(ref('code'));
const conditions = { type: 'array', items: ref('condition'), minItems: 1 };
const fact = closed({ fact: ref('code') });
const number: Schema = { type: 'number' };
const entry = oneWord('entry');

const tryFirst = described(
  { type: 'object', propertyNames: ref('code'), additionalProperties: ref('text'), minProperties: 1 },
  'Services to try first, by code; the refusal names them.',
);

const bodies: Record<ConditionKey, Schema> = {
  all: conditions,
  any: conditions,
  not: ref('condition'),
  risk: described(someOf(ref('riskLevel')), 'The risk level is one of these; an unset level matches nothing.'),
  riskConfirmed: described(entry, 'The risk level was set or confirmed after the present state was entered.'),
  fact: described(
    closed({ name: ref('code'), is: ref('factValue'), in: someOf(ref('factValue')), atLeast: number, atMost: number }, [
      'is',
      'in',
      'atLeast',
      'atMost',
    ]),
    'The fact is recorded and, where a value or a bound is named, meets it.',
  ),
  track: described(
    closed({ id: ref('code'), in: codes, since: oneWord('entry', 'ever') }, ['since']),
    'Any row of the track is in one of these states, now or at any time since.',
  ),
  trackRows: described(
    closed({ id: ref('code'), all: codes }),
    'The track has a row and every row is in one of these states.',
  ),
  document: closed({ code: ref('code'), since: entry, within: ref('duration') }, ['since', 'within']),
  consent: closed({ kind: ref('code'), orException: boolean }, ['orException']),
  sharingConsentForEveryReferral: described(
    yes,
    'Every referral drafted or open has a sharing consent that covers its receiving agency.',
  ),
  decision: described(
    closed({ outcome: codes, since: entry }, ['since']),
    'A decision with one of these outcomes exists.',
  ),
  quorumMet: described(closed({ gate: ref('code') }), 'Enough members sat for the latest decision at this gate.'),
  noVoteFrom: described(fact, 'Nobody from the facility or agency named by this fact voted.'),
  optionChosen: described(codes, 'The latest decision chose one of these options.'),
  missingItemNamed: described(yes, 'The latest decision names what is missing and by when.'),
  reviewWithin: described(ref('duration'), 'The latest decision sets a review within this time.'),
  decisionReason: described(closed({ not: codes }), 'The latest decision does not rest on one of these reasons.'),
  actor: described(codes, 'The role of whoever takes the step.'),
  differsFromSubmitter: described(yes, 'Whoever decides did not take the step that led into the present state.'),
  reasonCode: described(
    closed({ list: ref('code'), in: codes }, ['in']),
    'The step carries a reason code of this list.',
  ),
  reasonGiven: described(yes, 'The step carries a reason in words.'),
  outcomeCode: described(yes, 'The step carries a closure outcome of this pathway.'),
  contacts: closed(
    {
      kinds: someOf(ref('contactKind')),
      atLeast: count,
      since: entry,
      within: ref('duration'),
      seenAlone: boolean,
    },
    ['kinds', 'since', 'within', 'seenAlone'],
  ),
  notes: closed({ kind: ref('code'), atLeast: count, since: entry }, ['since']),
  referral: described(
    closed({ in: someOf(ref('referralState')), type: oneWord('service', 'transfer'), since: entry }, ['type', 'since']),
    'At least one referral is in one of these states.',
  ),
  referralUrgency: described(someOf(ref('referralUrgency')), 'Urgency of the referral that the deadline is about.'),
  noReferralIn: closed({ states: someOf(ref('referralState')), services: codes }, ['services']),
  noDeadlineOpen: {
    ...closed({ ids: codes, ladders: codes }, ['ids', 'ladders']),
    minProperties: 1,
    description: 'None of these deadlines, nor any on these ladders, is armed.',
  },
  noDeadlineOverdue: described(closed({ ids: codes }), 'None of these deadlines is armed with its due time passed.'),
  deadlinePassed: described(closed({ ids: codes }), 'The due time of one of these deadlines has passed.'),
  deadlineArmed: described(closed({ ids: codes }), 'One of these deadlines has been armed at least once.'),
  elapsed: {
    ...closed(
      {
        since: { anyOf: [entry, codes] },
        atLeast: ref('duration'),
        lessThan: ref('duration'),
      },
      ['atLeast', 'lessThan'],
    ),
    description: 'Time since the latest of these transitions, or since the present state was entered.',
  },
  heldFrom: described(codes, 'The state before the present hold.'),
  heldBecause: described(codes, 'The reason code with which the present hold began.'),
  from: described(codes, 'The state this step starts from.'),
  age: described(
    { ...closed({ atLeast: count, atMost: count }, ['atLeast', 'atMost']), minProperties: 1 },
    "The child's age now in years; an unknown age matches nothing.",
  ),
  factWithin: described(
    closed({ name: ref('code'), ahead: ref('duration') }),
    'The time held by this fact is past or at most this far ahead.',
  ),
  scoreMet: described(ref('code'), 'The scored assessment meets its closing rule.'),
  conflictDeclared: described(fact, 'The facility or agency named by this fact is declared in conflict of interest.'),
  facility: {
    ...closed({ fact: ref('code'), admits: yes, accused: yes }, ['admits', 'accused']),
    minProperties: 2,
    description: 'The facility named by this fact takes new children; an allegation against it stands.',
  },
  facilityType: described(codes, 'The kind of facility; for the deadlines of facilities alone.'),
  assigneeWithoutConflict: described(yes, 'Whom this step assigns has no conflict of interest on the case.'),
  personFlag: described(ref('code'), "A flag of this kind stands on the child's own record."),
  taken: described(closed({ transition: ref('code'), atMost: count }), 'The step was taken at most this often.'),
};

export const conditionParts: Record<string, Schema> = {
  condition: {
    type: 'object',
    description: 'A condition that can be computed from a case. Exactly one key.',
    properties: bodies,
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
  },
  guard: {
    ...closed(
      {
        id: ref('code'),
        text: ref('text'),
        when: described(ref('condition'), 'The guard applies only when this holds.'),
        check: described(ref('condition'), 'Computed from the case.'),
        attestation: described(
          closed({ roles: listOf(ref('code'), { minItems: 1 }) }, ['roles']),
          'Declared by a named person with a reason. With a check beside it, either satisfies the guard.',
        ),
        tryFirst,
      },
      ['when', 'check', 'attestation', 'tryFirst'],
    ),
    description: 'What must be true before a step: a check, an attestation, or either.',
  },
  factGuard: {
    ...closed(
      {
        id: described({ type: 'string', pattern: '^FACTS\\.[1-9]\\d*[a-z]?$' }, 'FACTS.1, FACTS.2a'),
        text: ref('text'),
        facts: described(codes, 'Checked when one of these facts is told.'),
        when: described(ref('condition'), 'The guard applies only when this holds.'),
        check: described(ref('condition'), 'Computed from the case as it would be.'),
        tryFirst,
      },
      ['when', 'tryFirst'],
    ),
    description: 'What must be true before a fact is recorded.',
  },
};
