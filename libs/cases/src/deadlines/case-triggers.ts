import type { DeadlineDefinition, FactValue, Trigger } from '#libs/pathways';
import { momentOfFact, momentsOf as momentsOfTime, type Moments } from '../conditions/fact-moment.js';
import { tookPlace } from '../conditions/records.js';
import type { DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { reviewStateAfter } from '../reviews/apply.js';
import type { KnownCase } from '../state.js';
import { birthdayOf } from './birthday.js';
import type { About, Happening } from './carrier.js';

/** What carries the deadlines of a case. */
export interface CaseKind {
  book: KnownCase;
  event: CaseEvent;
  context: DecideContext;
}

export type CaseHappening = Happening<CaseKind>;

/**
 * The clock runs from when it happened, not from when it was recorded; a time known only to the day counts from its
 * earliest hour (pathways 1.2).
 */
export function momentsOf(trigger: Trigger, happening: CaseHappening): Moments | undefined {
  if (!matches(trigger, happening)) return undefined;
  const { event, after, context } = happening;
  const { zone } = context.calendar;
  if (trigger.from !== undefined) return momentOfFact(after.facts[trigger.from], zone);
  const happened = momentsOfTime(event.occurredAt, event.precision, zone);
  if (trigger.birthday === undefined) return happened;
  if (context.birthDate === undefined) return undefined;
  const birthday = birthdayOf(context.birthDate, trigger.birthday, zone);
  return birthday > happened.earliest ? { earliest: birthday, latest: birthday } : happened;
}

function matches(trigger: Trigger, { event, after }: CaseHappening): boolean {
  switch (event.type) {
    case 'CaseEnrolled':
      return (
        trigger.opened === true ||
        trigger.birthday !== undefined ||
        includes(trigger.entered, event.data.state) ||
        includes(trigger.risk, after.risk?.level) ||
        isFact(trigger, after.facts)
      );
    case 'PersonDetailsNoted':
      return trigger.birthday !== undefined;
    case 'TransitionTaken':
      return (
        includes(trigger.transition, event.data.transition) ||
        includes(trigger.entered, event.data.to) ||
        includes(trigger.left, event.data.from)
      );
    case 'TrackMoved':
      // Moved to another post, a child is held as before: no clock of liberty begins anew.
      return (
        trigger.track?.id === event.data.track &&
        ((includes(trigger.track.enters, event.data.to) && event.data.from !== event.data.to) ||
          (includes(trigger.track.leaves, event.data.from) && !includes(trigger.track.leaves, event.data.to)))
      );
    case 'FactsRecorded':
      return isFact(trigger, event.data.facts);
    case 'DocumentRecorded':
      return trigger.document === event.data.code;
    case 'DecisionRecorded':
      return (
        trigger.document === event.data.document ||
        includes(trigger.decision, event.data.outcome) ||
        trigger.decided === true ||
        (trigger.decided === 'to_be_reviewed' && event.data.reviewOn !== undefined)
      );
    case 'ConsentGiven':
      return trigger.consent === event.data.kind;
    case 'ConsentExceptionRecorded':
      return trigger.exception === 'recorded';
    case 'ConsentExceptionApproved':
      return trigger.exception === 'approved';
    case 'ConsentExceptionRejected':
      return trigger.exception === 'rejected';
    case 'ConsentExceptionReviewed':
      return trigger.exception === (event.data.ends ? 'ended' : 'reviewed');
    case 'ConsentWithdrawn':
      return trigger.withdrawal === true;
    case 'ConflictDeclared':
      return trigger.conflict === 'holder' && [after.agency, after.owner].includes(event.data.ref);
    case 'ContactRecorded':
      return tookPlace(event.data) && includes(trigger.contact, event.data.kind);
    case 'NoteAdded':
      return includes(trigger.note, event.data.kind);
    case 'ReviewFiled':
    case 'ReviewAcknowledged':
    case 'ReviewTakenUp':
    case 'ReviewDecided':
    case 'ReviewSecondLevelRequested':
      return includes(trigger.review, reviewStateAfter(event));
    case 'FeedbackReceived':
      return includes(trigger.feedback, 'RECEIVED');
    case 'FeedbackAnswered':
      return includes(trigger.feedback, 'ANSWERED');
    case 'EmergencyAccessTaken':
      return trigger.emergency === 'taken';
    case 'EmergencyAccessReviewed':
      return trigger.emergency === 'reviewed';
    case 'RiskLevelSet':
      return includes(trigger.risk, event.data.level);
    case 'ReferralReceived':
      return includes(trigger.referral, event.data.state);
    case 'ReferralSent':
      return includes(trigger.referral, 'SENT');
    case 'ReferralAcknowledged':
      return includes(trigger.referral, 'ACKNOWLEDGED');
    case 'ReferralInformationRequested':
      return includes(trigger.referral, 'MORE_INFO');
    case 'ReferralAccepted':
      return includes(trigger.referral, 'ACCEPTED');
    case 'ReferralRejected':
      return includes(trigger.referral, 'REJECTED');
    case 'ReferralServiceStarted':
      return includes(trigger.referral, 'IN_SERVICE');
    case 'ReferralCompleted':
      return includes(trigger.referral, 'COMPLETED');
    case 'ReferralRevoked':
      return includes(trigger.referral, 'REVOKED');
    case 'ReferralExpired':
      return includes(trigger.referral, 'EXPIRED');
    default:
      return false;
  }
}

/** Facts told, and a risk set, before the case was enrolled count like those recorded later. */
function isFact({ fact }: Trigger, facts: Record<string, FactValue>): boolean {
  const value = fact === undefined ? undefined : facts[fact.name];
  return value !== undefined && (fact?.is === undefined || fact.is === value);
}

function includes<T>(list: readonly T[] | undefined, item: T | undefined): boolean {
  return list !== undefined && item !== undefined && list.includes(item);
}

/** The referral, exception, decision or the like that a deadline is about; a case deadline is about no single one. */
export function subjectIn({ subject }: DeadlineDefinition, { event, after }: CaseHappening): string | undefined {
  switch (subject) {
    case 'referral':
      return 'referralId' in event.data ? event.data.referralId : undefined;
    case 'exception':
      return 'exceptionId' in event.data ? event.data.exceptionId : undefined;
    case 'decision':
      return after.decisions.at(-1)?.decisionId;
    case 'review':
      return 'reviewId' in event.data ? event.data.reviewId : undefined;
    case 'feedback':
      return 'feedbackId' in event.data ? event.data.feedbackId : undefined;
    case 'emergency':
      return 'accessId' in event.data ? event.data.accessId : undefined;
    case 'case':
    case 'facility':
      return undefined;
  }
}

/**
 * An event about one referral, exception or review ends the deadlines of that one; an event about none ends them all. A
 * decision ends those of the decisions at its gate that it takes the place of.
 */
export function concerned<T extends About>(all: T[], definition: DeadlineDefinition, happening: CaseHappening): T[] {
  if (definition.subject === 'case' || definition.subject === 'facility') return all;
  if (definition.subject === 'decision') return all.filter(({ subject }) => isAboutDecision(subject, happening));
  const subject = subjectIn(definition, happening);
  if (subject === undefined) return all;
  return all.filter((each) => each.subject === subject || isReplacedBy(each.subject, subject, happening));
}

/** Nothing says which decision a notice belongs to, so it answers for every decision so far. */
function isAboutDecision(subject: string | undefined, { event, after }: CaseHappening): boolean {
  if (event.type === 'ReviewFiled') return event.data.decisionId === subject;
  if (event.type !== 'DecisionRecorded') return true;
  return after.decisions.some(({ decisionId, gate }) => decisionId === subject && gate === event.data.gate);
}

/** A rejected referral can't be sent again: the search ends when one for the same service goes to somebody else. */
function isReplacedBy(earlier: string | undefined, sent: string, { event, after }: CaseHappening): boolean {
  const before = earlier === undefined ? undefined : after.referrals[earlier];
  return (
    event.type === 'ReferralSent' &&
    before?.state === 'REJECTED' &&
    before.service.code === after.referrals[sent]?.service.code
  );
}

export function inputsChangedBy(event: CaseEvent): string[] {
  switch (event.type) {
    case 'RiskLevelSet':
      return ['risk'];
    case 'TrackMoved':
      return [`track:${event.data.track}`];
    case 'FactsRecorded':
      return Object.keys(event.data.facts).map((name) => `fact:${name}`);
    default:
      return [];
  }
}
