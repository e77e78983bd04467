import type { Instant, LocalDate } from '#libs/calendar';
import type { AttachmentKind, ContactKind, FactValue, ReferralState, ReviewOutcome, RiskLevel } from '#libs/pathways';
import type { Occurrence } from './actor.js';
import type {
  CaseRelation,
  ConflictSubject,
  ConsentGiver,
  ConsentManner,
  DecisionMember,
  FeedbackChannel,
  FeedbackGiver,
  ForeignSystem,
  ReferralType,
  RequestedService,
  ReviewFiler,
  Urgency,
  ViewsSummary,
} from './events.js';
import type { SealedFields } from './sealed.js';

/** What each command asks for. Ids are minted by the caller: the core never makes one. */
export interface CaseCommandData {
  OpenCase: {
    code: string;
    personId: string;
    agency: string;
    owner?: string;
    province?: string;
    district?: string;
    synthetic: boolean;
    /** Absent: the case waits, unassigned, for a person to enrol it. */
    pathway?: string;
    facts?: Record<string, FactValue>;
    /** The case of the same child that led to this one, and the state in which this one may therefore begin. */
    openedFrom?: string;
    startAt?: string;
  };
  EnrolCase: { pathway: string; facts?: Record<string, FactValue> };
  /** Goes on under another version of the pathway, by the map of that version; the key names it (`A_OCSEA@1.1.0`). */
  MigrateCase: { to: string; reason: string };
  LinkCase: { caseId: string; relation: CaseRelation };
  AssignCase: { owner: string; agency: string };
  TakeTransition: {
    transition: string;
    reasonCode?: string;
    reason?: string;
    outcome?: string;
    /** Why the child is moved at once, though a decision is being reviewed. */
    danger?: string;
    assignee?: { owner: string; agency: string };
    attestations: { guard: string; reason: string }[];
    decision?: DecisionInput;
  };
  AttestGuard: { guard: string; reason: string };
  RecordDocument: {
    documentId: string;
    code: string;
    mediaType?: string;
    scores?: Record<string, Record<string, number>>;
    text?: string;
  };
  StoreAttachment: {
    documentId: string;
    attachmentId: string;
    kind: AttachmentKind;
    size: number;
    digest: string;
    fileName?: string;
    /** The file is plain text and holds a web address or a file hash. */
    holdsLink?: true;
  };
  GiveConsent: {
    consentId: string;
    kind: string;
    giver: ConsentGiver;
    manner: ConsentManner;
    language: string;
    purpose?: string;
    recipient?: string;
    items?: string[];
    endsOn?: LocalDate;
    who?: string;
    childPermits?: boolean;
    maturityNoted?: boolean;
    /** Who heard it, for consents that are spoken or given from afar. */
    witness?: string;
    text?: string;
  };
  WithdrawConsent: { consentId: string; giver: ConsentGiver; text?: string };
  RecordConsentException: {
    exceptionId: string;
    code: string;
    /** Consent kinds that the exception stands in for. */
    kinds: string[];
    reason: string;
    reaskOn: LocalDate;
    /** Caregiver to be blocked under EX1 to EX3. */
    blocked?: { blockId: string; who: string; name?: string; phone?: string; token?: string };
  };
  ApproveConsentException: { exceptionId: string };
  RejectConsentException: { exceptionId: string; reason: string };
  ReviewConsentException: { exceptionId: string; ends: boolean; reaskOn?: LocalDate; text?: string };
  RecordDecision: DecisionInput;
  /** The proposal's id is used when the level is a lower one and somebody has to agree. */
  SetRiskLevel: { level: RiskLevel; reason: string; proposalId?: string };
  AgreeToLowerRisk: { proposalId: string; reason?: string };
  MoveTrack: {
    track: string;
    row?: string;
    to: string;
    authority?: string;
    orderReference?: string;
    place?: string;
    danger?: string;
    text?: string;
  };
  /** Issued when the child's birth date became known or was corrected: deadlines that hang on it are worked out anew. */
  NotePersonDetails: { changed: 'birthDate'[] };
  /** Issued when two people agreed to forget the child. */
  ForgetChild: { erasureId: string };
  ProposeUnsealing: { unsealingId: string; orderReference: string; reason: string };
  ApproveUnsealing: { unsealingId: string };
  RecordFacts: { facts: Record<string, FactValue> };
  AddNote: { noteId: string; kind: string; text: string };
  RecordContact: {
    contactId: string;
    kind: ContactKind;
    reached: boolean;
    withWhom: string;
    seenAlone: boolean;
    text?: string;
    /** Keyed token of the number that was called; a blocked one is refused. */
    token?: string;
  };
  BlockContact: { blockId: string; who: string; because: string; name?: string; phone?: string; token?: string };
  DeclareConflict: { conflictId: string; subject: ConflictSubject; ref: string; reason: string };
  DraftReferral: {
    referralId: string;
    type: ReferralType;
    service: RequestedService;
    fromAgency: string;
    toAgency: string;
    urgency: Urgency;
    /** The language in which the child must be served; travels with the referral. */
    language?: string;
    reason?: string;
  };
  /** Sends a draft, or sends an expired referral again, if wished to another agency. */
  SendReferral: { referralId: string; toAgency?: string };
  AcknowledgeReferral: { referralId: string };
  RequestReferralInformation: { referralId: string; text: string };
  ProvideReferralInformation: { referralId: string; text: string };
  AcceptReferral: { referralId: string };
  RejectReferral: { referralId: string; reason: string; text?: string };
  StartService: { referralId: string };
  CompleteReferral: { referralId: string; text?: string };
  RevokeReferral: { referralId: string; reason: string };
  /** `open` is used when the case is not known yet: it begins unassigned and waits for a person to enrol it. */
  /** `current`: they say so now, after they said something else; it counts also where they said the same before. */
  ReceiveRecord: ReceivedRecord & { open: CaseOpening; current?: true };
  FileReview: {
    reviewId: string;
    decisionId: string;
    by: ReviewFiler;
    channel: FeedbackChannel;
    /** Which caregiver, where the case tells them apart. */
    who?: string;
    text?: string;
  };
  AcknowledgeReview: { reviewId: string };
  TakeUpReview: { reviewId: string };
  DecideReview: { reviewId: string; outcome: ReviewOutcome; reasons: string; noticeGiven: boolean };
  RequestSecondLevel: { reviewId: string; by: ReviewFiler; channel: FeedbackChannel; text?: string };
  ReceiveFeedback: { feedbackId: string; by: FeedbackGiver; channel: FeedbackChannel; text: string };
  AnswerFeedback: { feedbackId: string; text: string };
  TakeEmergencyAccess: { accessId: string; reason: string };
  ReviewEmergencyAccess: { accessId: string; justified: boolean; text: string };
  ExtendDeadline: { deadline: string; until: Instant; reason: string };
  PauseDeadline: { deadline: string; until: Instant; reason: string };
  ResumeDeadline: { deadline: string };
  /** Issued by wake-up or sweep: every rung of the deadline whose time has come is reached. */
  ReachRungs: { deadline: string };
  /** A service that the child wants and nobody can give. The place is that of the case unless another is named. */
  RecordUnmetNeed: {
    needId: string;
    service: string;
    why: string;
    province?: string;
    district?: string;
    text?: string;
  };
  MeetUnmetNeed: { needId: string; text?: string };
}

