import { localDateOf, plus } from '#libs/calendar';
import type { Actor, DecisionInput } from '#libs/cases';
import type { Condition, GateDefinition, PathwayDefinition, TransitionDefinition } from '#libs/pathways';
import { words } from '../words.js';
import { Impossible } from './impossible.js';
import type { Rehearsal } from './rehearsal.js';
import { committee, somebody } from './team.js';

/** What the guards of the step that carries a decision out want of it. */
interface Wishes {
  missingItem: boolean;
  reasonNot: string[];
}

/** A gate decides, as it should. @throws Impossible */
export function recordDecision(rehearsal: Rehearsal, outcome: string, transition?: TransitionDefinition): void {
  rehearsal.tick();
  const { decider, decision } = proposedDecision(rehearsal, outcome, transition);
  rehearsal.ask(decider, 'RecordDecision', decision);
}

/** Who sat, what was considered and why, the child's views. The submitter never takes part. @throws Impossible */
export function proposedDecision(
  rehearsal: Rehearsal,
  outcome: string,
  transition?: TransitionDefinition,
): { decider: Actor; decision: DecisionInput } {
  const { pathway, random, team, state } = rehearsal;
  const { definition } = pathway;
  const [gate, rules] = gateWith(outcome, definition);
  const submitter = state.enrolment?.entry.by ?? '';
  const decider = somebody(rules.deciders, team, state, [submitter]);
  const wishes = wishesOf(transition);
  const option = rules.choices?.[outcome] === undefined ? undefined : random.pick(rules.choices[outcome]);
  const reviewWithin = rules.reviewWithin?.[outcome];
  const decision: DecisionInput = {
    decisionId: random.id(),
    gate,
    outcome,
    options: Object.keys(rules.options ?? rules.outcomes).map((each) => ({ option: each, reason: words.reason })),
    ...(option === undefined ? {} : { option }),
    members: membersOf(rehearsal, rules, decider, submitter),
    reasons: words.reason,
    ...reasonCode(rehearsal, wishes),
    ...(wishes.missingItem ? { missingItem: { code: 'CHILD_VIEWS', by: day(rehearsal, 'P7D') } } : {}),
    ...(reviewWithin === undefined ? {} : { reviewOn: reviewDay(rehearsal, reviewWithin) }),
    views: viewsFor(rules, rehearsal),
    noticeGiven: random.chance(0.9),
  };
  return { decider, decision };
}

function gateWith(outcome: string, { gates }: PathwayDefinition): [string, GateDefinition] {
  const found = Object.entries(gates).find(([, { outcomes }]) => outcomes[outcome] !== undefined);
  if (found === undefined) throw new Impossible(`no gate decides ${outcome}`);
  return found;
}

function membersOf(rehearsal: Rehearsal, { quorum }: GateDefinition, decider: Actor, submitter: string) {
  const { team, state } = rehearsal;
  const sitting = quorum === undefined ? [decider] : committee(quorum, team, state, [submitter]);
  return sitting.map(({ id, roles, agency }, index) => ({
    id,
    role: roles[0] ?? '',
    agency,
    chair: index === 0,
    vote: 'for' as const,
  }));
}

function viewsFor({ views }: GateDefinition, { random }: Rehearsal): DecisionInput['views'] {
  if (views === 'none') return { sought: 'not_applicable' };
  const sought = random.pick(['language', 'language', 'language', 'interpreter', 'play', 'drawing'] as const);
  if (random.chance(0.85)) return { sought, said: words.said, followed: true };
  return { sought, said: words.said, followed: false, whyNotFollowed: words.notFollowed };
}

function wishesOf(transition: TransitionDefinition | undefined): Wishes {
  const wishes: Wishes = { missingItem: false, reasonNot: [] };
  for (const { check } of transition?.guards ?? []) if (check !== undefined) collect(check, wishes);
  return wishes;
}

function collect(condition: Condition, wishes: Wishes): void {
  if ('all' in condition) condition.all.forEach((each) => collect(each, wishes));
  else if ('any' in condition) condition.any.forEach((each) => collect(each, wishes));
  else if ('missingItemNamed' in condition) wishes.missingItem = true;
  else if ('decisionReason' in condition) wishes.reasonNot.push(...condition.decisionReason.not);
}

/** From the list that holds the reasons which are not allowed, one that is. */
function reasonCode({ pathway, random }: Rehearsal, { reasonNot }: Wishes): { reasonCode?: string } {
  if (reasonNot.length === 0) return {};
  const list = Object.values(pathway.definition.reasons).find((codes) => reasonNot.some((code) => code in codes));
  return { reasonCode: random.pick(Object.keys(list ?? {}).filter((code) => !reasonNot.includes(code))) };
}

function reviewDay(rehearsal: Rehearsal, span: string): string {
  const last = plus(rehearsal.now, span, 'UTC');
  const earlier = plus(last, '-P10D', 'UTC');
  return localDateOf(earlier > rehearsal.now ? earlier : last, 'UTC');
}

function day({ now }: Rehearsal, span: string): string {
  return localDateOf(plus(now, span, 'UTC'), 'UTC');
}
