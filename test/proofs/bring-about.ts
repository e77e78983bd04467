import type { ReferralStatus } from '#libs/cases';
import {
  addNote,
  approveException,
  draftReferral,
  giveConsent,
  moveOn,
  Play,
  recordContact,
  recordDecision,
  recordDocument,
  recordException,
  recordFact,
  reviewException,
  scribe,
  sendReferral,
  setRisk,
  somebody,
  somebodyAt,
  takeTransition,
  type Rehearsal,
} from '#libs/demonstration';
import type { ReferralState, ReviewState, TransitionDefinition, Trigger } from '#libs/pathways';
import { impossible } from './rehearsing.js';

const words = 'Synthetic words';

/**
 * Makes happen what starts or stops a deadline, by commands alone, whatever kind of thing it is.
 *
 * @throws Impossible when a rule of the pathway stands against it
 */
export function bringAbout(rehearsal: Rehearsal, trigger: Trigger): void {
  const play = new Play(rehearsal);
  if (trigger.when !== undefined && !asksTheActor(trigger)) play.satisfy(trigger.when, true);
  const {
    track,
    fact,
    document,
    consent,
    exception,
    contact,
    note,
    decision,
    risk,
    referral,
    review,
    feedback,
    emergency,
  } = trigger;
  if (trigger.transition ?? trigger.entered ?? trigger.left) return step(rehearsal, trigger);
  if (track !== undefined) return moveTrack(rehearsal, track);
  if (fact !== undefined) return recordFact(rehearsal, fact.name, fact.is);
  if (document !== undefined) return recordDocument(rehearsal, document);
  if (consent !== undefined) return giveConsent(rehearsal, consent);
  if (exception !== undefined) return aboutException(rehearsal, exception);
  if (contact !== undefined) return recordContact(rehearsal, rehearsal.random.pick(contact));
  if (note !== undefined) return addNote(rehearsal, rehearsal.random.pick(note));
  if (decision !== undefined) return recordDecision(rehearsal, rehearsal.random.pick(decision));
  if (trigger.decided === true) return decideAnew(rehearsal);
  if (trigger.decided !== undefined) return decideForATime(rehearsal);
  if (risk !== undefined) return setRisk(rehearsal, rehearsal.random.pick(risk));
  if (referral !== undefined) return aboutReferral(rehearsal, referral);
  if (review !== undefined) return aboutReview(rehearsal, rehearsal.random.pick(review));
  if (feedback !== undefined) return aboutFeedback(rehearsal, feedback[0] ?? 'RECEIVED');
  if (emergency !== undefined) return aboutEmergency(rehearsal, emergency);
  if (trigger.withdrawal === true) return withdrawConsent(rehearsal);
  impossible(`nobody brings about ${Object.keys(trigger).join()}`);
}

/** Only the step itself says who takes it. */
const asksTheActor = ({ when }: Trigger): boolean => when !== undefined && 'actor' in when;

/** Most steps that it takes to come to where the wanted one is possible. */
const FURTHEST = 4;

/** Takes a step that the trigger names, after those that lead to where it can be taken. */
function step(rehearsal: Rehearsal, { transition, entered, left }: Trigger): void {
  const { transitions } = rehearsal.pathway.definition;
  const isWanted = ({ id, from, to }: TransitionDefinition): boolean =>
    transition?.includes(id) === true ||
    entered?.includes(to) === true ||
    left?.some((state) => from.includes(state)) === true;
  const takes = (steps: TransitionDefinition[]) => rehearsal.attempt(() => takeAll(rehearsal, steps));
  if (!waysTo(rehearsal.present ?? '', isWanted, transitions).some(takes)) impossible('no steps lead there from here');
}

function takeAll(rehearsal: Rehearsal, steps: readonly TransitionDefinition[]): void {
  for (const { id } of steps) takeTransition(rehearsal, id);
}

/** The shortest ways first. */
function waysTo(
  present: string,
  isWanted: (transition: TransitionDefinition) => boolean,
  transitions: readonly TransitionDefinition[],
): TransitionDefinition[][] {
  const found: TransitionDefinition[][] = [];
  let ways: TransitionDefinition[][] = [[]];
  for (let steps = 0; steps < FURTHEST; steps += 1) {
    ways = ways.flatMap((way) =>
      transitions
        .filter(({ from, to }) => from.includes(way.at(-1)?.to ?? present) && !way.some((each) => each.to === to))
        .map((each) => [...way, each]),
    );
    found.push(...ways.filter((way) => isWanted(way.at(-1)!)));
  }
  return found.slice(0, 12);
}

