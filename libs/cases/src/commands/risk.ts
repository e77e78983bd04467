import type { CaseCommand } from '../commands.js';
import { documentsOf } from '../conditions/records.js';
import type { DecideContext } from '../context.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';
import { riskOrder } from './risk-order.js';

/**
 * Raised by any worker, at once; saying the present level again confirms it. A lower level is only proposed: it counts
 * once a supervisor, somebody else, has agreed (pathways 1.5, GR-2P). Nothing but a person ever sets it (GR-AI).
 */
export function setRiskLevel(command: CaseCommand<'SetRiskLevel'>, state: KnownCase): Outcome {
  const { level, reason, proposalId } = command.data;
  if (reason.trim() === '') return refused(unmet('FieldInvalid', 'reason'));
  const previous = state.risk?.level;
  if (previous !== undefined && riskOrder[level] < riskOrder[previous]) {
    if (proposalId === undefined) return refused(unmet('FieldInvalid', 'proposalId'));
    return accepted({
      type: 'RiskLoweringProposed',
      data: { proposalId, level, from: previous },
      ...narrative(reason),
      ...whenOf(command),
    });
  }
  return accepted({
    type: 'RiskLevelSet',
    data: { level, ...(previous === undefined ? {} : { previous }) },
    ...narrative(reason),
    ...whenOf(command),
  });
}

/** The second person, who supervises and has a report of a review before them that is newer than the present level. */
export function agreeToLowerRisk(
  command: CaseCommand<'AgreeToLowerRisk'>,
  state: KnownCase,
  { actor, common }: DecideContext,
): Outcome {
  const { proposalId, reason } = command.data;
  const proposal = state.riskProposal;
  if (proposal?.proposalId !== proposalId) return unknown(unmet('NotFound', 'proposalId'));
  if (state.risk?.level !== proposal.from) return conflict(unmet('WrongState', 'proposalId'));
  const { roles, documents } = common.riskLowering;
  const reviewed = documents.some((code) =>
    documentsOf(state, code, undefined).some(({ version }) => version > (state.risk?.version ?? 0)),
  );
  const problems = [
    ...(actor.roles.some((role) => roles.includes(role)) ? [] : [unmet('RoleNotAllowed', 'proposalId')]),
    ...(actor.id === proposal.by ? [unmet('TwoPersonRule', 'proposalId')] : []),
    ...(reviewed ? [] : documents.map((code) => unmet('DocumentMissing', code, common.documents[code]?.title ?? code))),
  ];
  if (problems.length > 0) return refused(...problems);
  const { level, from, by } = proposal;
  return accepted({
    type: 'RiskLevelSet',
    data: { level, previous: from, proposedBy: by },
    ...narrative(reason),
    ...whenOf(command),
  });
}
