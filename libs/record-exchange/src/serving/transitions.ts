import type { Instant } from '#libs/calendar';
import type { CaseCommand, CaseCommandData, CaseCommandType, ReferralStatus, ReferralType } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { toPrimeroTransitions, type Assignment, type OutgoingRecord } from '#libs/interop';
import { v5 as uuidv5 } from 'uuid';
import { bringerOf, traceTelling, type Asker } from './asker.js';
import type { HeldCase } from './held-cases.js';

/**
 * @param kinds Primero's: `Referral`, `Transfer`, `Assign`; absent: all
 * @throws ReadNotRecorded
 */
export async function tellTransitions(
  spean: Spean,
  asker: Asker,
  held: readonly HeldCase[],
  kinds: readonly string[] | undefined,
): Promise<OutgoingRecord[]> {
  await traceTelling(spean, asker, held);
  return held.flatMap((each) =>
    transitionsOf(each).filter(({ type }) => kinds === undefined || kinds.includes(String(type))),
  );
}

export const transitionsOf = (held: HeldCase): OutgoingRecord[] => toPrimeroTransitions(held.seen, assignmentsOf(held));

function assignmentsOf({ stored, sight }: HeldCase): Assignment[] {
  if (!sight.has('progress')) return [];
  return stored
    .filter(({ type }) => type === 'CaseAssigned')
    .map(({ streamId, version, data, meta, occurredAt }) => {
      const { owner, agency } = data as { owner: string; agency: string };
      return { id: uuidv5(String(version), streamId), owner, agency, by: meta.actor, at: occurredAt };
    });
}

/** What is asked of an agency, in Primero's words. */
export interface Requested {
  readonly type: ReferralType;
  readonly toAgency: string;
  /** Primero's code of a service type. */
  readonly service: string | undefined;
  readonly notes: string | undefined;
}

/**
 * Sends a referral as the program's agency. The same one asked for again is the same one: a request whose answer got lost
 * is simply repeated. Without the consent that covers the receiver it stays a draft, which staff find.
 *
 * @returns its id
 * @throws CommandRefused
 */
export async function requestReferral(spean: Spean, asker: Asker, held: HeldCase, asked: Requested): Promise<string> {
  const { type, toAgency, service, notes: reason } = asked;
  const referralId = uuidv5(JSON.stringify([type, toAgency, service, reason]), held.caseId);
  const known = held.whole.case.referrals[referralId];
  if (known === undefined) {
    await run(spean, asker, held, 'DraftReferral', {
      ...{
        referralId,
        type,
        toAgency,
        service: held.whole.codes.services.fromPrimero({ type: service }),
        fromAgency: asker.caller.agency,
      },
      urgency: 'ROUTINE',
      ...(reason === undefined ? {} : { reason }),
    });
  }
  if (known === undefined || known.state === 'DRAFT') await run(spean, asker, held, 'SendReferral', { referralId });
  return referralId;
}

/** An answer to a referral, in Primero's words. */
export interface Answered {
  readonly status: string;
  readonly reason: string | undefined;
  readonly note: string | undefined;
}

/** The referral can't be answered as it stands here, and the other system would not know that. */
export class NotAnswerable extends Error {
  override readonly name = 'NotAnswerable';
}

const open: readonly ReferralStatus['state'][] = ['SENT', 'ACKNOWLEDGED'];
/** For Primero they wait for an answer; here the sender has to say something first. */
const heldUp: readonly ReferralStatus['state'][] = ['MORE_INFO', 'EXPIRED'];
const taken: readonly ReferralStatus['state'][] = ['ACCEPTED', 'IN_SERVICE'];

/**
 * Answers a referral where its state allows it; an answer out of turn changes nothing, as in Primero.
 *
 * @throws NotAnswerable, CommandRefused
 */
export async function answerReferral(
  spean: Spean,
  asker: Asker,
  held: HeldCase,
  { referralId, state }: ReferralStatus,
  { status, reason, note }: Answered,
): Promise<void> {
  if ((status === 'accepted' || status === 'rejected') && heldUp.includes(state)) throw new NotAnswerable(state);
  const words = note === undefined ? {} : { text: note };
  if (status === 'accepted' && open.includes(state)) await run(spean, asker, held, 'AcceptReferral', { referralId });
  if (status === 'rejected' && open.includes(state)) {
    await run(spean, asker, held, 'RejectReferral', { referralId, ...refusalOf(spean, reason) });
  }
  if (status !== 'done' || !taken.includes(state)) return;
  if (state === 'ACCEPTED') await run(spean, asker, held, 'StartService', { referralId });
  await run(spean, asker, held, 'CompleteReferral', { referralId, ...words });
}

/** The service has begun: OSCaR calls it active. @throws CommandRefused */
export async function startService(
  spean: Spean,
  asker: Asker,
  held: HeldCase,
  { referralId, state }: ReferralStatus,
): Promise<void> {
  if (open.includes(state)) await run(spean, asker, held, 'AcceptReferral', { referralId });
  if ([...open, 'ACCEPTED'].includes(state)) await run(spean, asker, held, 'StartService', { referralId });
}

/** Takes a referral back, unless it has ended. @throws CommandRefused */
export async function revokeReferral(
  spean: Spean,
  asker: Asker,
  held: HeldCase,
  { referralId, state }: ReferralStatus,
): Promise<void> {
  if (![...open, ...heldUp, ...taken].includes(state)) return;
  await run(spean, asker, held, 'RevokeReferral', { referralId, reason: otherReason });
}

const otherReason = 'OTHER';

/** A reason of ours stands in clear; any other is words, and sealed. */
function refusalOf({ pathways: { common } }: Spean, reason: string | undefined): { reason: string; text?: string } {
  if (reason !== undefined && Object.hasOwn(common.rejectionReasons, reason)) return { reason };
  return { reason: otherReason, ...(reason === undefined ? {} : { text: reason }) };
}

async function run<T extends CaseCommandType>(
  spean: Spean,
  asker: Asker,
  { caseId }: HeldCase,
  type: T,
  data: CaseCommandData[T],
): Promise<void> {
  const when: { occurredAt: Instant; precision: 'moment' } = { occurredAt: spean.clock.now(), precision: 'moment' };
  const command = { type, data, ...when } as unknown as CaseCommand;
  await spean.commands.execute({ ...bringerOf(asker), caseId, command });
}