function moveTrack(rehearsal: Rehearsal, { id, enters, leaves }: NonNullable<Trigger['track']>): void {
  const all = Object.keys(rehearsal.pathway.definition.tracks[id]?.states ?? {});
  const states = enters ?? all.filter((state) => leaves?.includes(state) !== true);
  if (leaves !== undefined) new Play(rehearsal).satisfy({ track: { id, in: leaves } }, true);
  new Play(rehearsal).satisfy({ track: { id, in: states } }, true);
}

function aboutException(rehearsal: Rehearsal, what: NonNullable<Trigger['exception']>): void {
  if (what === 'recorded') return recordException(rehearsal, 'CONSENT_SERVICES');
  const running = rehearsal.state.exceptions.findLast(({ ended }) => !ended);
  if (running === undefined || (what !== 'approved' && what !== 'rejected' && running.approvedBy === undefined)) {
    aboutException(rehearsal, running === undefined ? 'recorded' : 'approved');
    return aboutException(rehearsal, what);
  }
  const { exceptionId } = running;
  if (what === 'approved') return approveException(rehearsal, exceptionId);
  if (what === 'reviewed') return reviewException(rehearsal, exceptionId);
  const { team, state } = rehearsal;
  rehearsal.tick();
  if (what === 'ended') {
    return rehearsal.ask(scribe(rehearsal), 'ReviewConsentException', { exceptionId, ends: true, text: words });
  }
  const supervisor = somebody(['NGO_SUP', 'PDOSVY_SUP'], team, state, [running.by]);
  rehearsal.ask(supervisor, 'RejectConsentException', { exceptionId, reason: words });
}

function decideForATime(rehearsal: Rehearsal): void {
  const { gates } = rehearsal.pathway.definition;
  const outcomes = Object.values(gates).flatMap(({ reviewWithin = {} }) => Object.keys(reviewWithin));
  decideOne(rehearsal, outcomes);
}

function decideAnew(rehearsal: Rehearsal): void {
  const gate = rehearsal.state.decisions.at(-1)?.gate ?? impossible('nothing was decided');
  decideOne(rehearsal, Object.keys(rehearsal.pathway.definition.gates[gate]?.outcomes ?? {}));
}

function decideOne(rehearsal: Rehearsal, outcomes: readonly string[]): void {
  const decided = outcomes.some((outcome) => rehearsal.attempt(() => recordDecision(rehearsal, outcome)));
  if (!decided) impossible('none of these is decided here');
}

function aboutReferral(rehearsal: Rehearsal, states: ReferralState[]): void {
  const wanted = rehearsal.random.pick(states);
  const running = latest(rehearsal) ?? drafted(rehearsal);
  const { referralId } = running;
  rehearsal.tick();
  if (wanted === 'REVOKED') {
    return rehearsal.ask(scribe(rehearsal), 'RevokeReferral', { referralId, reason: 'OTHER' });
  }
  if (wanted === 'SENT') return sendReferral(rehearsal, drafted(rehearsal, running).referralId);
  if (running.state === 'DRAFT') sendReferral(rehearsal, referralId);
  if (wanted === 'REJECTED') {
    return rehearsal.ask(somebodyAt(running.toAgency), 'RejectReferral', { referralId, reason: 'NO_CAPACITY' });
  }
  if (wanted === 'EXPIRED') impossible('nobody lets a referral expire on purpose');
  for (let moves = 0; latest(rehearsal)?.state !== wanted && moves < 4; moves += 1) moveOn(rehearsal, referralId);
}

function latest({ state }: Rehearsal): ReferralStatus | undefined {
  return Object.values(state.referrals).at(-1);
}

/** One that can be sent: the search after a rejection goes on with the same service and somebody else. */
function drafted(rehearsal: Rehearsal, before?: ReferralStatus): ReferralStatus {
  if (before?.state === 'DRAFT' || before?.state === 'EXPIRED') return before;
  for (let tries = 0; tries < 40; tries += 1) {
    const mark = rehearsal.mark();
    const referralId = draftReferral(rehearsal, 'service');
    const draft = rehearsal.state.referrals[referralId];
    if (draft !== undefined && (before?.service.code ?? draft.service.code) === draft.service.code) return draft;
    rehearsal.goBack(mark);
  }
  return impossible('no such service is drafted');
}

