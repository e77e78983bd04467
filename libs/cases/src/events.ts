import type { ClockKind, Granularity, Instant, LocalDate } from '#libs/calendar';
import type {
  AttachmentKind,
  ConsentGiver,
  ConsentManner,
  ContactKind,
  FactValue,
  Recipient,
  ReferralState,
  ReferralUrgency,
  ReviewOutcome,
  RiskLevel,
} from '#libs/pathways';
import type { Occurrence } from './actor.js';
import type { FieldClass, SealedFields } from './sealed.js';

export type ForeignSystem = 'primero' | 'oscar';
export type ReferralType = 'service' | 'transfer';
export type { ReferralUrgency as Urgency } from '#libs/pathways';

/** A requested service: our code where one is known, and the words the other system used. */
export interface RequestedService {
  code: string;
  type?: string;
  /** The other system's own name or code, kept so that nothing is lost on the way back. */
  original?: string;
}

export interface ArmedRung {
  rung: number;
  at: Instant;
  recipients: Recipient[];
  action?: string;
  records?: string;
}

/** The clear part of each event, by type. Ids, codes, times and numbers only: nothing that names or describes a child. */
export interface CaseEventData extends DeadlineEventData {
  CaseOpened: {
    code: string;
    personId: string;
    agency: string;
    owner?: string;
    province?: string;
    district?: string;
    synthetic: boolean;
    receivedFrom?: ForeignSystem;
    /** The case of the same child that led to this one. */
    openedFrom?: string;
  };
  /** Another case that has to do with this one. */
  CaseLinked: { caseId: string; relation: CaseRelation };
  CaseEnrolled: { pathway: string; state: string };
  /**
   * The case goes on under another version of its pathway: how, by the map of that version; by whom stands beside every
   * event, and why is sealed.
   */
  CaseMigrated: {
    /** Keys of the versions: `A_OCSEA@1.0.0`. */
    from: string;
    to: string;
    state: { from: string; to: string };
    renamed: NewNames;
    /** Deadlines that count from now on. */
    anew: string[];
  };
  CaseAssigned: { owner: string; agency: string; previousOwner?: string };
  TransitionTaken: {
    transition: string;
    from: string;
    to: string;
    reasonCode?: string;
    reasonGiven: boolean;
    /** The child is in danger: the move did not wait for a review of a decision. */
    dangerDeclared?: true;
    outcome?: string;
  };
  GuardAttested: { guard: string };
  DocumentRecorded: {
    documentId: string;
    code: string;
    mediaType?: string;
    /** Scored items by part, for assessments with a closing rule. */
    scores?: Record<string, Record<string, number>>;
  };
  /** The file itself lies outside the log, sealed; here stands what it is known by. */
  AttachmentStored: {
    documentId: string;
    attachmentId: string;
    kind: AttachmentKind;
    /** Bytes in clear. */
    size: number;
    /** SHA-256 of the sealed file. */
    digest: string;
  };
  ConsentGiven: {
    consentId: string;
    kind: string;
    giver: ConsentGiver;
    manner: ConsentManner;
    language: string;
    purpose?: string;
    recipient?: string;
    items?: string[];
    endsOn?: LocalDate;
    /** Which caregiver, where the case tells them apart: `mother`. */
    who?: string;
    /** The child, old enough to be asked first, agreed that the caregiver is asked. */
    childPermits?: boolean;
    /** The child is young and mature enough to consent alone; said by whoever recorded it. */
    maturityNoted?: boolean;
    witnessed?: boolean;
  };
  ConsentWithdrawn: { consentId: string; giver: ConsentGiver };
  ConsentExceptionRecorded: { exceptionId: string; code: string; kinds: string[]; reaskOn: LocalDate };
  ConsentExceptionApproved: { exceptionId: string };
  ConsentExceptionRejected: { exceptionId: string };
  /** The caregiver question was asked again: the exception ends, or is asked about again on another day. */
  ConsentExceptionReviewed: { exceptionId: string; ends: boolean; reaskOn?: LocalDate };
  DecisionRecorded: {
    decisionId: string;
    gate: string;
    outcome: string;
    document: string;
    options: { option: string; reasonGiven: boolean }[];
    option?: string;
    members: DecisionMember[];
    reasonCode?: string;
    missingItem?: { code: string; by: LocalDate };
    reviewOn?: LocalDate;
    views: ViewsSummary;
    noticeGiven: boolean;
  };
  RiskLevelSet: {
    level: RiskLevel;
    previous?: RiskLevel;
    /** Of a lower level: who proposed it. Whoever recorded it agreed. */
    proposedBy?: string;
    source?: ForeignSystem;
  };
  RiskLoweringProposed: { proposalId: string; level: RiskLevel; from: RiskLevel };
  TrackMoved: {
    track: string;
    row?: string;
    from?: string;
    to: string;
    authority?: string;
    orderReference?: string;
    place?: string;
    dangerDeclared?: true;
    /** Nobody took it: it followed from what was recorded. */
    byRule?: true;
  };
  /** Something that the rules look at became known of the child elsewhere; what it is stays with the person. */
  PersonDetailsNoted: { changed: 'birthDate'[] };
  /** The child was forgotten: what is sealed opens to nobody any more, and the case is closed to everything. */
  ChildErased: { erasureId: string };
  /** Somebody has a court order to open the sealed record; a second person has to agree. */
  UnsealingProposed: { unsealingId: string; orderReference: string };
  RecordUnsealed: { unsealingId: string; until: Instant };
  FactsRecorded: { facts: Record<string, FactValue> };
  /** The child lives in a facility, or is held somewhere, from then on. One that corrects another replaces it. */
  StayBegan: { stay: number; facility?: string; held?: HeldIn; from: Instant; replaces?: number };
  StayEnded: { stay: number; until: Instant };
  NoteAdded: { noteId: string; kind: string };
  ContactRecorded: { contactId: string; kind: ContactKind; reached: boolean; withWhom: string; seenAlone: boolean };
  ContactBlocked: { blockId: string; who: string; token?: string; because: string };
  ConflictDeclared: { conflictId: string; subject: ConflictSubject; ref: string };
  ReferralDrafted: ReferralFacts;
  ReferralReceived: ReferralFacts & {
    state: ReferralState;
    system: ForeignSystem;
    /** The referral's own key in the other system. */
    key: string;
    sentOn?: LocalDate;
    rejectionReason?: string;
  };
  ReferralSent: { referralId: string; toAgency: string; attempt: number };
  ReferralAcknowledged: { referralId: string };
  ReferralInformationRequested: { referralId: string };
  ReferralInformationProvided: { referralId: string };
  ReferralAccepted: { referralId: string; system?: ForeignSystem; grant?: Grant };
  ReferralRejected: { referralId: string; reason: string; system?: ForeignSystem };
  ReferralServiceStarted: { referralId: string; system?: ForeignSystem };
  /** What was opened for the service stays open until then. */
  ReferralCompleted: { referralId: string; system?: ForeignSystem; grantUntil?: Instant };
  ReferralRevoked: { referralId: string; reason: string; system?: ForeignSystem };
  ReferralExpired: { referralId: string };
  /** What another system said of this case: identifiers and codes in clear, everything about people sealed. */
  ForeignRecordReceived: {
    system: ForeignSystem;
    identifiers: Record<string, string>;
    facts: Record<string, FactValue | string[]>;
    digest: string;
    modifiedAt?: Instant;
  };
  ReviewFiled: { reviewId: string; decisionId: string; gate: string; by: ReviewFiler; channel: FeedbackChannel };
  ReviewAcknowledged: { reviewId: string };
  ReviewTakenUp: { reviewId: string; level: 1 | 2 };
  ReviewDecided: { reviewId: string; level: 1 | 2; outcome: ReviewOutcome; noticeGiven: boolean };
  ReviewSecondLevelRequested: { reviewId: string; by: ReviewFiler; channel: FeedbackChannel };
  FeedbackReceived: { feedbackId: string; by: FeedbackGiver; channel: FeedbackChannel };
  FeedbackAnswered: { feedbackId: string };
  UnmetNeedRecorded: { needId: string; service: string; why: string; province?: string; district?: string };
  /** Met by itself, or by a referral for the same service that was accepted. */
  UnmetNeedMet: { needId: string; service: string; referralId?: string };
  /** Somebody opened a case that was not theirs to open, because a child was in danger (GR-BREAK). */
  EmergencyAccessTaken: { accessId: string; staff: string; agency: string; until: Instant };
  EmergencyAccessReviewed: { accessId: string; justified: boolean };
  /** Told at once. */
  AlertRaised: { alert: string; recipients: Recipient[] };
}

