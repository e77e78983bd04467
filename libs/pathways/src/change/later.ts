import { parseInstant, plus } from '#libs/calendar';
import type { DeadlineDefinition, DueRule, LadderDefinition } from '../definition.js';
import { rungMoment } from '../rung.js';
import { isSame } from './same.js';

/** Ladders of limits of law and of danger: whoever makes these later takes protection away. */
const GUARDED = ['L_LEGAL', 'L_SAFETY'];

export const isGuardedLadder = (id: string): boolean => GUARDED.includes(id);

/** A deadline of danger or of law that is due later, escalates otherwise, or can be ended in another way than before. */
export function isLoosened(before: DeadlineDefinition, after: DeadlineDefinition): boolean {
  if (!isGuardedLadder(before.ladder)) return false;
  const ends = ({ start, stop, renew, cancel, subject, onDue, outlivesCase, replaces }: DeadlineDefinition) => [
    [start, stop, renew, cancel],
    [subject, onDue, outlivesCase, replaces],
  ];
  return (
    after.ladder !== before.ladder ||
    (after.extendable && !before.extendable) ||
    !isSame(ends(before), ends(after)) ||
    isDueLater(before.due, after.due)
  );
}

/** Rules that can't be laid side by side count as later: what is doubtful needs two people. */
export function isDueLater(before: readonly DueRule[], after: readonly DueRule[]): boolean {
  return before.length !== after.length || before.some((rule, index) => isRuleLater(rule, after[index] ?? rule));
}

function isRuleLater(before: DueRule, after: DueRule): boolean {
  const [old, now] = [lengthsOf(before), lengthsOf(after)];
  return (
    !isSame(withoutLengths(before), withoutLengths(after)) ||
    old.length !== now.length ||
    old.some((length, index) => length < (now[index] ?? length))
  );
}

/** The lengths of time in a rule, as numbers or instants that compare; any fixed day serves to count from. */
function lengthsOf(rule: DueRule): (number | string)[] {
  if ('withinWorkingDays' in rule) return [rule.withinWorkingDays];
  if ('schedule' in rule) return rule.schedule.map(instantAfter);
  return 'within' in rule ? [instantAfter(rule.within)] : [];
}

function withoutLengths(rule: DueRule): Record<string, unknown> {
  const { within: _, withinWorkingDays: __, schedule: ___, ...rest } = rule as Record<string, unknown>;
  return rest;
}

const instantAfter = (duration: string): string => plus(parseInstant('2026-01-15T00:00:00.000Z'), duration, 'UTC');

/** A ladder of danger or of law on which somebody is told later, or somebody else is told. */
export function isLadderLoosened(id: string, before: LadderDefinition, after: LadderDefinition): boolean {
  if (!isGuardedLadder(id)) return false;
  const whom = ({ rungs }: LadderDefinition) => rungs.map(({ at: _, ...rung }) => rung);
  return (
    !isSame(whom(before), whom(after)) ||
    before.rungs.some(({ at }, index) => isRungLater(at, after.rungs[index]?.at ?? at))
  );
}

function isRungLater(before: string, after: string): boolean {
  const [old, now] = [rungMoment(before), rungMoment(after)];
  if (old === undefined || now === undefined) return true;
  if ('elapsed' in old) return !('elapsed' in now) || now.elapsed > old.elapsed;
  return 'offset' in now && instantAfter(now.offset) > instantAfter(old.offset);
}
