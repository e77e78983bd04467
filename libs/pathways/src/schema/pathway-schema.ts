import { conditionParts } from './conditions.js';
import { consentRules } from './consent.js';
import { content } from './content.js';
import { deadlineParts } from './deadlines.js';
import { facilities, residence } from './facilities.js';
import {
  boolean,
  byCode,
  closed,
  count,
  described,
  listOf,
  oneWord,
  ref,
  smallParts,
  sourced,
  someOf,
  words,
  yes,
  type Schema,
} from './parts.js';
import { migrations } from './migrations.js';
import { emergencyAccess } from './emergency-access.js';
import { watchlists, carer, catalogue, reports, supervision } from './reports.js';

const codes = someOf(ref('code'));

const texts = byCode(ref('text'), { minProperties: 1 });

const state = closed(
  {
    phase: oneWord(
      'intake',
      'safety',
      'gatekeeping',
      'assessment',
      'planning',
      'justice',
      'response',
      'review',
      'aftercare',
      'hold',
      'end',
    ),
    title: ref('text'),
    terminal: described(boolean, 'No transition leads on from here except reopening.'),
    reopenable: boolean,
    primeroWorkflow: described(words, "The value of Primero's workflow field for a case in this state."),
  },
  ['terminal', 'reopenable'],
);

const documentRequirement = closed(
  {
    code: ref('code'),
    since: described(
      oneWord('entry'),
      'Recorded after the present state was entered; otherwise any earlier one counts.',
    ),
    when: ref('condition'),
  },
  ['since', 'when'],
);

const consentRequirement = closed(
  {
    kind: ref('code'),
    orException: described(boolean, 'A guardian-consent exception in force stands in for it.'),
    when: ref('condition'),
  },
  ['orException', 'when'],
);

const transition = closed(
  {
    id: ref('code'),
    from: codes,
    to: ref('code'),
    action: described(
      { type: 'string', pattern: '^[a-z][a-z0-9_]*$' },
      'Imperative verb, unique among the transitions that leave one state.',
    ),
    title: ref('text'),
    roles: codes,
    documents: listOf(documentRequirement),
    consents: listOf(consentRequirement),
    guards: listOf(ref('guard')),
    decision: described(ref('code'), 'The outcome of a gate that this transition carries out.'),
    movesChild: described(yes, 'It moves the child to another home.'),
    leavesFacility: described(
      { anyOf: [yes, closed({ because: codes })] },
      'The child no longer lives in the facility afterwards: always, or for one of these reasons.',
    ),
    note: ref('text'),
  },
  ['decision', 'movesChild', 'leavesFacility', 'note'],
);

const fact = closed(
  {
    type: oneWord('text', 'integer', 'boolean', 'date', 'instant', 'code'),
    title: ref('text'),
    options: texts,
    minimum: { type: 'number' },
    maximum: { type: 'number' },
  },
  ['options', 'minimum', 'maximum'],
);

const gate = closed(
  {
    title: ref('text'),
    question: ref('text'),
    deciders: codes,
    outcomes: texts,
    document: described(ref('code'), 'The document that a decision at this gate stands for.'),
    views: described(
      oneWord('required', 'afterwards', 'none'),
      "Whether the child's views must be on the table, may follow, or an authority outside the system decides.",
    ),
    viewsLaterIn: described(codes, "States in which the child's views may follow later although they are required."),
    quorum: described({ type: 'integer', minimum: 1 }, 'Least number of members who must sit, the chair included.'),
    withoutPanel: described(codes, 'Outcomes for which no panel sits.'),
    noVoteFrom: described(ref('code'), 'The agency named by this fact may speak and has no vote.'),
    at: described(codes, 'States in which the gate is waited at; whoever led the case there does not decide.'),
    options: described(texts, 'What there is to choose from, in the order in which it must be considered.'),
    choices: described(byCode(codes), 'The options that an outcome may choose.'),
    reviewWithin: described(byCode(ref('duration')), 'How soon a decision must be looked at again, by outcome.'),
    needsReasonCode: described(codes, 'Outcomes that need a reason by its code.'),
    notices: described(texts, 'What the child is told, in plain words, by outcome.'),
  },
  [
    'viewsLaterIn',
    'quorum',
    'withoutPanel',
    'noVoteFrom',
    'at',
    'options',
    'choices',
    'reviewWithin',
    'needsReasonCode',
  ],
);

const track = closed(
  {
    title: ref('text'),
    states: texts,
    initial: ref('code'),
    rows: described(oneWord('many'), 'One row per measure or scheme, each with a state of its own.'),
    catalogue,
    enter: described(byCode(someOf(ref('guard'))), 'Guards on entering a state of the track.'),
    opens: described(
      {
        type: 'array',
        minItems: 1,
        items: closed({ on: someOf(ref('trigger')), from: codes, to: ref('code') }, ['from']),
      },
      'Moves that follow from what was recorded.',
    ),
    moves: described(codes, 'States in which the child lives in another home than before.'),
    detaining: described(codes, 'States in which the child is deprived of liberty.'),
    ageFact: described(ref('code'), 'Fact with the age that the law looks at.'),
    keptBy: described(codes, 'Who keeps the track besides those who keep the case.'),
    note: ref('text'),
  },
  ['initial', 'rows', 'catalogue', 'enter', 'opens', 'moves', 'detaining', 'ageFact', 'keptBy', 'note'],
);

