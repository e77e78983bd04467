import { plus } from '#libs/calendar';
import type { ReferralState } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import { inConflict } from '../conditions/steps.js';
import { missingForSharing, SHARING } from '../consents/in-force.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import { mayMove } from '../referrals/life-cycle.js';
import type { KnownCase, ReferralStatus } from '../state.js';
import { consentMissing, unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';

/** One referral for each requested service; nothing leaves yet. */
export function draftReferral(
  command: CaseCommand<'DraftReferral'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { reason, ...data } = command.data;
  if (state.referrals[data.referralId] !== undefined) return conflict(unmet('AlreadyExists', 'referralId'));
  const { toAgency, language } = data;
  const problems = [
    ...(inConflict(state, context, toAgency, toAgency) ? [unmet('ConflictOfInterest', 'toAgency')] : []),
    ...(language === undefined || context.common.labels['languages']?.[language] !== undefined
      ? []
      : [unmet('NotFound', 'language', language)]),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({ type: 'ReferralDrafted', data, ...narrative(reason), ...whenOf(command) });
}

/** Nothing is shared without a consent that covers this recipient now, or an exception that stands in for it. */
export function sendReferral(command: CaseCommand<'SendReferral'>, state: KnownCase, context: DecideContext): Outcome {
  const referral = state.referrals[command.data.referralId];
  if (referral === undefined) return unknown(unmet('NotFound', 'referralId'));
  if (!mayMove(referral.state, 'SENT')) return conflict(unmet('WrongState', referral.state));
  const toAgency = command.data.toAgency ?? referral.toAgency;
  const missing = missingForSharing(state, toAgency, context);
  const problems = [
    ...(missing.length === 0 ? [] : [consentMissing(SHARING, toAgency, missing)]),
    ...(inConflict(state, context, toAgency, toAgency) ? [unmet('ConflictOfInterest', 'toAgency')] : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const { referralId, attempt } = referral;
  return accepted({ type: 'ReferralSent', data: { referralId, toAgency, attempt: attempt + 1 }, ...whenOf(command) });
}

type Move =
  | 'AcknowledgeReferral'
  | 'RequestReferralInformation'
  | 'ProvideReferralInformation'
  | 'AcceptReferral'
  | 'RejectReferral'
  | 'StartService'
  | 'CompleteReferral'
  | 'RevokeReferral';

/** Where each command leads and what it is called once it has happened. */
const moved: Record<Move, { to: ReferralState; from?: ReferralState; event: CaseEvent['type'] }> = {
  AcknowledgeReferral: { to: 'ACKNOWLEDGED', from: 'SENT', event: 'ReferralAcknowledged' },
  RequestReferralInformation: { to: 'MORE_INFO', event: 'ReferralInformationRequested' },
  ProvideReferralInformation: { to: 'ACKNOWLEDGED', from: 'MORE_INFO', event: 'ReferralInformationProvided' },
  AcceptReferral: { to: 'ACCEPTED', event: 'ReferralAccepted' },
  RejectReferral: { to: 'REJECTED', event: 'ReferralRejected' },
  StartService: { to: 'IN_SERVICE', event: 'ReferralServiceStarted' },
  CompleteReferral: { to: 'COMPLETED', event: 'ReferralCompleted' },
  RevokeReferral: { to: 'REVOKED', event: 'ReferralRevoked' },
};

/** A referral has one answer: whoever comes second finds it moved on. */
export function moveReferral(command: CaseCommand<Move>, state: KnownCase, context: DecideContext): Outcome {
  const referral = state.referrals[command.data.referralId];
  if (referral === undefined) return unknown(unmet('NotFound', 'referralId'));
  const { to, from, event } = moved[command.type];
  const present = stateWhen(command, referral);
  if (!mayMove(present, to) || (from !== undefined && present !== from)) {
    return conflict(unmet('WrongState', present));
  }
  // The reason stands in clear: a code, never words.
  if ('reason' in command.data && context.common.rejectionReasons[command.data.reason] === undefined) {
    return refused(unmet('NotFound', 'reason', command.data.reason));
  }
  return accepted(moveEvent(command, referral, event, opened(command, referral, context)));
}

/** An answer that came before the referral expired counts, although nobody wrote it down in time (pathways 1.2). */
function stateWhen({ type, occurredAt }: CaseCommand<Move>, { state, stateAt }: ReferralStatus): ReferralState {
  const isAnswer = type === 'AcceptReferral' || type === 'RejectReferral';
  return isAnswer && state === 'EXPIRED' && occurredAt < stateAt ? 'SENT' : state;
}

/** An accepted referral opens to its receiver what the sharing policy says, and a completed one leaves it open for a while. */
function opened(
  { type, occurredAt }: CaseCommand<Move>,
  referral: ReferralStatus,
  { sharing, calendar: { zone } }: DecideContext,
): Partial<CaseEvent<'ReferralAccepted' | 'ReferralCompleted'>['data']> {
  const { purpose, classes, atMost, afterwards } = sharing(referral);
  if (type === 'AcceptReferral') return { grant: { purpose, classes, until: plus(occurredAt, atMost, zone) } };
  const { grant } = referral;
  if (type !== 'CompleteReferral' || grant === undefined) return {};
  const until = plus(occurredAt, afterwards, zone);
  return { grantUntil: until < grant.until ? until : grant.until };
}

function moveEvent(
  command: CaseCommand<Move>,
  { referralId }: ReferralStatus,
  type: CaseEvent['type'],
  more: object,
): CaseEvent {
  const { data } = command;
  const reason = 'reason' in data ? { reason: data.reason } : {};
  const text = 'text' in data ? data.text : undefined;
  return { type, data: { referralId, ...reason, ...more }, ...narrative(text), ...whenOf(command) } as CaseEvent;
}
