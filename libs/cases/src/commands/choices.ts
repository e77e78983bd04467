import { isLocalDate, localDateOf, plus, startOfDay } from '#libs/calendar';
import type { GateDefinition } from '#libs/pathways';
import type { DecisionInput } from '../commands.js';
import type { DecideContext } from '../context.js';
import type { Unmet } from '../refusal.js';
import { unmet } from '../texts.js';

/**
 * What was chosen, and in which order it was considered: every option that comes before the chosen one says why it was
 * passed over (UN Guidelines for the Alternative Care of Children, paras 14 and 53), and what is meant to be temporary
 * says when it is looked at again.
 */
export function choiceProblems(decision: DecisionInput, gate: GateDefinition, context: DecideContext): Unmet[] {
  return [
    ...optionProblems(decision, gate),
    ...reviewProblem(decision, gate, context),
    ...(gate.needsReasonCode?.includes(decision.outcome) === true && decision.reasonCode === undefined
      ? [unmet('FieldInvalid', 'decision.reasonCode')]
      : []),
  ];
}

function optionProblems({ outcome, option, options }: DecisionInput, gate: GateDefinition): Unmet[] {
  const known = gate.options ?? {};
  const strangers = gate.options === undefined ? [] : options.filter((each) => known[each.option] === undefined);
  const unknown = strangers.map((each) => unmet('NotFound', 'decision.options', each.option));
  const allowed = gate.choices?.[outcome];
  if (allowed === undefined) return unknown;
  if (option === undefined || !allowed.includes(option)) {
    const offered = (language: 'en' | 'km') => allowed.map((each) => known[each]?.[language] ?? each).join(', ');
    return [...unknown, unmet('OptionMissing', 'decision.option', { en: offered('en'), km: offered('km') })];
  }
  const passedOver = Object.keys(known).slice(0, Object.keys(known).indexOf(option));
  return [
    ...unknown,
    ...passedOver
      .filter((each) => !options.some(({ option: named, reason = '' }) => named === each && reason.trim() !== ''))
      .map((each) => unmet('OptionNotConsidered', `decision.options.${each}`, known[each] ?? each)),
  ];
}

function reviewProblem({ outcome, reviewOn }: DecisionInput, gate: GateDefinition, context: DecideContext): Unmet[] {
  const within = gate.reviewWithin?.[outcome];
  if (within === undefined) return [];
  const { zone } = context.calendar;
  const today = localDateOf(context.now, zone);
  const last = localDateOf(plus(startOfDay(today, zone), within, zone), zone);
  const set = reviewOn !== undefined && isLocalDate(reviewOn) && reviewOn >= today && reviewOn <= last;
  return set ? [] : [unmet('ReviewDateMissing', 'decision.reviewOn', last)];
}