function aboutReview(rehearsal: Rehearsal, wanted: ReviewState): void {
  const { state, team, random } = rehearsal;
  const running = Object.values(state.reviews).at(-1);
  if (running === undefined) {
    const decision = state.decisions.at(-1) ?? impossible('nothing was decided');
    const reviewId = random.id();
    rehearsal.tick();
    rehearsal.ask(scribe(rehearsal), 'FileReview', {
      reviewId,
      decisionId: decision.decisionId,
      by: 'child',
      channel: 'voice',
      text: words,
    });
    return wanted === 'FILED' ? undefined : aboutReview(rehearsal, wanted);
  }
  const { reviewId, level } = running;
  const roles = level === 1 ? ['NGO_SUP', 'PDOSVY_SUP'] : ['MOSVY_CPD'];
  const involved = state.decisions.flatMap(({ by, members }) => [by, ...members.map(({ id }) => id)]);
  const steps = state.enrolment?.taken.map(({ by }) => by) ?? [];
  const reviewer = somebody(roles, team, state, [...involved, ...steps, state.owner ?? '']);
  rehearsal.tick();
  if (running.state === 'FILED') rehearsal.ask(reviewer, 'AcknowledgeReview', { reviewId });
  if (wanted === 'ACKNOWLEDGED') return;
  if (running.state === wanted) return;
  const { state: now } = Object.values(rehearsal.state.reviews).at(-1) ?? running;
  if (now === 'ACKNOWLEDGED' || now === 'SECOND_LEVEL') rehearsal.ask(reviewer, 'TakeUpReview', { reviewId });
  if (wanted === 'UNDER_REVIEW') return;
  const outcome = wanted === 'UPHELD' || wanted === 'PARTLY_UPHELD' ? wanted : 'DISMISSED';
  rehearsal.ask(reviewer, 'DecideReview', { reviewId, outcome, reasons: words, noticeGiven: true });
  if (wanted !== 'SECOND_LEVEL') return;
  rehearsal.ask(scribe(rehearsal), 'RequestSecondLevel', { reviewId, by: 'child', channel: 'voice', text: words });
}

function aboutFeedback(rehearsal: Rehearsal, wanted: 'RECEIVED' | 'ANSWERED'): void {
  const waiting = Object.values(rehearsal.state.feedback).find(({ answeredAt }) => answeredAt === undefined);
  rehearsal.tick();
  if (waiting === undefined || wanted === 'RECEIVED') {
    const feedbackId = rehearsal.random.id();
    const said = { feedbackId, by: 'child' as const, channel: 'helpline' as const, text: words };
    return rehearsal.ask(scribe(rehearsal), 'ReceiveFeedback', said);
  }
  rehearsal.ask(scribe(rehearsal), 'AnswerFeedback', { feedbackId: waiting.feedbackId, text: words });
}

function aboutEmergency(rehearsal: Rehearsal, wanted: 'taken' | 'reviewed'): void {
  const taken = rehearsal.state.emergencies.find(({ justified }) => justified === undefined);
  rehearsal.tick();
  if (taken === undefined || wanted === 'taken') {
    const access = { accessId: rehearsal.random.id(), reason: `${words}: nobody who keeps the case answers` };
    return rehearsal.ask(scribe(rehearsal), 'TakeEmergencyAccess', access);
  }
  const review = { accessId: taken.accessId, justified: true, text: words };
  const reviewer = somebody(['NGO_SUP', 'PDOSVY_SUP'], rehearsal.team, rehearsal.state, [taken.staff]);
  rehearsal.ask(reviewer, 'ReviewEmergencyAccess', review);
}

function withdrawConsent(rehearsal: Rehearsal): void {
  giveConsent(rehearsal, 'CONSENT_SHARING');
  const consent = rehearsal.state.consents.findLast(({ withdrawn }) => !withdrawn) ?? impossible('no consent');
  rehearsal.tick();
  const { consentId, giver } = consent;
  rehearsal.ask(scribe(rehearsal), 'WithdrawConsent', { consentId, giver, text: words });
}
