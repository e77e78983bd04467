import { dueAt, plus, type Instant, type WorkingCalendar } from '#libs/calendar';
import type { Condition, DeadlineDefinition, DueRule } from '#libs/pathways';

/** What sets a deadline running, from when on, and about which referral, exception or decision. */
export interface Start {
  id: string;
  definition: DeadlineDefinition;
  at: Instant;
  subject: string | undefined;
  /** Number of the occurrence that this start stands for; each renewal counts one more. */
  occurrence: number;
}

/** One occurrence of a deadline: when it is due, and from when on a contact counts for it. */
export interface Occurrence {
  occurrence: number;
  windowFrom: Instant;
  dueAt: Instant;
  rule: Pick<DueRule, 'clock' | 'granularity'>;
}

/** What due rules ask of that which carries the deadline. */
export interface Circumstances {
  holds: (condition: Condition) => boolean;
  dateOf: (name: string) => Instant | undefined;
  calendar: WorkingCalendar;
}

/** The occurrences that a start arms: one, several for a schedule, none where there is no duty. */
export function occurrencesOf(
  { definition, at: start, occurrence }: Start,
  { holds, dateOf, calendar }: Circumstances,
): Occurrence[] {
  const rule = definition.due.find(({ when }) => when === undefined || holds(when));
  if (rule === undefined || 'never' in rule) return [];
  if ('schedule' in rule) {
    const dues = rule.schedule.map((duration) => dueAt(start, { duration }, rule, calendar));
    return dues.map((due, index) => ({
      occurrence: index + 1,
      windowFrom: index === 0 ? start : (dues[index - 1] ?? start),
      dueAt: due,
      rule,
    }));
  }
  const due =
    'withinWorkingDays' in rule
      ? dueAt(start, { workingDays: rule.withinWorkingDays }, rule, calendar)
      : 'at' in rule
        ? relativeTo(dateOf(rule.at), rule.within, calendar.zone)
        : dueAt(start, { duration: rule.within }, rule, calendar);
  if (due === undefined) return [];
  return [{ occurrence: isScheduled(definition) ? 1 : occurrence, windowFrom: start, dueAt: due, rule }];
}

export function isScheduled({ due }: DeadlineDefinition): boolean {
  return due.some((rule) => 'schedule' in rule);
}

/** Due relative to a date that is known otherwise instead of to the start. */
function relativeTo(date: Instant | undefined, within: string, zone: string): Instant | undefined {
  return date && plus(date, within, zone);
}

const BIRTHDAY = /^birthday:(\d+)$/u;

/** The age in `birthday:18`; undefined for the name of a date. */
export function ageIn(name: string): number | undefined {
  const age = BIRTHDAY.exec(name)?.[1];
  return age === undefined ? undefined : Number(age);
}

/** The input of a due time that counts from a birthday. */
export const BIRTH_DATE = 'birthDate';

/** Definitions do not change, and are asked with every event: each is read once. */
const inputs = new WeakMap<DeadlineDefinition, ReadonlySet<string>>();

/** What the due rules look at: a change of these inputs may move the deadline. */
export function inputsOf(definition: DeadlineDefinition): ReadonlySet<string> {
  const known = inputs.get(definition) ?? readInputs(definition);
  inputs.set(definition, known);
  return known;
}

function readInputs(definition: DeadlineDefinition): Set<string> {
  const found = new Set<string>();
  for (const rule of definition.due) {
    if (rule.when !== undefined) collect(rule.when, found);
    if ('at' in rule) found.add(ageIn(rule.at) === undefined ? `${FACT}${rule.at}` : BIRTH_DATE);
  }
  return found;
}

/** Names of the facts that a condition looks at. */
export function factsIn(condition: Condition): string[] {
  const found = new Set<string>();
  collect(condition, found);
  return [...found].filter((input) => input.startsWith(FACT)).map((input) => input.slice(FACT.length));
}

const FACT = 'fact:';

function collect(condition: Condition, found: Set<string>): void {
  if ('all' in condition) condition.all.forEach((each) => collect(each, found));
  else if ('any' in condition) condition.any.forEach((each) => collect(each, found));
  else if ('not' in condition) collect(condition.not, found);
  else if ('risk' in condition) found.add('risk');
  else if ('fact' in condition) found.add(`${FACT}${condition.fact.name}`);
  else if ('factWithin' in condition) found.add(`${FACT}${condition.factWithin.name}`);
  else if ('track' in condition) found.add(`track:${condition.track.id}`);
  else if ('trackRows' in condition) found.add(`track:${condition.trackRows.id}`);
}
