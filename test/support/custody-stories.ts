import type { Instant } from '#libs/calendar';
import type { CaseCommandData, DeadlineStatus } from '#libs/cases';
import { loadPathways } from '#libs/pathway-files';
import { pathwayKey } from '#libs/pathways';
import { ask, START, storyIn, system, type Asked, type Story } from './case-specification.js';
import { openCase, track } from './case-stories.js';

const diversion = loadPathways().current('B_DIVERSION');
const key = pathwayKey(diversion.definition);

type Facts = NonNullable<CaseCommandData['OpenCase']['facts']>;

/** A child in conflict with the law who comes to be held, by the pathway that the product ships. */
export function held(
  where: 'POLICE_CUSTODY' | 'PRETRIAL_DETENTION',
  facts: Facts,
  at: Instant = START,
  ...more: Asked[]
): Story {
  const inJustice = storyIn({ pathways: { [key]: diversion }, common: diversion.common });
  return inJustice(openCase({ pathway: key, facts }, { at }), track('LIBERTY', where, { at }), ...more);
}

export const liberty = (to: string, at: Instant): Asked => track('LIBERTY', to, { at });

/** The latest clock with this definition. */
export function clock(story: Story, definition: string): DeadlineStatus | undefined {
  const { armings, deadlines } = story.known();
  return deadlines[`${definition}.${armings[definition] ?? 0}`];
}

/** One alarm as it was raised. */
export interface Rung {
  at: Instant;
  recipients: readonly string[];
  records: string | undefined;
  action: string | undefined;
}

/** The program looks at the clock at each of these moments. */
export function watched(story: Story, definition: string, moments: readonly Instant[]): Story {
  return moments.reduce((told, at) => {
    const deadline = clock(told, definition)?.deadline;
    return deadline === undefined ? told : told.and(ask('ReachRungs', { deadline }, { actor: system, at }));
  }, story);
}

/** Every alarm of a definition, at the moment the program raised it. */
export function rungs({ history }: Story, definition: string): Rung[] {
  return history.flatMap(({ event, recordedAt }, index) => {
    if (event.type !== 'EscalationRaised' || event.data.definition !== definition) return [];
    const reached = history[index - 1]?.event;
    const records = reached?.type === 'RungReached' ? reached.data.records : undefined;
    return [{ at: recordedAt, recipients: event.data.recipients, records, action: event.data.action }];
  });
}