/** What happens to a deadline, whoever carries it: a case or a facility. */
export interface DeadlineEventData {
  DeadlineArmed: {
    deadline: string;
    definition: string;
    occurrence: number;
    subject?: string;
    startedAt: Instant;
    /** A contact counts for this occurrence when it took place after this moment. */
    windowFrom: Instant;
    dueAt: Instant;
    clock: ClockKind;
    granularity: Granularity;
    ladder: string;
    confirmed: boolean;
    rungs: ArmedRung[];
    /** Rungs already reached on the deadline that this one replaces. */
    reachedBefore: number[];
    replaces?: string;
    /** The due time had passed when the system learned of the start. */
    closedOnArrival: boolean;
  };
  /** Its start came, but by its rules nothing is due yet (no concern found, a date not known): kept in mind. */
  DeadlineAwaited: { definition: string; subject?: string; startedAt: Instant; occurrence: number };
  /** What was kept in mind is over: it was done, given up, or the case ended. */
  DeadlineDismissed: { definition: string; subject?: string };
  DeadlineMet: { deadline: string; definition: string; metAt: Instant; inTime: boolean; recordedLate: boolean };
  DeadlineCancelled: { deadline: string; definition: string; because: CancelReason };
  DeadlinePaused: { deadline: string; definition: string; until: Instant };
  DeadlineExtended: { deadline: string; definition: string; until: Instant };
  RungReached: { deadline: string; definition: string; rung: number; dueAt: Instant; records?: string };
  EscalationRaised: {
    deadline: string;
    definition: string;
    rung: number;
    recipients: Recipient[];
    action?: string;
    overdue: boolean;
  };
}

