import type { CommonDefinition, ReferralState } from '#libs/pathways';
import type { CaseCommand, ReceivedReferral } from '../commands.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent, ForeignSystem } from '../events.js';
import { accepted, type Outcome } from '../outcome.js';
import { pathBetween } from '../referrals/life-cycle.js';
import type { CaseState, KnownCase, ReferralStatus } from '../state.js';
import { riskOrder } from './risk-order.js';
import { whenOf } from './open.js';

type ReceiveRecord = CaseCommand<'ReceiveRecord'>;

/**
 * Takes in what another system says of a case. The same record twice, or an older one than we know, changes nothing.
 * Risk is never lowered, a consent is never made up, and a referral only moves where its life cycle allows.
 */
export function receiveRecord(command: ReceiveRecord, state: CaseState, { common }: DecideContext): Outcome {
  if (state.status === 'known' && isOldNews(command, state)) return accepted();
  const opened: CaseEvent[] =
    state.status === 'known'
      ? []
      : [{ type: 'CaseOpened', data: { ...command.data.open, receivedFrom: command.data.system }, ...whenOf(command) }];
  const known = state.status === 'known' ? state : undefined;
  return accepted(
    ...opened,
    recordReceived(command),
    ...riskRaised(command, known),
    ...command.data.referrals.flatMap((referral) =>
      referralEvents(withCodes(referral, common), command, known?.referrals[referral.referralId]),
    ),
  );
}

function isOldNews({ data }: ReceiveRecord, { foreign }: KnownCase): boolean {
  const before = foreign[data.system];
  if (before === undefined) return false;
  if (data.current !== true && before.digests.includes(data.digest)) return true;
  return data.modifiedAt !== undefined && before.modifiedAt !== undefined && data.modifiedAt < before.modifiedAt;
}

function recordReceived(command: ReceiveRecord): CaseEvent {
  const { system, identifiers, facts, digest, modifiedAt, sealed } = command.data;
  return {
    type: 'ForeignRecordReceived',
    data: { system, identifiers, facts, digest, ...(modifiedAt === undefined ? {} : { modifiedAt }) },
    sealed,
    ...whenOf(command),
  };
}

function riskRaised(command: ReceiveRecord, known: KnownCase | undefined): CaseEvent[] {
  const { risk: level, system: source } = command.data;
  const previous = known?.risk?.level;
  if (level === undefined || (previous !== undefined && riskOrder[level] <= riskOrder[previous])) return [];
  return [
    {
      type: 'RiskLevelSet',
      data: { level, source, ...(previous === undefined ? {} : { previous }) },
      ...whenOf(command),
    },
  ];
}

/** A reason that is none of our codes is words: it is sealed, and stands in clear as `OTHER`. */
function withCodes(referral: ReceivedReferral, { rejectionReasons }: CommonDefinition): ReceivedReferral {
  const { rejectionReason: words, sealed } = referral;
  if (words === undefined || rejectionReasons[words] !== undefined) return referral;
  return {
    ...referral,
    rejectionReason: 'OTHER',
    sealed: { ...sealed, narrative: { ...sealed.narrative, rejectionReason: words } },
  };
}

function referralEvents(
  referral: ReceivedReferral,
  command: ReceiveRecord,
  ours: ReferralStatus | undefined,
): CaseEvent[] {
  if (ours !== undefined) return answered(referral, ours, command);
  const { sealed, ...data } = referral;
  return [{ type: 'ReferralReceived', data: { ...data, system: command.data.system }, sealed, ...whenOf(command) }];
}

const eventFor: Partial<Record<ReferralState, CaseEvent['type']>> = {
  ACKNOWLEDGED: 'ReferralAcknowledged',
  ACCEPTED: 'ReferralAccepted',
  IN_SERVICE: 'ReferralServiceStarted',
  COMPLETED: 'ReferralCompleted',
  REJECTED: 'ReferralRejected',
  REVOKED: 'ReferralRevoked',
};

/**
 * Their state read with ours: a step back is no news, and an end reported for a referral that is already in service is
 * left to a person, because OSCaR calls a rejected referral and a client who left by the same word (pathways, section 7).
 */
function answered(theirs: ReceivedReferral, ours: ReferralStatus, command: ReceiveRecord): CaseEvent[] {
  if (theirs.state === 'SENT' || theirs.state === 'DRAFT') return [];
  const path = pathBetween(ours.state, theirs.state) ?? [];
  return path.flatMap((step) => {
    const type = eventFor[step];
    if (type === undefined) return [];
    const { data, sealed } = told(theirs, step, command.data.system);
    return [{ type, data, ...(sealed && { sealed }), ...whenOf(command) } as CaseEvent];
  });
}

/** What they say of the referral goes with their refusal; the steps on the way there are only implied. */
function told({ referralId, rejectionReason, sealed }: ReceivedReferral, step: ReferralState, system: ForeignSystem) {
  if (step !== 'REJECTED' && step !== 'REVOKED') return { data: { referralId, system }, sealed: undefined };
  return { data: { referralId, reason: rejectionReason ?? 'OTHER', system }, sealed };
}
