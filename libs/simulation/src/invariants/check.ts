import type { PathwayRegistry } from '#libs/pathway-files';
import type { Life } from '../people/life.js';
import { enter, newBooks, type Entry } from './books.js';
import { deadlineRules } from './deadlines.js';
import { decisionRules } from './decisions.js';
import { ladderRules } from './ladders.js';
import { logRules } from './log.js';
import { moveRules } from './moves.js';
import type { About, Rule } from './rule.js';
import { sharingRules } from './sharing.js';

/** All that must always hold. */
export const rules: readonly Rule[] = [
  ...logRules,
  ...ladderRules,
  ...deadlineRules,
  ...decisionRules,
  ...sharingRules,
  ...moveRules,
];

/** Where a rule was broken, and how. */
export interface Violation {
  case: string;
  rule: string;
  /** The event, or what was done last: its number in the case, and its type. */
  event: string;
  wrong: string;
}

/** Reads the life of a case from its first event to its last, and holds every rule against it. */
export function violationsIn(
  { code, pathway, birthDate, endsAt, commits }: Life,
  pathways: PathwayRegistry,
): Violation[] {
  const { definition, common } = pathways.get(pathway);
  const about: About = { definition, common, birthDate, endsAt };
  const books = newBooks();
  const found: Violation[] = [];
  const ask = (rule: Rule, event: string, wrongs: readonly string[] = []): void => {
    for (const wrong of wrongs) found.push({ case: code, rule: rule.name, event, wrong });
  };
  let last = '';
  for (const { at, actor, events, version } of commits) {
    const entries = events.map((event): Entry => ({ event, by: actor.id, recordedAt: at }));
    for (const entry of entries) {
      last = `${books.version + 1} ${entry.event.type}`;
      for (const rule of rules) ask(rule, last, rule.event?.(entry, books, about));
      enter(books, entry);
    }
    for (const rule of rules) ask(rule, last, rule.commit?.(entries, books, about));
    if (books.version !== version) ask(contiguous, last, [`the case is at version ${version}`]);
  }
  for (const rule of rules) ask(rule, last, rule.end?.(books, about));
  return found;
}

const contiguous: Rule = { name: 'events are numbered without a gap' };
