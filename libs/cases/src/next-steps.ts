import type { Text } from '#libs/pathways';
import { viewOf, type DecideContext, type Step } from './context.js';
import type { Unmet } from './refusal.js';
import { unmetRequirements } from './requirements.js';
import type { KnownCase } from './state.js';

/** A transition that leads on from where the case is, and what is missing before it may be taken. */
export interface NextStep {
  transition: string;
  action: string;
  title: Text;
  to: string;
  roles: string[];
  /** Whether the caller holds a role that may take it. */
  yours: boolean;
  missing: Unmet[];
}

/** A step not yet filled in: what the form itself must carry (a reason, an outcome) shows as missing. */
const blank: Omit<Step, 'from'> = {
  reasonCode: undefined,
  reasonGiven: false,
  dangerDeclared: false,
  outcome: undefined,
  assignee: undefined,
};

/** The question users ask most: what may be done next, and what is missing (design decision 4). */
export function nextSteps(state: KnownCase, context: DecideContext): NextStep[] {
  const { enrolment } = state;
  const pathway = enrolment && context.pathway(enrolment.pathway);
  if (enrolment === undefined || pathway === undefined) return [];
  const view = viewOf(state, context, context.now, { step: { ...blank, from: enrolment.state } });
  return pathway.definition.transitions
    .filter(({ from }) => from.includes(enrolment.state))
    .map((transition) => ({
      transition: transition.id,
      action: transition.action,
      title: transition.title,
      to: transition.to,
      roles: transition.roles,
      yours: transition.roles.some((role) => context.actor.roles.includes(role)),
      missing: unmetRequirements(transition, view, pathway),
    }));
}
