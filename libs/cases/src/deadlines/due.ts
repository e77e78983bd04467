import { dueAt, endOfDay, plus, type Instant, type LocalDate } from '#libs/calendar';
import type { Condition, DeadlineDefinition, DueRule } from '#libs/pathways';
import { momentOfFact } from '../conditions/fact-moment.js';
import { holds } from '../conditions/holds.js';
import type { View } from '../context.js';
import { birthdayOf } from './birthday.js';

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
  rule: DueRule;
}

/** The occurrences that a start arms: one, several for a schedule, none where there is no duty. */
export function occurrencesOf({ definition, at: start, occurrence }: Start, view: View): Occurrence[] {
  const rule = definition.due.find(({ when }) => when === undefined || holds(when, view));
  if (rule === undefined || 'never' in rule) return [];
  const { calendar } = view.context;
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
        ? relativeTo(rule, view)
        : dueAt(start, { duration: rule.within }, rule, calendar);
  if (due === undefined) return [];
  return [{ occurrence: isScheduled(definition) ? 1 : occurrence, windowFrom: start, dueAt: due, rule }];
}

export function isScheduled({ due }: DeadlineDefinition): boolean {
  return due.some((rule) => 'schedule' in rule);
}

/** Due relative to a date fact, a birthday (`birthday:18`) or a day that its subject names, instead of the start. */
function relativeTo(rule: DueRule & { at: string; within: string }, view: View): Instant | undefined {
  const { zone } = view.context.calendar;
  const moment = momentNamed(rule.at, view);
  return moment && plus(moment, rule.within, zone);
}

function momentNamed(at: string, { state, context, subject }: View): Instant | undefined {
  const { zone } = context.calendar;
  const age = BIRTHDAY.exec(at)?.[1];
  if (age !== undefined) return context.birthDate && birthdayOf(context.birthDate, Number(age), zone);
  if (at === 'reviewOn') return endOf(state.decisions.find(({ decisionId }) => decisionId === subject)?.reviewOn, zone);
  if (at === 'reaskOn')
    return endOf(state.exceptions.find(({ exceptionId }) => exceptionId === subject)?.reaskOn, zone);
  return momentOfFact(state.facts[at], zone)?.earliest;
}

const endOf = (day: LocalDate | undefined, zone: string): Instant | undefined => day && endOfDay(day, zone);

const BIRTHDAY = /^birthday:(\d+)$/u;

/** The input of a due time that counts from a birthday. */
export const BIRTH_DATE = 'birthDate';

/** What the due rules look at: a change of these inputs may move the deadline. */
export function inputsOf(definition: DeadlineDefinition): Set<string> {
  const found = new Set<string>();
  for (const rule of definition.due) {
    if (rule.when !== undefined) collect(rule.when, found);
    if ('at' in rule) found.add(BIRTHDAY.test(rule.at) ? BIRTH_DATE : `fact:${rule.at}`);
  }
  return found;
}

function collect(condition: Condition, found: Set<string>): void {
  if ('all' in condition) condition.all.forEach((each) => collect(each, found));
  else if ('any' in condition) condition.any.forEach((each) => collect(each, found));
  else if ('not' in condition) collect(condition.not, found);
  else if ('risk' in condition) found.add('risk');
  else if ('fact' in condition) found.add(`fact:${condition.fact.name}`);
  else if ('factWithin' in condition) found.add(`fact:${condition.factWithin.name}`);
  else if ('track' in condition) found.add(`track:${condition.track.id}`);
  else if ('trackRows' in condition) found.add(`track:${condition.trackRows.id}`);
}