export interface CaseOpening {
  code: string;
  personId: string;
  agency: string;
  province?: string;
  district?: string;
  synthetic: boolean;
}

export interface DecisionInput {
  decisionId: string;
  gate: string;
  outcome: string;
  options: { option: string; reason?: string }[];
  option?: string;
  members: DecisionMember[];
  reasons: string;
  reasonCode?: string;
  missingItem?: { code: string; by: LocalDate };
  reviewOn?: LocalDate;
  views: ViewsSummary & { said?: string; whyNotFollowed?: string };
  noticeGiven: boolean;
}

/** A record of another system, translated: what it says of one case and its referrals. */
export interface ReceivedRecord {
  system: ForeignSystem;
  /** Digest of the record as received; the same one twice changes nothing. */
  digest: string;
  /** When the other system last changed it, where it says so; an older one changes nothing. */
  modifiedAt?: Instant;
  identifiers: Record<string, string>;
  facts: Record<string, FactValue | string[]>;
  sealed: SealedFields;
  risk?: RiskLevel;
  referrals: ReceivedReferral[];
}

export interface ReceivedReferral {
  referralId: string;
  /** The referral's own key in the other system. */
  key: string;
  type: ReferralType;
  service: RequestedService;
  fromAgency: string;
  toAgency: string;
  urgency: Urgency;
  state: ReferralState;
  rejectionReason?: string;
  sentOn?: LocalDate;
  sealed: SealedFields;
}

export type CaseCommandType = keyof CaseCommandData;

/** A request that may be refused. */
export type CaseCommand<T extends CaseCommandType = CaseCommandType> = {
  [K in T]: { type: K; data: CaseCommandData[K] } & Occurrence;
}[T];
