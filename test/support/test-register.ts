import type { DeadlineDefinition, FacilityLife, FactGuardDefinition, ResidenceDefinition } from '#libs/pathways';
import { text } from './test-vocabulary.js';

/** A small register of facilities, for tests of the engine. It describes no real procedure. */
export const testLife: FacilityLife = {
  types: {
    HOME: { title: text('Home') },
    SHELTER: { title: text('Shelter'), hidden: true },
    JAIL: { title: text('Jail') },
  },
  states: {
    FOUND: { title: text('Found') },
    LISTED: { title: text('Listed'), admits: true },
    VISIT_DUE: { title: text('Visit due'), admits: true },
    GOOD: { title: text('Good'), admits: true },
    WARNED: { title: text('Warned'), admits: true },
    STOPPED: { title: text('Stopped') },
    CLOSING: { title: text('Closing'), closing: true },
    GONE: { title: text('Gone'), ended: true },
  },
  transitions: [
    ['FOUND', 'LISTED'],
    ['FOUND', 'STOPPED'],
    ['LISTED', 'VISIT_DUE'],
    ['LISTED', 'WARNED'],
    ['VISIT_DUE', 'GOOD'],
    ['VISIT_DUE', 'WARNED'],
    ['VISIT_DUE', 'STOPPED'],
    ['GOOD', 'VISIT_DUE'],
    ['GOOD', 'CLOSING'],
    ['WARNED', 'GOOD'],
    ['WARNED', 'STOPPED'],
    ['STOPPED', 'GOOD'],
    ['STOPPED', 'CLOSING'],
    ['CLOSING', 'GONE'],
  ],
  registered: ['LISTED'],
  found: 'FOUND',
  inspection: {
    due: 'VISIT_DUE',
    findings: { DIRTY: text('Dirty'), FULL: text('Full') },
    results: {
      GOOD: { title: text('Good'), leadsTo: 'GOOD' },
      WARNED: { title: text('Warned'), leadsTo: 'WARNED' },
      STOPPED: { title: text('Stopped'), leadsTo: 'STOPPED' },
      SEEN: { title: text('Seen'), from: ['FOUND', 'STOPPED', 'CLOSING'] },
    },
  },
  reasons: { DANGER: text('Danger'), WISH: text('Own wish') },
  roles: {
    register: ['PDOSVY_SUP'],
    report: ['OSVY_SW', 'PDOSVY_SUP'],
    move: ['PDOSVY_SUP'],
    inspect: ['PDOSVY_SUP'],
    change: ['PDOSVY_SUP'],
    accuse: ['OSVY_SW', 'PDOSVY_SUP'],
    clear: ['PDOSVY_SUP'],
  },
};

function deadline(
  ladder: string,
  more: Pick<DeadlineDefinition, 'start' | 'stop' | 'due'> & Partial<DeadlineDefinition>,
): DeadlineDefinition {
  return {
    title: text(ladder),
    subject: 'facility',
    ladder,
    basis: 'for tests',
    tag: 'ASSUMED',
    confirmed: false,
    extendable: true,
    ...more,
  };
}

export const testFacilityDeadlines: Record<string, DeadlineDefinition> = {
  // A jail is visited by others.
  F_VISIT: deadline('L_REVIEW', {
    start: [
      {
        facility: { enters: ['LISTED'] },
        when: { all: [{ not: { facilityType: ['JAIL'] } }, { noDeadlineOpen: { ids: ['F_VISIT'] } }] },
      },
      { facility: { inspected: true }, when: { noDeadlineOpen: { ids: ['F_VISIT'] } } },
    ],
    renew: [{ facility: { inspected: true } }],
    stop: [{ facility: { enters: ['GONE'] } }],
    due: [{ clock: 'calendar', granularity: 'day', within: 'P12M' }],
    onDue: { facility: 'VISIT_DUE' },
  }),
  F_FOUND: deadline('L_STD', {
    start: [{ facility: { enters: ['FOUND'] } }],
    stop: [{ facility: { leaves: ['FOUND'] } }],
    due: [{ clock: 'working', granularity: 'day', withinWorkingDays: 5 }],
  }),
  F_WARNED: deadline('L_REVIEW', {
    start: [{ facility: { enters: ['WARNED'] } }],
    stop: [{ facility: { enters: ['GOOD', 'STOPPED'] } }],
    due: [{ clock: 'calendar', granularity: 'day', within: 'P2M' }],
  }),
  // Counted back from the day on which it closes, which may be moved.
  F_DECIDED: deadline('L_SAFETY', {
    start: [
      { facility: { enters: ['CLOSING'] } },
      { facility: { childUndecided: true }, when: { noDeadlineOpen: { ids: ['F_DECIDED'] } } },
    ],
    stop: [{ facility: { everyChildDecided: true } }],
    due: [{ clock: 'calendar', granularity: 'day', at: 'closesOn', within: '-P1D' }],
    extendable: false,
  }),
};

/** A case says by these facts where the child lives. */
export const testResidence: ResidenceDefinition = {
  facility: 'facility',
  since: 'arrivedAt',
  until: 'leftOn',
  when: { any: [{ not: { fact: { name: 'admission', is: 'NEW' } } }, { fact: { name: 'arrivedAt' } }] },
  found: { admission: 'FOUND' },
  undecided: ['INTAKE', 'SAFETY', 'ASSESSMENT', 'PANEL'],
};

export const testFactGuards: FactGuardDefinition[] = [
  {
    id: 'FACTS.1',
    text: text('The facility takes no new child'),
    facts: ['facility', 'admission'],
    when: { all: [{ fact: { name: 'admission', is: 'NEW' } }, { fact: { name: 'facility' } }] },
    check: { facility: { fact: 'facility', admits: true } },
  },
  {
    id: 'FACTS.2',
    text: text('Poverty alone is no reason'),
    facts: ['because'],
    check: { not: { fact: { name: 'because', is: 'POVERTY' } } },
    tryFirst: { CASH: text('Cash support'), CARD: text('Equity card') },
  },
  {
    id: 'FACTS.3',
    text: text('It is decided that the child may come'),
    facts: ['arrivedAt', 'admission'],
    when: { all: [{ fact: { name: 'admission', is: 'NEW' } }, { fact: { name: 'arrivedAt' } }] },
    check: { document: { code: 'GK_DECISION' } },
  },
];
