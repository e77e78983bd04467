import { caseRelations, commandActions, decideAccess } from '#libs/access';
import { unmet, type CaseState, type DecideContext } from '#libs/cases';
import { CommandRefused } from './errors.js';
import type { CaseRequest } from './request.js';

/**
 * Policy before the core: whoever may not know of a case is answered as if there were none; whoever may read it, but not do
 * this, is told so.
 *
 * @throws CommandRefused
 */
export function assertAllowed({ command }: CaseRequest, state: CaseState, context: DecideContext): void {
  if (command.type === 'OpenCase' || state.status !== 'known') return;
  const { enrolment, version } = state;
  const pathway = enrolment === undefined ? undefined : context.pathway(enrolment.pathway);
  const asked = caseRelations(state, pathway, context.shutOut);
  const may = (action: Parameters<typeof decideAccess>[0]) => decideAccess(action, context.actor, asked, context.now);
  if (may(commandActions[command.type]) !== undefined) return;
  throw may('case.read') === undefined
    ? new CommandRefused({ kind: 'unknown', unmet: [unmet('NotFound', 'case')] }, version)
    : new CommandRefused({ kind: 'unmet', unmet: [unmet('RoleNotAllowed', command.type)] }, version);
}
