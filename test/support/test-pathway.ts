import type {
  DeadlineDefinition,
  GuardDefinition,
  PathwayDefinition,
  StateDefinition,
  TransitionDefinition,
} from '#libs/pathways';
import { testFacilityDeadlines, testFactGuards, testLife, testResidence } from './test-register.js';
import { text } from './test-vocabulary.js';

/** A small pathway with every kind of step and due rule, for tests of the engine. It describes no real procedure. */
export const testPathway: PathwayDefinition = {
  id: 'TEST',
  version: '1.0.0',
  title: text('Test'),
  initial: 'INTAKE',
  states: {
    INTAKE: state('intake'),
    SAFETY: state('safety'),
    ASSESSMENT: state('assessment'),
    PANEL: state('gatekeeping'),
    SUPPORT: state('response'),
    ON_HOLD: state('hold'),
    CLOSED: { ...state('end'), terminal: true, reopenable: true },
  },
  transitions: [
    step('T01', ['INTAKE'], 'ASSESSMENT', 'assess', {
      documents: [{ code: 'INTAKE_REPORT' }, { code: 'SAFETY_PLAN', when: { risk: ['high'] } }],
      consents: [
        { kind: 'CONSENT_SERVICES', orException: true },
        { kind: 'CHILD_ASSENT', when: { age: { atLeast: 6 } } },
      ],
      guards: [
        guard('T01.1', { check: { any: [{ risk: ['high', 'medium', 'low'] }, { riskConfirmed: 'entry' }] } }),
        guard('T01.2', { attestation: {} }),
      ],
    }),
    step('T02', ['INTAKE', 'ASSESSMENT', 'PANEL', 'SUPPORT'], 'SAFETY', 'declare_danger', {
      guards: [guard('T02.1', { check: { reasonGiven: true } })],
    }),
    step('T03', ['SAFETY'], 'ASSESSMENT', 'end_danger', {
      guards: [
        guard('T03.1', { check: { all: [{ not: { risk: ['high'] } }, { noDeadlineOverdue: { ids: ['D_SAFETY'] } }] } }),
      ],
    }),
    step('T04', ['ASSESSMENT'], 'PANEL', 'submit', {
      documents: [{ code: 'BIA', since: 'entry' }],
      guards: [
        guard('T04.1', { check: { contacts: { atLeast: 1, since: 'entry', seenAlone: true } } }),
        guard('T04.2', {
          check: { elapsed: { since: 'entry', lessThan: 'P90D' } },
          attestation: { roles: ['PDOSVY_SUP'] },
        }),
      ],
    }),
    step('T05', ['PANEL'], 'SUPPORT', 'approve', {
      roles: ['GK_CHAIR'],
      decision: 'APPROVE',
      guards: [
        guard('T05.1', { check: { quorumMet: { gate: 'G1' } } }),
        guard('T05.2', { check: { differsFromSubmitter: true } }),
        guard('T05.3', { when: { optionChosen: ['facility'] }, check: { reviewWithin: 'P30D' } }),
        guard('T05.4', { when: { fact: { name: 'facility' } }, check: { noVoteFrom: { fact: 'facility' } } }),
      ],
    }),
    step('T06', ['PANEL'], 'ASSESSMENT', 'return', {
      roles: ['GK_CHAIR'],
      decision: 'RETURN',
      guards: [
        guard('T06.1', { check: { missingItemNamed: true } }),
        guard('T06.2', { check: { taken: { transition: 'T06', atMost: 1 } } }),
      ],
    }),
    step('T07', ['ASSESSMENT', 'SUPPORT'], 'ON_HOLD', 'hold', {
      leavesFacility: { because: ['MOVED'] },
      guards: [guard('T07.1', { check: { reasonCode: { list: 'HOLD' } } })],
    }),
    step('T08', ['ON_HOLD'], 'SUPPORT', 'resume_support', {
      guards: [guard('T08.1', { check: { all: [{ heldFrom: ['SUPPORT'] }, { not: { heldBecause: ['MOVED'] } }] } })],
    }),
    step('T09', ['ON_HOLD'], 'ASSESSMENT', 'resume_assessment', {
      guards: [guard('T09.1', { check: { heldFrom: ['ASSESSMENT'] } })],
    }),
    step('T10', ['SUPPORT'], 'CLOSED', 'close', {
      roles: ['OSVY_SW', 'PDOSVY_SUP'],
      leavesFacility: true,
      guards: [
        guard('T10.1', { check: { outcomeCode: true } }),
        guard('T10.2', { check: { noReferralIn: { states: ['SENT', 'ACKNOWLEDGED', 'MORE_INFO'] } } }),
        guard('T10.3', { check: { scoreMet: 'closing' }, attestation: { roles: ['PDOSVY_SUP'] } }),
      ],
    }),
    step('T11', ['CLOSED'], 'ASSESSMENT', 'reopen', {
      guards: [guard('T11.1', { check: { assigneeWithoutConflict: true } })],
    }),
    step('T12', ['SUPPORT'], 'SUPPORT', 'move', { movesChild: true }),
  ],
  facts: {
    facility: { type: 'text', title: text('Facility') },
    custody: { type: 'boolean', title: text('In custody') },
    homeless: { type: 'boolean', title: text('Has no home') },
    checked: { type: 'boolean', title: text('All was well at the last check') },
    places: { type: 'integer', title: text('Places'), minimum: 0, maximum: 10 },
    hearingOn: { type: 'date', title: text('Hearing') },
    arrivedAt: { type: 'instant', title: text('Arrival') },
    leftOn: { type: 'date', title: text('Left') },
    admission: {
      type: 'code',
      title: text('Admission'),
      options: { NEW: text('New'), FOUND: text('Found living there') },
    },
    because: { type: 'code', title: text('Why'), options: { POVERTY: text('Poverty'), ALONE: text('Alone') } },
    offence: {
      type: 'code',
      title: text('Class of offence'),
      options: { PETTY: text('Petty'), FELONY: text('Felony') },
    },
  },
  gates: {
    G1: {
      title: text('Panel'),
      question: text('Where may the child live?'),
      deciders: ['GK_CHAIR'],
      outcomes: { APPROVE: text('Approved'), RETURN: text('Returned') },
      document: 'GK_DECISION',
      views: 'required',
      viewsLaterIn: ['SAFETY'],
      quorum: 3,
      notices: { APPROVE: text('You may go home'), RETURN: text('Not yet') },
    },
    G2: {
      title: text('Court'),
      question: text('What did the court decide?'),
      deciders: ['OSVY_SW', 'PDOSVY_SUP'],
      outcomes: { ORDERED: text('Ordered') },
      document: 'REVIEW_REPORT',
      views: 'none',
      notices: { ORDERED: text('The court decided') },
    },
    G3: {
      title: text('Care'),
      question: text('Who may care for the child?'),
      deciders: ['GK_CHAIR'],
      outcomes: { FAMILY: text('Family'), FACILITY: text('Facility'), ALONE: text('At once') },
      document: 'GK_DECISION',
      views: 'required',
      quorum: 3,
      at: ['PANEL'],
      withoutPanel: ['ALONE'],
      noVoteFrom: 'facility',
      options: { PARENTS: text('Parents'), KIN: text('Kin'), HOUSE: text('House') },
      choices: { FAMILY: ['PARENTS', 'KIN'], FACILITY: ['HOUSE'] },
      reviewWithin: { FACILITY: 'P3M' },
      needsReasonCode: ['FACILITY'],
      notices: { FAMILY: text('You go to a family'), FACILITY: text('You stay'), ALONE: text('You are safe') },
    },
  },
  tracks: {
    LIBERTY: {
      title: text('Liberty'),
      states: { AT_LIBERTY: text('At liberty'), CUSTODY: text('Custody'), DETAINED: text('Detained') },
      initial: 'AT_LIBERTY',
      detaining: ['CUSTODY', 'DETAINED'],
      enter: {
        DETAINED: [
          guard('LIBERTY.DETAINED.1', { check: { track: { id: 'LIBERTY', in: ['CUSTODY'], since: 'ever' } } }),
        ],
      },
    },
    HEALTH: {
      title: text('Health'),
      states: { OFFERED: text('Offered'), DONE: text('Done') },
      enter: { DONE: [guard('HEALTH.DONE.1', { attestation: { roles: ['PDOSVY_SUP'] } })] },
    },
    PLACEMENT: {
      title: text('Placement'),
      states: { HOME: text('Home'), KIN: text('Kin') },
      opens: [{ on: [{ fact: { name: 'homeless', is: true } }], to: 'HOME' }],
      moves: ['KIN'],
    },
    MEASURES: { title: text('Measures'), states: { RUNNING: text('Running'), ENDED: text('Ended') }, rows: 'many' },
  },
  deadlines: {
    // Wall clock, due by risk; a case without concern has no duty.
    D_ASSESS: deadline('L_STD', {
      start: [{ opened: true }],
      stop: [{ transition: ['T01'] }],
      due: [
        { when: { risk: ['high'] }, clock: 'wall', granularity: 'moment', within: 'PT72H' },
        { when: { risk: ['medium', 'low'] }, clock: 'wall', granularity: 'moment', within: 'P14D' },
        { when: { risk: ['no_action'] }, clock: 'wall', granularity: 'moment', never: true },
        { clock: 'wall', granularity: 'moment', within: 'PT96H' },
      ],
    }),
    D_SAFETY: deadline('L_SAFETY', {
      start: [{ entered: ['SAFETY'] }],
      stop: [{ document: 'SAFETY_PLAN' }],
      cancel: [{ left: ['SAFETY'] }],
      due: [{ clock: 'wall', granularity: 'moment', within: 'PT24H' }],
      extendable: false,
    }),
    // Working days, whole days.
    D_PANEL: deadline('L_STD', {
      start: [{ entered: ['PANEL'] }],
      stop: [{ left: ['PANEL'] }],
      due: [{ clock: 'working', granularity: 'day', withinWorkingDays: 5 }],
    }),
    // Calendar days, due at the end of the day.
    D_REVIEW: deadline('L_REVIEW', {
      start: [{ entered: ['SUPPORT'] }],
      stop: [{ document: 'REVIEW_REPORT' }],
      due: [{ clock: 'calendar', granularity: 'day', within: 'P30D' }],
    }),
    // Calendar, due at the moment, renewed by every contact.
    D_CONTACT: deadline('L_STD', {
      start: [{ entered: ['SUPPORT'] }],
      renew: [{ contact: ['VISIT', 'PHONE'] }],
      stop: [{ left: ['SUPPORT'] }],
      due: [
        { when: { risk: ['no_action'] }, clock: 'calendar', granularity: 'moment', never: true },
        { clock: 'calendar', granularity: 'moment', within: 'P7D' },
      ],
    }),
    // Several occurrences at once, longer for a child at high risk; outlives the case.
    D_AFTERCARE: deadline('L_REVIEW', {
      start: [{ entered: ['CLOSED'] }],
      renew: [{ contact: ['HOME_VISIT'] }, { fact: { name: 'checked' } }],
      stop: [{ left: ['CLOSED'] }],
      due: [
        { when: { risk: ['high'] }, clock: 'calendar', granularity: 'day', schedule: ['P7D', 'P30D', 'P90D'] },
        { clock: 'calendar', granularity: 'day', schedule: ['P30D', 'P90D'] },
      ],
      outlivesCase: true,
    }),
    // A limit of law that runs from the time held by a fact and depends on another.
    D_CUSTODY: deadline('L_LEGAL', {
      start: [{ track: { id: 'LIBERTY', enters: ['CUSTODY'] }, from: 'arrivedAt' }],
      stop: [{ track: { id: 'LIBERTY', leaves: ['CUSTODY'] } }],
      due: [
        { when: { fact: { name: 'offence', is: 'FELONY' } }, clock: 'wall', granularity: 'moment', within: 'PT48H' },
        { clock: 'wall', granularity: 'moment', within: 'PT24H' },
      ],
      extendable: false,
    }),
    // Counted back from a date that may be learned, or moved, later.
    D_HEARING: deadline('L_STD', {
      start: [{ entered: ['ASSESSMENT'] }],
      stop: [{ note: ['CASE_NOTE'] }],
      due: [{ clock: 'calendar', granularity: 'day', at: 'hearingOn', within: '-P14D' }],
    }),
    D_MAJORITY: deadline('L_REVIEW', {
      start: [{ birthday: 17 }],
      stop: [{ document: 'CASE_PLAN' }],
      due: [
        { when: { age: { atLeast: 18 } }, clock: 'calendar', granularity: 'day', never: true },
        { clock: 'calendar', granularity: 'day', at: 'birthday:18', within: 'P0D' },
      ],
    }),
    D_EXCEPTION: deadline('L_SAFETY', {
      subject: 'exception',
      start: [{ exception: 'recorded' }],
      stop: [{ exception: 'approved' }],
      due: [{ clock: 'wall', granularity: 'moment', within: 'PT24H' }],
    }),
    D_NOTICE: deadline('L_STD', {
      subject: 'decision',
      start: [{ decision: ['APPROVE', 'RETURN'] }],
      stop: [{ document: 'NOTICE_OF_DECISION' }],
      due: [{ clock: 'working', granularity: 'day', withinWorkingDays: 3 }],
    }),
    D_SCREEN: deadline('L_SAFETY', {
      start: [{ risk: ['high'] }],
      stop: [{ document: 'RISK_SCREEN' }],
      due: [{ clock: 'wall', granularity: 'moment', within: 'PT24H' }],
    }),
    ...testFacilityDeadlines,
  },
  alerts: {
    TRAFFICKED: {
      title: text('May have been trafficked'),
      on: [
        { opened: true, when: { personFlag: 'TRAFFICKING' } },
        { risk: ['high'], when: { personFlag: 'TRAFFICKING' } },
      ],
      recipients: ['supervisor'],
    },
  },
  entries: ['ASSESSMENT'],
  factGuards: testFactGuards,
  residence: testResidence,
  facilities: testLife,
  outcomes: { O1: text('Safe at home') },
  reasons: { HOLD: { MOVED: text('Family moved'), ILL: text('Child is ill') } },
  scores: {
    closing: {
      title: text('Closing score'),
      document: 'FINAL_ASSESSMENT',
      parts: {
        child: { items: { health: text('Health'), safety: text('Safety') }, total: 5, least: 2 },
        family: {
          items: { care: text('Care'), relatives: text('Relatives') },
          total: 4,
          least: 2,
          exempt: ['relatives'],
        },
      },
      overall: 10,
      minimum: 1,
      maximum: 4,
      basis: 'for tests',
      confirmed: false,
    },
  },
  content: { refusedMediaTypes: ['image/*', 'application/zip'], refuseLinksInText: true, attachments: ['pdf', 'text'] },
};

function state(phase: StateDefinition['phase']): StateDefinition {
  return { phase, title: text(phase), primeroWorkflow: phase };
}

function step(
  id: string,
  from: string[],
  to: string,
  action: string,
  more: Partial<TransitionDefinition> = {},
): TransitionDefinition {
  return {
    id,
    from,
    to,
    action,
    title: text(action),
    roles: ['OSVY_SW'],
    documents: [],
    consents: [],
    guards: [],
    ...more,
  };
}

function guard(id: string, more: Partial<GuardDefinition>): GuardDefinition {
  return { id, text: text(id), ...more };
}

function deadline(
  ladder: string,
  more: Pick<DeadlineDefinition, 'start' | 'stop' | 'due'> & Partial<DeadlineDefinition>,
): DeadlineDefinition {
  return {
    title: text(ladder),
    subject: 'case',
    ladder,
    basis: 'for tests',
    tag: 'ASSUMED',
    confirmed: false,
    extendable: true,
    ...more,
  };
}
