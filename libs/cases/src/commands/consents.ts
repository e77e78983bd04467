import type { ReferralState } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import { SHARING } from '../consents/in-force.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative } from './records.js';

export function giveConsent(command: CaseCommand<'GiveConsent'>, state: KnownCase, context: DecideContext): Outcome {
  const { text, ...data } = command.data;
  const problems = [
    ...(context.common.documents[data.kind]?.kind === 'consent' ? [] : [unmet('NotFound', 'kind', data.kind)]),
    // Consent to share names whom it is shared with; a consent to everybody is none.
    ...(data.kind === SHARING && data.recipient === undefined ? [unmet('FieldInvalid', 'recipient')] : []),
    ...(state.consents.some(({ consentId }) => consentId === data.consentId)
      ? [unmet('AlreadyExists', 'consentId')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted({ type: 'ConsentGiven', data, ...narrative(text), ...whenOf(command) });
}

/** States in which a referral was not accepted yet and can be called back. */
const recallable: readonly ReferralState[] = ['SENT', 'ACKNOWLEDGED', 'MORE_INFO'];

/** Withdrawal stops sharing at once: referrals to that recipient which nobody has accepted are recalled (pathways 1.6). */
export function withdrawConsent(command: CaseCommand<'WithdrawConsent'>, state: KnownCase): Outcome {
  const { consentId, giver, text } = command.data;
  const consent = state.consents.find((each) => each.consentId === consentId);
  if (consent === undefined) return unknown(unmet('NotFound', 'consentId'));
  if (consent.withdrawn) return conflict(unmet('WrongState', 'consentId'));
  const recalled = Object.values(state.referrals).filter(
    (referral) =>
      consent.kind === SHARING && referral.toAgency === consent.recipient && recallable.includes(referral.state),
  );
  return accepted(
    { type: 'ConsentWithdrawn', data: { consentId, giver }, ...narrative(text), ...whenOf(command) },
    ...recalled.map(({ referralId }): CaseEvent => ({
      type: 'ReferralRevoked',
      data: { referralId, reason: 'NO_CONSENT' },
      ...whenOf(command),
    })),
  );
}

/** Exceptions that say the caregiver is a danger: nothing may ever reach that caregiver again (pathways 1.6, GR-EXC). */
const CAREGIVER_IS_DANGER = ['EX1', 'EX2', 'EX3'];

export function recordException(
  command: CaseCommand<'RecordConsentException'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { exceptionId, code, kinds, reason, reaskOn, blocked } = command.data;
  const problems = [
    ...(context.common.exceptions[code] === undefined ? [unmet('NotFound', 'code', code)] : []),
    ...kinds
      .filter((kind) => context.common.documents[kind]?.kind !== 'consent')
      .map((kind) => unmet('NotFound', 'kinds', kind)),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
    ...(CAREGIVER_IS_DANGER.includes(code) && blocked === undefined ? [unmet('FieldInvalid', 'blocked')] : []),
    ...(state.exceptions.some((each) => each.exceptionId === exceptionId)
      ? [unmet('AlreadyExists', 'exceptionId')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  return accepted(
    {
      type: 'ConsentExceptionRecorded',
      data: { exceptionId, code, kinds, reaskOn },
      ...narrative(reason),
      ...whenOf(command),
    },
    ...(blocked === undefined ? [] : [blockedBy(code, blocked, command)]),
  );
}

/** Somebody else than who recorded it approves an exception, within 24 hours. */
export function approveException(
  command: CaseCommand<'ApproveConsentException'>,
  state: KnownCase,
  { actor }: DecideContext,
): Outcome {
  const { exceptionId } = command.data;
  const exception = state.exceptions.find((each) => each.exceptionId === exceptionId);
  if (exception === undefined) return unknown(unmet('NotFound', 'exceptionId'));
  if (exception.approvedBy !== undefined) return conflict(unmet('WrongState', 'exceptionId'));
  if (exception.by === actor.id) return refused(unmet('TwoPersonRule', 'exceptionId'));
  return accepted({ type: 'ConsentExceptionApproved', data: { exceptionId }, ...whenOf(command) });
}

type Blocked = NonNullable<CaseCommand<'RecordConsentException'>['data']['blocked']>;

function blockedBy(code: string, { blockId, who, token, name, phone }: Blocked, command: CaseCommand): CaseEvent {
  return {
    type: 'ContactBlocked',
    data: { blockId, who, because: code, ...(token === undefined ? {} : { token }) },
    sealed: { perpetrator: { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) } },
    ...whenOf(command),
  };
}
