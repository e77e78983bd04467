import {
  anyOfThese,
  boolean,
  byCode,
  closed,
  count,
  described,
  exactlyOne,
  listOf,
  ref,
  someOf,
  tag,
  words,
  yes,
  type Schema,
} from './parts.js';

const codes = someOf(ref('code'));
const values = someOf(ref('factValue'));
const trackIn = closed({ id: ref('code'), in: codes });

/** Where a number comes from, and whether anybody has confirmed it. */
const source = {
  basis: described(words, 'Source of the rule and its numbers, in words.'),
  tag,
  confirmed: described(boolean, 'True once counsel or the ministry has confirmed the numbers.'),
};

const moment: Schema = {
  ...anyOfThese({
    deadline: described(ref('code'), 'The due time of this deadline, while it is open.'),
    fact: described(ref('code'), 'The time held by this fact; a day counts from its end.'),
    track: described(trackIn, 'Since when the track has been in one of these states without a break.'),
    taken: described(codes, 'The latest of these steps.'),
    review: described(yes, 'The end of the day on which the latest decision is to be looked at again.'),
    opened: described(yes, 'The opening of the case.'),
    after: ref('duration'),
  }),
  ...exactlyOne('deadline', 'fact', 'track', 'taken', 'review', 'opened'),
};

const watchlist: Schema = {
  ...closed(
    {
      title: ref('text'),
      meaning: described(ref('text'), 'What exactly is listed, and by which age.'),
      states: described(codes, 'Only while the case is in one of these states; absent: in any that is not an end.'),
      when: described(ref('condition'), "Asks neither for the time, nor for the child's age, nor for who asks."),
      from: described(
        { type: 'array', minItems: 1, items: moment },
        'From when on it is listed: the earliest that is known.',
      ),
      ...source,
    },
    ['states', 'when'],
  ),
  description: 'A list that supervisors watch although no step was missed.',
};

export const watchlists = byCode(watchlist, { minProperties: 1 });

export const carer: Schema = {
  ...closed({ fact: ref('code'), states: codes, track: trackIn }, ['states', 'track']),
  description: 'When a child lives with a carer of the directory, named by this fact.',
};

export const reports: Schema = {
  ...anyOfThese({
    recidivism: closed({
      meaning: ref('text'),
      deadline: described(ref('code'), 'Its start begins the follow-up; its schedule holds the windows.'),
      fact: ref('code'),
      found: described(values, 'Values that mean a new prosecution decision or conviction.'),
      unknown: described(listOf(ref('factValue')), 'Values that tell nothing.'),
      offenceOn: described(ref('code'), 'The fact that holds the day of the new offence.'),
    }),
    detention: closed({
      meaning: ref('text'),
      track: ref('code'),
      pretrial: described(codes, 'States that mean detention before a judgment.'),
      reason: described(ref('code'), 'The fact that holds the reason of the pre-trial detention.'),
    }),
    informalFees: closed({ meaning: ref('text'), track: ref('code'), states: codes }),
  }),
  minProperties: 1,
  description: 'What national numbers read off the cases of this pathway.',
};

export const supervision: Schema = {
  ...closed({
    workers: described(codes, 'Roles that keep cases.'),
    caseload: closed({
      active: described({ ...count, minimum: 1 }, 'Cases that one person keeps at most.'),
      highRisk: described({ ...count, minimum: 1 }, 'How many of them at high risk.'),
    }),
    noContact: described(ref('duration'), 'A case without any contact for this long is listed.'),
    ...source,
  }),
  description: 'What supervisors watch over all pathways.',
};

export const catalogue: Schema = {
  ...byCode(closed({ title: ref('text'), evidence: ref('text') }, ['evidence']), { minProperties: 1 }),
  description: 'What the rows may be about: each row carries one of these codes.',
};
