import type { DecideContext } from '../context.js';
import type { KnownCase } from '../state.js';
import { standing } from './decisions.js';
import type { Evaluators } from './evaluators.js';

/** Conditions on the step being taken and on the way the case came here. */
export const stepConditions: Evaluators<
  | 'actor'
  | 'differsFromSubmitter'
  | 'reasonCode'
  | 'reasonGiven'
  | 'outcomeCode'
  | 'heldFrom'
  | 'heldBecause'
  | 'from'
  | 'assigneeWithoutConflict'
  | 'personFlag'
  | 'taken'
> = {
  actor: (roles, { context }) => context.actor.roles.some((role) => roles.includes(role)),
  differsFromSubmitter: (_, { state, context }) => {
    const submitter = state.enrolment?.entry.by;
    const deciders = standing(state).flatMap(({ by, members }) => [by, ...voters(members)]);
    return ![context.actor.id, ...deciders].includes(submitter ?? '');
  },
  reasonCode: ({ list, in: only }, { step, pathway }) => {
    const code = step?.reasonCode;
    if (code === undefined || pathway?.definition.reasons[list]?.[code] === undefined) return false;
    return only === undefined || only.includes(code);
  },
  reasonGiven: (_, { step }) => step?.reasonGiven === true,
  outcomeCode: (_, { step, pathway }) =>
    step?.outcome !== undefined && pathway?.definition.outcomes[step.outcome] !== undefined,
  heldFrom: (states, { state }) => states.includes(state.enrolment?.previousState ?? ''),
  heldBecause: (codes, { state }) => codes.includes(state.enrolment?.entryReason ?? ''),
  from: (states, { step }) => step !== undefined && states.includes(step.from),
  assigneeWithoutConflict: (_, { state, context, step }) =>
    step?.assignee !== undefined && !inConflict(state, context, step.assignee.owner, step.assignee.agency),
  personFlag: (kind, { context }) => context.person.flags.includes(kind),
  taken: ({ transition, atMost }, { state }) =>
    (state.enrolment?.taken ?? []).filter((step) => step.transition === transition).length <= atMost,
};

function voters(members: KnownCase['decisions'][number]['members']): string[] {
  return members.filter(({ vote }) => vote !== 'none').map(({ id }) => id);
}

/**
 * Whether a member of staff or their agency is declared in conflict of interest on the case, or shut out of everything
 * about the child because an allegation stands against the facility they work in (GR-COI).
 */
export function inConflict(
  state: KnownCase,
  { shutOut }: Pick<DecideContext, 'shutOut'>,
  staff: string,
  agency: string,
): boolean {
  return shutOut.includes(agency) || state.conflicts.some(({ ref }) => ref === staff || ref === agency);
}
