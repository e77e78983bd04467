import type { Condition } from '#libs/pathways';
import type { View } from '../context.js';
import { clockConditions } from './clocks.js';
import { decisionConditions } from './decisions.js';
import { factConditions } from './facts.js';
import { recordConditions } from './records.js';
import { stepConditions } from './steps.js';

type KeysOf<U> = U extends U ? keyof U : never;
export type ConditionName = KeysOf<Condition>;
type ArgumentOf<N extends ConditionName> = Extract<Condition, Record<N, unknown>>[N];

/** One small function for each condition, grouped by what it looks at. */
export type Evaluators<N extends ConditionName> = { [K in N]: (argument: ArgumentOf<K>, view: View) => boolean };

const combined: Evaluators<'all' | 'any' | 'not'> = {
  all: (conditions, view) => conditions.every((condition) => holds(condition, view)),
  any: (conditions, view) => conditions.some((condition) => holds(condition, view)),
  not: (condition, view) => !holds(condition, view),
};

const evaluators: Evaluators<ConditionName> = {
  ...combined,
  ...factConditions,
  ...recordConditions,
  ...decisionConditions,
  ...stepConditions,
  ...clockConditions,
};

/** Whether a condition of the definition holds for the case as it stands. */
export function holds(condition: Condition, view: View): boolean {
  const [name, argument] = Object.entries(condition)[0] as [ConditionName, never];
  return evaluators[name](argument, view);
}
