import {
  anyOfThese,
  boolean,
  closed,
  described,
  exactlyOne,
  oneWord,
  ref,
  someOf,
  words,
  yes,
  type Schema,
} from './parts.js';

const codes = someOf(ref('code'));

const trigger: Schema = {
  ...anyOfThese({
    entered: codes,
    left: codes,
    transition: codes,
    track: {
      ...closed({ id: ref('code'), enters: codes, leaves: codes }, ['enters', 'leaves']),
      ...exactlyOne('enters', 'leaves'),
    },
    fact: closed({ name: ref('code'), is: ref('factValue') }, ['is']),
    document: ref('code'),
    consent: ref('code'),
    exception: oneWord('recorded', 'approved', 'rejected', 'reviewed', 'ended'),
    withdrawal: yes,
    referral: someOf(ref('referralState')),
    contact: someOf(ref('contactKind')),
    note: codes,
    decision: codes,
    decided: { enum: [true, 'to_be_reviewed'] },
    risk: someOf(ref('riskLevel')),
    review: someOf(ref('reviewState')),
    feedback: someOf(oneWord('RECEIVED', 'ANSWERED')),
    opened: yes,
    birthday: { type: 'integer', minimum: 1 },
    facility: {
      ...anyOfThese({ enters: codes, leaves: codes, inspected: yes, everyChildDecided: yes, childUndecided: yes }),
      ...exactlyOne('enters', 'leaves', 'inspected', 'everyChildDecided', 'childUndecided'),
    },
    from: described(ref('code'), 'The clock runs from the time held by this fact instead of from the event.'),
    when: ref('condition'),
  }),
  ...exactlyOne(
    'entered',
    'left',
    'transition',
    'track',
    'fact',
    'document',
    'consent',
    'exception',
    'referral',
    'contact',
    'note',
    'decision',
    'decided',
    'withdrawal',
    'risk',
    'review',
    'feedback',
    'opened',
    'birthday',
    'facility',
  ),
  description: 'What starts or stops a deadline: exactly one key besides `from` and `when`.',
};

const dueRule: Schema = {
  type: 'object',
  description: 'When the deadline falls due. The first rule whose condition holds counts.',
  properties: {
    when: ref('condition'),
    clock: oneWord('wall', 'calendar', 'working'),
    granularity: oneWord('moment', 'day'),
    within: ref('duration'),
    withinWorkingDays: { type: 'integer', minimum: 0 },
    schedule: someOf(ref('duration'), { description: 'Several occurrences, all armed at once.' }),
    at: described(
      { type: 'string', pattern: '^(birthday:[1-9]\\d?|[A-Za-z][A-Za-z0-9]*)$' },
      'Counted from the time held by this fact, from a birthday (`birthday:18`), or from a date of the facility (`closesOn`).',
    ),
    never: described(yes, 'No duty arises.'),
  },
  required: ['clock', 'granularity'],
  additionalProperties: false,
  dependentRequired: { at: ['within'] },
  ...exactlyOne('within', 'withinWorkingDays', 'schedule', 'never'),
};

const deadline: Schema = {
  ...closed(
    {
      title: ref('text'),
      subject: oneWord('case', 'referral', 'exception', 'decision', 'review', 'feedback', 'facility'),
      start: someOf(ref('trigger')),
      stop: described(someOf(ref('trigger')), 'Ends it: the deadline is met.'),
      renew: described(someOf(ref('trigger')), 'Meets the present occurrence and arms the next one.'),
      cancel: described(someOf(ref('trigger')), 'Ends it without being met: it is not due any more.'),
      due: { type: 'array', items: ref('dueRule'), minItems: 1 },
      ladder: ref('code'),
      basis: described(words, 'Source of the numbers, in words.'),
      tag: ref('tag'),
      confirmed: described(boolean, 'True once counsel or the ministry has confirmed the numbers.'),
      outlivesCase: described(boolean, 'Keeps running after the case has ended.'),
      extendable: described(boolean, 'A supervisor may extend it once with a reason.'),
      onDue: described(
        { anyOf: [oneWord('expire_referral', 'lapse'), closed({ facility: ref('code') })] },
        'The referral expires; the right lapses; or the facility moves to this state, where its life allows it.',
      ),
      proposes: described(oneWord('next_provider'), 'What helps to meet it is shown beside it.'),
      replaces: described(ref('code'), 'The common deadline that this one stands in for.'),
    },
    ['renew', 'cancel', 'outlivesCase', 'onDue', 'proposes', 'replaces'],
  ),
  description: 'A duty with a due time: what starts and stops it, when it falls due, who is told when it is late.',
};

export const deadlineParts: Record<string, Schema> = { trigger, dueRule, deadline };
