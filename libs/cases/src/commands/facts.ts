import { isInstant, isLocalDate, type Instant } from '#libs/calendar';
import type { FactDefinition, FactValue, Pathway } from '#libs/pathways';
import { viewOf, type DecideContext } from '../context.js';
import type { Unmet } from '../refusal.js';
import { unmetGuard } from '../requirements.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';

/** Facts that the pathway does not know, or whose value does not fit their type. */
export function factProblems(facts: Record<string, FactValue>, { definition }: Pathway): Unmet[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const fact = definition.facts[name];
    if (fact === undefined) return [unmet('NotFound', `facts.${name}`)];
    return fits(value, fact) ? [] : [unmet('FieldInvalid', `facts.${name}`, fact.title)];
  });
}

/** Guards on these facts that are not met in the case as it would be with them. */
export function factGuardsUnmet(
  told: Record<string, FactValue>,
  state: KnownCase,
  context: DecideContext,
  at: Instant,
): Unmet[] {
  const view = viewOf(state, context, at);
  const guards = view.pathway?.definition.factGuards ?? [];
  return guards
    .filter(({ facts }) => facts.some((name) => told[name] !== undefined))
    .flatMap((guard) => unmetGuard(guard, view));
}

function fits(value: FactValue, { type, options, minimum, maximum }: FactDefinition): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return (
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= (minimum ?? -Infinity) &&
        value <= (maximum ?? Infinity)
      );
    case 'date':
      return typeof value === 'string' && isLocalDate(value);
    case 'instant':
      return typeof value === 'string' && isInstant(value);
    case 'code':
      return typeof value === 'string' && (options === undefined || options[value] !== undefined);
    case 'text':
      return typeof value === 'string' && value.length > 0 && value.length <= 200;
  }
}