const score = closed({
  title: ref('text'),
  document: ref('code'),
  parts: byCode(closed({ items: texts, total: count, least: count, exempt: codes }, ['exempt']), { minProperties: 1 }),
  overall: described(count, 'Least sum over all parts.'),
  minimum: count,
  maximum: count,
  basis: words,
  confirmed: boolean,
});

/** The published JSON Schema of a pathway definition. */
export const pathwaySchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:spean:pathway:1',
  title: 'Pathway definition',
  description: 'Everything the engine needs to know about one procedure.',
  ...closed(
    {
      id: described({ type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' }, 'Code such as A_OCSEA.'),
      version: ref('version'),
      title: ref('text'),
      initial: ref('code'),
      states: byCode(state, { minProperties: 2 }),
      transitions: { type: 'array', items: transition, minItems: 1 },
      facts: described(
        byCode(fact),
        'Facts a case may record. They are stored in clear: codes, numbers and times only.',
      ),
      gates: byCode(gate),
      tracks: byCode(track),
      deadlines: byCode(ref('deadline')),
      outcomes: described(texts, 'Closure outcomes.'),
      reasons: described(byCode(texts), 'Reason codes by list.'),
      scores: byCode(score),
      content,
      entries: described(codes, 'States in which a case may begin that another case led to.'),
      alerts: described(
        byCode(closed({ title: ref('text'), on: someOf(ref('trigger')), recipients: codes })),
        'Who is told at once when something happens that no deadline waits for.',
      ),
      ownsSafety: described(yes, "An open case of this pathway owns the child's safety."),
      factGuards: described(listOf(ref('factGuard')), 'Guards on what may be recorded as a fact.'),
      residence: described(residence, 'How a case says in which facility the child lives.'),
      facilities: described(facilities, 'The register of facilities and the life of one.'),
      carer,
      watchlists: described(watchlists, 'Lists that supervisors watch.'),
      reports,
      migrations: described(migrations, 'How cases of earlier versions go on under this one.'),
    },
    [
      'entries',
      'alerts',
      'ownsSafety',
      'factGuards',
      'residence',
      'facilities',
      'carer',
      'watchlists',
      'reports',
      'migrations',
    ],
  ),
  $defs: { ...smallParts, ...conditionParts, ...deadlineParts },
};

/** The published JSON Schema of the vocabulary that all pathways share. */
export const commonSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:spean:common:1',
  title: 'Common vocabulary',
  description: 'Roles, documents, ladders, and the deadlines every case has.',
  ...closed({
    version: ref('version'),
    roles: texts,
    documents: byCode(
      closed({ kind: oneWord('record', 'assessment', 'plan', 'consent', 'decision'), title: ref('text') }),
      { minProperties: 1 },
    ),
    ladders: byCode(ref('ladder'), { minProperties: 1 }),
    deadlines: byCode(ref('deadline')),
    riskLevels: closed({
      high: ref('text'),
      medium: ref('text'),
      low: ref('text'),
      no_action: ref('text'),
    }),
    exceptions: described(texts, 'Reasons for which a guardian is not asked.'),
    rejectionReasons: texts,
    consent: described(consentRules, 'Whose consent is needed at which age, and what stands in for it.'),
    personFlags: described(
      byCode(closed({ title: ref('text'), stopsMoves: yes }, ['stopsMoves'])),
      "What may stand on a child's own record.",
    ),
    reviews: closed({
      fileWithinWorkingDays: count,
      firstLevel: codes,
      secondLevel: codes,
      notices: closed({ UPHELD: ref('text'), PARTLY_UPHELD: ref('text'), DISMISSED: ref('text') }),
      ...sourced,
    }),
    riskLowering: closed({ roles: codes, documents: codes, ...sourced }),
    labels: described(byCode(texts), 'Human names of other codes, by list.'),
    supervision,
    emergencyAccess,
  }),
  $defs: {
    ...smallParts,
    ...conditionParts,
    ...deadlineParts,
    ladder: closed({
      title: ref('text'),
      use: ref('text'),
      rungs: {
        type: 'array',
        minItems: 1,
        items: closed(
          {
            at: described(words, '`50%` of the time elapsed, or a signed duration relative to the due time: -PT2H.'),
            recipients: described(codes, '`owner`, `supervisor` or role codes.'),
            records: described(ref('code'), 'A record that reaching this rung makes.'),
            action: described(ref('code'), 'What the recipient must do.'),
          },
          ['records', 'action'],
        ),
      },
    }),
  },
};
