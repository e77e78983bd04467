import type { Rule } from './rule.js';
import { unless } from './rule.js';

/** The log itself: what comes first, and that nothing is recorded before it happened. */
export const logRules: readonly Rule[] = [
  {
    name: 'a case is opened once, and first',
    event: ({ event }, { version }) =>
      unless((event.type === 'CaseOpened') === (version === 0), `it is event ${version + 1} of its case`),
  },
  {
    name: 'nothing is recorded before it happened',
    event: ({ event: { occurredAt }, recordedAt }) =>
      unless(occurredAt <= recordedAt, `it happened at ${occurredAt} and was recorded at ${recordedAt}`),
  },
];
