import type {
  AlertDefinition,
  DeadlineDefinition,
  GateDefinition,
  GuardDefinition,
  LadderDefinition,
  PathwayDefinition,
  StateDefinition,
  TrackDefinition,
  TransitionDefinition,
} from '../definition.js';
import type { Change } from './change.js';
import type { Part } from './elements.js';
import { isLadderLoosened, isLoosened } from './later.js';
import { isSame } from './same.js';

/** What may never go with one person's agreement alone. */
const PROTECTS: readonly Part[] = [
  'state',
  'transition',
  'guard',
  'document',
  'consent',
  'gate',
  'track',
  'deadline',
  'ladder',
  'content',
  'alert',
];

/**
 * Whether a change touches what protects a child: guards, consents, papers, the panel's rules (quorum, views, no
 * conflict of interest), two-person rules, limits of law and of danger that become later. What only adds protection, or
 * changes words, does not.
 */
export function isSafetyChange(
  { kind, part, path, before, after }: Omit<Change, 'safety'>,
  previous: PathwayDefinition,
): boolean {
  switch (kind) {
    case 'removed':
      return PROTECTS.includes(part) || path === '/ownsSafety';
    case 'added':
      return part === 'transition' && avoidsDecision(after as TransitionDefinition, previous);
    case 'changed':
      return weakened[part]?.(before as never, after as never, path) === true;
  }
}

/** A new way to a state that so far nobody reached without a decision. */
function avoidsDecision({ to, decision }: TransitionDefinition, { transitions }: PathwayDefinition): boolean {
  const ways = transitions.filter((each) => each.to === to);
  return decision === undefined && ways.length > 0 && ways.every((way) => way.decision !== undefined);
}

type Weakened<Value> = (before: Value, after: Value, path: string) => boolean;

const weakened: Partial<Record<Part, Weakened<never>>> = {
  state: (before: StateDefinition, after: StateDefinition) =>
    before.terminal !== after.terminal || before.reopenable !== after.reopenable,
  transition: (before: TransitionDefinition, after: TransitionDefinition) =>
    after.roles.some((role) => !before.roles.includes(role)) ||
    !isSame(
      [before.from, before.to, before.decision, before.movesChild],
      [after.from, after.to, after.decision, after.movesChild],
    ),
  guard: (before: GuardDefinition, after: GuardDefinition) => !isSame(withoutWords(before), withoutWords(after)),
  document: () => true,
  consent: () => true,
  gate: (before: GateDefinition, after: GateDefinition) =>
    (after.quorum ?? 0) < (before.quorum ?? 0) || !isSame(rulesOf(before), rulesOf(after)),
  track: (before: TrackDefinition, after: TrackDefinition) =>
    !isSame([before.moves, before.detaining, before.opens], [after.moves, after.detaining, after.opens]),
  deadline: (before: DeadlineDefinition, after: DeadlineDefinition) => isLoosened(before, after),
  ladder: (before: LadderDefinition, after: LadderDefinition, path) =>
    isLadderLoosened(path.slice('/ladders/'.length), before, after),
  alert: (before: AlertDefinition, after: AlertDefinition) =>
    !isSame([before.on, before.recipients], [after.on, after.recipients]),
};

function withoutWords({ text: _, tryFirst: __, ...rule }: GuardDefinition): object {
  return rule;
}

/** What a gate asks of a decision, without its words and its quorum, which may be raised freely. */
function rulesOf({ title: _, question: __, notices: ___, quorum: ____, ...gate }: GateDefinition): object {
  return { ...gate, outcomes: Object.keys(gate.outcomes), options: Object.keys(gate.options ?? {}) };
}
