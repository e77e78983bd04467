import type { Instant } from '#libs/calendar';
import type { DeadlineDefinition, FactValue, Trigger } from '#libs/pathways';
import { momentOfFact, momentsOf, type Moments } from '../conditions/fact-moment.js';
import { holds } from '../conditions/holds.js';
import { tookPlace } from '../conditions/records.js';
import { viewOf, type DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import { reviewStateAfter } from '../reviews/apply.js';
import type { KnownCase } from '../state.js';
import { birthdayOf } from './birthday.js';

/** What a trigger found in an event: when a clock that it starts begins, and when what it stops counts as done. */
export interface Hit {
  at: Instant;
  latest: Instant;
}

/** An event together with the case as it became. */
export interface Happening {
  event: CaseEvent;
  after: KnownCase;
  context: DecideContext;
}

/** The first of the triggers that this event pulls. */
export function hitBy(triggers: readonly Trigger[], happening: Happening): Hit | undefined {
  for (const trigger of triggers) {
    const hit = pull(trigger, happening);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function pull(trigger: Trigger, happening: Happening): Hit | undefined {
  if (!matches(trigger, happening)) return undefined;
  const moments = momentsIn(trigger, happening);
  if (moments === undefined) return undefined;
  const { earliest: at, latest } = moments;
  const view = viewOf(happening.after, happening.context, at);
  if (trigger.when !== undefined && !holds(trigger.when, view)) return undefined;
  const { now } = happening.context;
  // What is recorded has happened: at the end of its day, but not later than now.
  return { at, latest: latest > now && now > at ? now : latest };
}

function matches(trigger: Trigger, { event, after }: Happening): boolean {
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

/**
 * The clock runs from when it happened, not from when it was recorded; a time known only to the day counts from its
 * earliest hour (pathways 1.2).
 */
function momentsIn(trigger: Trigger, { event, after, context }: Happening): Moments | undefined {
  const { zone } = context.calendar;
  if (trigger.from !== undefined) return momentOfFact(after.facts[trigger.from], zone);
  const happened = momentsOf(event.occurredAt, event.precision, zone);
  if (trigger.birthday === undefined) return happened;
  if (context.birthDate === undefined) return undefined;
  const birthday = birthdayOf(context.birthDate, trigger.birthday, zone);
  return birthday > happened.earliest ? { earliest: birthday, latest: birthday } : happened;
}

/** The referral, exception or decision that a deadline is about; a case deadline is about no single one. */
export function subjectIn({ subject }: DeadlineDefinition, { event, after }: Happening): string | undefined {
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
    case 'case':
    case 'facility':
      return undefined;
  }
}
