import { earliestOf, localDateOf, plus, startOfDay, type Instant } from '#libs/calendar';
import type { FactValue, Trigger } from '#libs/pathways';
import { holds } from '../conditions/holds.js';
import { viewOf, type DecideContext } from '../context.js';
import type { CaseEvent } from '../events.js';
import type { KnownCase } from '../state.js';

/** What a trigger found in an event: the moment the clock starts or stops, and whom it concerns. */
export interface Hit {
  at: Instant;
  /** Referral, exception or decision that the deadline is about. */
  subject: string | undefined;
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
  const at = momentOf(trigger, happening);
  if (at === undefined) return undefined;
  if (trigger.when !== undefined && !holds(trigger.when, viewOf(happening.after, happening.context, at)))
    return undefined;
  return { at, subject: subjectOf(happening.event) };
}

function matches(trigger: Trigger, { event, after }: Happening): boolean {
  switch (event.type) {
    case 'CaseEnrolled':
      return (
        trigger.opened === true ||
        trigger.birthday !== undefined ||
        includes(trigger.entered, event.data.state) ||
        isFact(trigger, after.facts)
      );
    case 'TransitionTaken':
      return (
        includes(trigger.transition, event.data.transition) ||
        includes(trigger.entered, event.data.to) ||
        includes(trigger.left, event.data.from)
      );
    case 'TrackMoved':
      return (
        trigger.track?.id === event.data.track &&
        (includes(trigger.track.enters, event.data.to) ||
          (includes(trigger.track.leaves, event.data.from) && !includes(trigger.track.leaves, event.data.to)))
      );
    case 'FactsRecorded':
      return isFact(trigger, event.data.facts);
    case 'DocumentRecorded':
      return trigger.document === event.data.code;
    case 'DecisionRecorded':
      return trigger.document === event.data.document || includes(trigger.decision, event.data.outcome);
    case 'ConsentGiven':
      return trigger.consent === event.data.kind;
    case 'ConsentExceptionRecorded':
      return trigger.exception === 'recorded';
    case 'ConsentExceptionApproved':
      return trigger.exception === 'approved';
    case 'ContactRecorded':
      return includes(trigger.contact, event.data.kind);
    case 'NoteAdded':
      return includes(trigger.note, event.data.kind);
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

/** Facts told when the case was enrolled count like facts recorded later. */
function isFact({ fact }: Trigger, facts: Record<string, FactValue>): boolean {
  const value = fact === undefined ? undefined : facts[fact.name];
  return value !== undefined && (fact?.is === undefined || fact.is === value);
}

function includes<T>(list: readonly T[] | undefined, item: T | undefined): boolean {
  return list !== undefined && item !== undefined && list.includes(item);
}

/**
 * The clock runs from when it happened, not from when it was recorded; a time known only to the day counts from its
 * earliest hour (pathways 1.2), which is what `occurredAt` holds then.
 */
function momentOf(trigger: Trigger, { event, after, context }: Happening): Instant | undefined {
  const { zone } = context.calendar;
  if (trigger.from !== undefined) {
    const value = after.facts[trigger.from];
    if (typeof value !== 'string') return undefined;
    return value.length === 10 ? earliestOf(value, 'day', zone) : value;
  }
  if (trigger.birthday !== undefined) {
    if (context.birthDate === undefined) return undefined;
    const birthday = birthdayOf(context.birthDate, trigger.birthday, zone);
    return birthday > event.occurredAt ? birthday : event.occurredAt;
  }
  return event.occurredAt;
}

/** First day of the birth month: close enough for planning, and the due time gives no birth date away. */
export function birthdayOf(birthDate: string, age: number, zone: string): Instant {
  return plus(startOfDay(`${birthDate.slice(0, 7)}-01`, zone), `P${age}Y`, zone);
}

function subjectOf(event: CaseEvent): string | undefined {
  if ('referralId' in event.data) return event.data.referralId;
  if ('exceptionId' in event.data) return event.data.exceptionId;
  if (event.type === 'DecisionRecorded') return event.data.decisionId;
  return undefined;
}

/** The local day of a stop that is known only to the day: it counts as having happened at that day's end. */
export function stopMoment(event: CaseEvent, at: Instant, zone: string): Instant {
  if (event.precision === 'moment' || at !== event.occurredAt) return at;
  return plus(plus(startOfDay(localDateOf(at, zone), zone), 'P1D', zone), '-PT1S', zone);
}
