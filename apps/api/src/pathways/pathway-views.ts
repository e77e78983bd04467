import { pathwayKey, type Pathway, type PathwayDefinition } from '#libs/pathways';

import { anything, bilingual, flag, list, shape, text, whole } from '../description/schema.js';

export type PathwaySummary = ReturnType<typeof pathwaySummary>;

/** A version of a pathway in short, with how much of it nobody has confirmed or reviewed yet. */
export function pathwaySummary({ definition }: Pathway) {
  const deadlines = Object.values(definition.deadlines);
  return {
    key: pathwayKey(definition),
    id: definition.id,
    version: definition.version,
    title: definition.title,
    states: Object.keys(definition.states).length,
    transitions: definition.transitions.length,
    deadlines: deadlines.length,
    unconfirmedDeadlines: deadlines.filter(({ confirmed }) => !confirmed).length,
    khmerReviewed: definition.title.reviewed,
  };
}

export const pathwaySummarySchema = shape<PathwaySummary>({
  key: { ...text, description: 'What cases are pinned to' },
  id: text,
  version: text,
  title: bilingual,
  states: whole,
  transitions: whole,
  deadlines: whole,
  unconfirmedDeadlines: { ...whole, description: 'Deadlines whose numbers nobody in authority has confirmed' },
  khmerReviewed: flag,
});

/** The whole definition: every text in both languages, every unconfirmed number marked `confirmed: false`. */
export const pathwaySchema = shape<PathwayDefinition>(
  {
    id: text,
    version: text,
    title: bilingual,
    initial: text,
    entries: list(text),
    ownsSafety: flag,
    alerts: anything,
    states: anything,
    transitions: list(anything),
    facts: anything,
    gates: anything,
    tracks: anything,
    deadlines: anything,
    outcomes: anything,
    reasons: anything,
    scores: anything,
    content: anything,
    factGuards: list(anything),
    residence: anything,
    facilities: anything,
    carer: anything,
    watchlists: anything,
    reports: anything,
    migrations: list(anything),
  },
  'factGuards',
  'residence',
  'facilities',
  'entries',
  'ownsSafety',
  'alerts',
  'carer',
  'watchlists',
  'reports',
  'migrations',
);
