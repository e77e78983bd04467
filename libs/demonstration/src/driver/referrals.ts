import type { ReferralStatus } from '#libs/cases';
import type { ReferralState } from '#libs/pathways';
import { words } from '../words.js';
import { Impossible } from './impossible.js';
import { giveConsent } from './consents.js';
import { scribe } from './records.js';
import type { Rehearsal } from './rehearsal.js';
import { receivingAgencies, somebodyAt } from './team.js';

/** Services of the exchange's vocabulary that children of every pathway are referred to. */
const services = [
  ['counselling', 'counselling_generalist'],
  ['counselling', 'counselling_trauma'],
  ['medical_support', 'medical_support_access_care'],
  ['legal_support', 'legal_support_representation'],
  ['social_work_case_work', 'social_work_case_work_community'],
  ['financial_development', 'financial_development_material_assistance'],
] as const;

const urgencies = [
  ['EMERGENCY', 1],
  ['URGENT_3H', 1],
  ['URGENT', 3],
  ['SOON', 4],
  ['ROUTINE', 5],
] as const;

/** Why receivers say no, and how often (assumed). */
const rejections = [
  ['OUT_OF_AREA', 25],
  ['NO_CAPACITY', 35],
  ['NOT_ELIGIBLE', 15],
  ['SERVICE_NOT_SPECIFIED', 8],
  ['DUPLICATE', 7],
  ['OTHER', 5],
] as const;

/** Asks another agency for one service, or to take the case over. @returns the referral's id */
export function draftReferral(rehearsal: Rehearsal, type: 'service' | 'transfer'): string {
  const { random, state } = rehearsal;
  const referralId = random.id();
  const [serviceType, code] = random.pick(services);
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'DraftReferral', {
    referralId,
    type,
    service: type === 'transfer' ? { code: 'social_work_case_work_generalist' } : { code, type: serviceType },
    fromAgency: state.agency,
    toAgency: random.pick(receivingAgencies(state)),
    urgency: random.weighted(urgencies),
    reason: words.referral,
  });
  return referralId;
}

/** Sends a draft, or an expired referral to another agency, once the consent for its receiver is there. */
export function sendReferral(rehearsal: Rehearsal, referralId: string): void {
  const referral = referralOf(rehearsal, referralId);
  const elsewhere = receivingAgencies(rehearsal.state).filter((agency) => agency !== referral.toAgency);
  const toAgency = referral.state === 'EXPIRED' ? rehearsal.random.pick(elsewhere) : referral.toAgency;
  giveConsent(rehearsal, 'CONSENT_SHARING', toAgency);
  rehearsal.tick();
  rehearsal.ask(scribe(rehearsal), 'SendReferral', { referralId, toAgency });
}

/** Moves a referral one state further on its way to being completed. */
export function moveOn(rehearsal: Rehearsal, referralId: string): void {
  const { state, toAgency } = referralOf(rehearsal, referralId);
  if (state === 'DRAFT' || state === 'EXPIRED') return sendReferral(rehearsal, referralId);
  const receiver = somebodyAt(toAgency);
  rehearsal.tick();
  if (state === 'SENT' || state === 'ACKNOWLEDGED') return rehearsal.ask(receiver, 'AcceptReferral', { referralId });
  if (state === 'ACCEPTED') return rehearsal.ask(receiver, 'StartService', { referralId });
  if (state === 'IN_SERVICE') return rehearsal.ask(receiver, 'CompleteReferral', { referralId, text: words.note });
  if (state === 'MORE_INFO') {
    return rehearsal.ask(scribe(rehearsal), 'ProvideReferralInformation', { referralId, text: words.note });
  }
  throw new Impossible(`a referral that is ${state} goes no further`);
}

/** The receiver answers: 72 accept for each 15 that reject (assumed). A service that was accepted begins and ends later. */
export function answerReferral(rehearsal: Rehearsal, referralId: string): void {
  const { toAgency } = referralOf(rehearsal, referralId);
  const { random } = rehearsal;
  rehearsal.tick();
  if (random.chance(15 / 87)) {
    return rehearsal.ask(somebodyAt(toAgency), 'RejectReferral', { referralId, reason: random.weighted(rejections) });
  }
  rehearsal.ask(somebodyAt(toAgency), 'AcceptReferral', { referralId });
  continueLater(rehearsal, referralId, random.integer(1, 6), random.integer(15, 70));
}

function continueLater(rehearsal: Rehearsal, referralId: string, startsIn: number, lasts: number): void {
  const waiting: ReferralState[] = ['ACCEPTED', 'IN_SERVICE'];
  const go = (later: Rehearsal) => {
    if (waiting.includes(referralOf(later, referralId).state) && !later.ended) moveOn(later, referralId);
  };
  rehearsal.errands.push(
    { at: rehearsal.later(`P${startsIn}D`), run: go },
    { at: rehearsal.later(`P${startsIn + lasts}D`), run: go },
  );
}

/** Somebody else is asked after a rejection: the same service, drafted anew. */
export function referElsewhere(rehearsal: Rehearsal, referralId: string): void {
  if (referralOf(rehearsal, referralId).state === 'EXPIRED') return sendReferral(rehearsal, referralId);
  sendReferral(rehearsal, draftReferral(rehearsal, 'service'));
}

export function referralOf({ state }: Rehearsal, referralId: string): ReferralStatus {
  const referral = state.referrals[referralId];
  if (referral === undefined) throw new Impossible('no such referral');
  return referral;
}
