import type { Condition, ConditionKey } from '#libs/pathways';
import type { View } from '../context.js';
import { clockConditions } from './clocks.js';
import { decisionConditions } from './decisions.js';
import type { Evaluators } from './evaluators.js';
import { facilityConditions } from './facilities.js';
import { factConditions } from './facts.js';
import { recordConditions } from './records.js';
import { stepConditions } from './steps.js';

const combined: Evaluators<'all' | 'any' | 'not'> = {
  all: (conditions, view) => conditions.every((condition) => holds(condition, view)),
  any: (conditions, view) => conditions.some((condition) => holds(condition, view)),
  not: (condition, view) => !holds(condition, view),
};

const evaluators: Evaluators<ConditionKey> = {
  ...combined,
  ...factConditions,
  ...recordConditions,
  ...decisionConditions,
  ...stepConditions,
  ...clockConditions,
  ...facilityConditions,
};

/** Whether a condition of the definition holds for the case as it stands. */
export function holds(condition: Condition, view: View): boolean {
  const [name, argument] = Object.entries(condition)[0] as [ConditionKey, never];
  return evaluators[name](argument, view);
}