export type CancelReason =
  | 'restarted'
  | 'recomputed'
  | 'migrated'
  | 'extended'
  | 'resumed'
  | 'lapsed'
  | 'case_ended'
  | 'child_erased'
  | 'facility_ended'
  | 'no_duty';
export type { ConsentGiver, ConsentManner } from '#libs/pathways';
/** Who may ask for a review of a decision (pathways 1.8). */
export type ReviewFiler = 'child' | 'caregiver' | 'lawyer' | 'ngo' | 'facility';
export type FeedbackGiver = 'child' | 'caregiver' | 'other';
/** By voice, on paper, through the helpline or by the program's own feedback channel. */
export type FeedbackChannel = 'voice' | 'paper' | 'helpline' | 'feedback';
export type CaseRelation = 'sibling' | 'co_accused' | 'same_child' | 'follows';
/** What an accepted referral opens to its receiver: for which purpose, which classes, until when. */
export interface Grant {
  purpose: string;
  classes: readonly FieldClass[];
  until: Instant;
}

export type ConflictSubject = 'staff' | 'agency' | 'facility' | 'person';

/** What is called otherwise under another version; what is not named keeps its name. */
export interface NewNames {
  states: Record<string, string>;
  tracks: Record<string, Record<string, string>>;
  /** Null: given up. */
  deadlines: Record<string, string | null>;
}

/** The state of a track in which a child is deprived of liberty. */
export interface HeldIn {
  track: string;
  row?: string;
  state: string;
}

export interface DecisionMember {
  id: string;
  role: string;
  agency: string;
  chair: boolean;
  vote: 'for' | 'against' | 'abstained' | 'none';
}

/** How the child was asked and whether the decision follows; what was said is sealed (CRC Art. 12, GC12). */
export interface ViewsSummary {
  sought: 'language' | 'interpreter' | 'sign_language' | 'play' | 'drawing' | 'later' | 'not_applicable';
  followed?: boolean;
}

export interface ReferralFacts {
  referralId: string;
  type: ReferralType;
  service: RequestedService;
  fromAgency: string;
  toAgency: string;
  urgency: ReferralUrgency;
  /** The language in which the child must be served, by its code. */
  language?: string;
}

export type DeadlineEventType = keyof DeadlineEventData;

export type DeadlineEvent<T extends DeadlineEventType = DeadlineEventType> = {
  [K in T]: { type: K; data: DeadlineEventData[K]; sealed?: SealedFields } & Occurrence;
}[T];

export type CaseEventType = keyof CaseEventData;

/** One fact about a case. `T` narrows it to one type. */
export type CaseEvent<T extends CaseEventType = CaseEventType> = {
  [K in T]: { type: K; data: CaseEventData[K]; sealed?: SealedFields } & Occurrence;
}[T];

/** An event with what the log knows about its recording. */
export type Recorded<E = CaseEvent> = { event: E; by: string; recordedAt: Instant };
