import { localDateOf } from '#libs/calendar';
import type { ConsentRules, ReferralState } from '#libs/pathways';
import type { CaseCommand } from '../commands.js';
import { documentsOf } from '../conditions/records.js';
import { SHARING } from '../consents/in-force.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { accepted, conflict, refused, unknown, type Outcome } from '../outcome.js';
import type { Unmet } from '../refusal.js';
import type { KnownCase } from '../state.js';
import { unmet } from '../texts.js';
import { whenOf } from './open.js';
import { narrative, sealedWords } from './records.js';

export function giveConsent(command: CaseCommand<'GiveConsent'>, state: KnownCase, context: DecideContext): Outcome {
  const { text, witness, ...data } = command.data;
  const problems = [
    ...(context.common.documents[data.kind]?.kind === 'consent' ? [] : [unmet('NotFound', 'kind', data.kind)]),
    // Consent to share names whom it is shared with; a consent to everybody is none.
    ...(data.kind === SHARING && data.recipient === undefined ? [unmet('FieldInvalid', 'recipient')] : []),
    ...formProblems(command.data, state, context),
    ...(state.consents.some(({ consentId }) => consentId === data.consentId)
      ? [unmet('AlreadyExists', 'consentId')]
      : []),
  ];
  if (problems.length > 0) return refused(...problems);
  const witnessed = (witness ?? '').trim() !== '';
  return accepted({
    type: 'ConsentGiven',
    data: { ...data, ...(witnessed ? { witnessed } : {}) },
    ...sealedWords({ text, witness }),
    ...whenOf(command),
  });
}

/** Who gives it and how: a spoken consent is heard by a witness, and a caregiver who is a danger is not asked. */
function formProblems(
  { kind, giver, manner, witness, who }: CaseCommand<'GiveConsent'>['data'],
  state: KnownCase,
  { common: { consent } }: DecideContext,
): Unmet[] {
  const givers = consent.givers[kind];
  const blocked = giver === 'caregiver' && caregiverBlocks(state, consent);
  return [
    ...(givers === undefined || givers.includes(giver) ? [] : [unmet('FieldInvalid', 'giver')]),
    ...(consent.witnessed.includes(manner) && (witness ?? '').trim() === '' ? [unmet('FieldInvalid', 'witness')] : []),
    ...(blocked !== false && blocked.length > 0 && who === undefined ? [unmet('FieldInvalid', 'who')] : []),
    ...(blocked !== false && blocked.some((block) => block.who === who) ? [unmet('ContactBlocked', 'who')] : []),
  ];
}

/** Caregivers whom an exception says are a danger. While there are any, a caregiver's consent says whose it is. */
function caregiverBlocks({ blocks }: KnownCase, { exceptions }: ConsentRules): KnownCase['blocks'] {
  return blocks.filter(({ because }) => exceptions[because]?.blocks === true);
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

export function recordException(
  command: CaseCommand<'RecordConsentException'>,
  state: KnownCase,
  { common }: DecideContext,
): Outcome {
  const { exceptionId, code, kinds, reason, reaskOn, blocked } = command.data;
  const rule = common.consent.exceptions[code];
  const problems = [
    ...(rule === undefined ? [unmet('NotFound', 'code', code)] : []),
    ...kinds
      .filter((kind) => common.documents[kind]?.kind !== 'consent')
      .map((kind) => unmet('NotFound', 'kinds', kind)),
    ...(reason.trim() === '' ? [unmet('FieldInvalid', 'reason')] : []),
    // Nothing may ever reach that caregiver again, so it must be known who that is (pathways 1.6, GR-EXC).
    ...(rule?.blocks === true && blocked === undefined ? [unmet('FieldInvalid', 'blocked')] : []),
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

/** Somebody else than who recorded it, who supervises, with the papers it takes before them; within 24 hours. */
export function approveException(
  command: CaseCommand<'ApproveConsentException'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { approvalNeeds } = context.common.consent;
  return judgeException(command, state, context, (exceptionId) => {
    const missing = approvalNeeds.filter((code) => documentsOf(state, code, undefined).length === 0);
    return missing.length > 0
      ? refused(...missing.map((code) => unmet('DocumentMissing', code, context.common.documents[code]?.title ?? code)))
      : accepted({ type: 'ConsentExceptionApproved', data: { exceptionId }, ...whenOf(command) });
  });
}

export function rejectException(
  command: CaseCommand<'RejectConsentException'>,
  state: KnownCase,
  context: DecideContext,
): Outcome {
  const { reason } = command.data;
  return judgeException(command, state, context, (exceptionId) =>
    reason.trim() === ''
      ? refused(unmet('FieldInvalid', 'reason'))
      : accepted({
          type: 'ConsentExceptionRejected',
          data: { exceptionId },
          ...narrative(reason),
          ...whenOf(command),
        }),
  );
}

function judgeException(
  { data: { exceptionId } }: { data: { exceptionId: string } },
  state: KnownCase,
  { actor, common }: DecideContext,
  judge: (exceptionId: string) => Outcome,
): Outcome {
  const exception = state.exceptions.find((each) => each.exceptionId === exceptionId);
  if (exception === undefined) return unknown(unmet('NotFound', 'exceptionId'));
  if (exception.approvedBy !== undefined || exception.ended) return conflict(unmet('WrongState', 'exceptionId'));
  const problems = [
    ...(actor.roles.some((role) => common.consent.approvers.includes(role))
      ? []
      : [unmet('RoleNotAllowed', 'exceptionId')]),
    ...(exception.by === actor.id ? [unmet('TwoPersonRule', 'exceptionId')] : []),
  ];
  return problems.length > 0 ? refused(...problems) : judge(exceptionId);
}

/** The day has come to ask about the caregiver again: the exception ends, or it is asked about on another day. */
export function reviewException(
  command: CaseCommand<'ReviewConsentException'>,
  state: KnownCase,
  { now, calendar }: DecideContext,
): Outcome {
  const { exceptionId, ends, reaskOn, text } = command.data;
  const exception = state.exceptions.find((each) => each.exceptionId === exceptionId);
  if (exception === undefined) return unknown(unmet('NotFound', 'exceptionId'));
  if (exception.ended) return conflict(unmet('WrongState', 'exceptionId'));
  if (!ends && (reaskOn === undefined || reaskOn <= localDateOf(now, calendar.zone))) {
    return refused(unmet('FieldInvalid', 'reaskOn'));
  }
  return accepted({
    type: 'ConsentExceptionReviewed',
    data: { exceptionId, ends, ...(ends || reaskOn === undefined ? {} : { reaskOn }) },
    ...narrative(text),
    ...whenOf(command),
  });
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
