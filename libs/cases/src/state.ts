import type { Instant, LocalDate, Precision } from '#libs/calendar';
import type { FactValue, ReferralState, ReviewState, RiskLevel } from '#libs/pathways';

import type { CaseEventData, ForeignSystem, Grant, HeldIn, ReferralFacts } from './events.js';

/** A case as folded from its events. Nothing here is sealed. */
export type CaseState = NoCase | KnownCase;

export interface NoCase {
  status: 'none';
  version: 0;
}

/** What carries deadlines: a case, a facility. */
export interface DeadlineBook {
  /** Number of events folded; orders everything that `since: entry` compares. */
  version: number;
  deadlines: Record<string, DeadlineStatus>;
  /** Deadlines whose start has come while nothing was due yet. */
  awaited: AwaitedDeadline[];
  /** How often each deadline definition was armed; numbers the next one. */
  armings: Record<string, number>;
}

export interface KnownCase extends DeadlineBook {
  status: 'known';
  code: string;
  personId: string;
  agency: string;
  owner: string | undefined;
  province: string | undefined;
  district: string | undefined;
  synthetic: boolean;
  receivedFrom: ForeignSystem | undefined;
  openedAt: Instant;
  /** Undefined while the case waits, unassigned, for a person to enrol it. */
  enrolment: Enrolment | undefined;
  risk: { level: RiskLevel; version: number } | undefined;
  /** A lower level that somebody proposed and nobody has agreed to yet. */
  riskProposal: (CaseEventData['RiskLoweringProposed'] & { by: string }) | undefined;
  facts: Record<string, FactValue>;
  tracks: Record<string, TrackRow[]>;
  documents: DocumentFacts[];
  consents: ConsentFacts[];
  exceptions: ExceptionFacts[];
  decisions: (CaseEventData['DecisionRecorded'] & Stamp)[];
  attestations: ({ guard: string } & Stamp)[];
  contacts: (CaseEventData['ContactRecorded'] & Stamp)[];
  notes: ({ kind: string } & Stamp)[];
  referrals: Record<string, ReferralStatus>;
  reviews: Record<string, ReviewStatus>;
  feedback: Record<string, FeedbackStatus>;
  conflicts: CaseEventData['ConflictDeclared'][];
  blocks: { who: string; because: string; token: string | undefined }[];
  emergencies: EmergencyAccess[];
  /** Alerts that were raised, each once. */
  alerts: string[];
  links: CaseEventData['CaseLinked'][];
  /** Where the child has lived or was held, as this case knows it. */
  stays: StayFacts[];
  foreign: Partial<Record<ForeignSystem, ForeignRecord>>;
  unmetNeeds: UnmetNeed[];
  /** A proposal to open the sealed record, which nobody has agreed to yet. */
  unsealing: { unsealingId: string; by: string } | undefined;
  unsealedUntil: Instant | undefined;
  /** The child was forgotten; coded facts stay, for numbers alone. */
  erased: boolean;
}

/** Access that somebody took in an emergency, and what a supervisor said of it afterwards. */
export type EmergencyAccess = CaseEventData['EmergencyAccessTaken'] & { justified: boolean | undefined };

/** Where an entry stands in the case's history. */
export interface Stamp {
  version: number;
  at: Instant;
  by: string;
}

export interface Enrolment {
  pathway: string;
  state: string;
  enrolledAt: Instant;
  /** The step that led into the present state. */
  entry: Stamp & { transition: string | undefined };
  /** The state before the present one: while on hold, where the case was held from. */
  previousState: string | undefined;
  /** The reason code of the step that led here: while on hold, why. */
  entryReason: string | undefined;
  outcome: string | undefined;
  taken: { transition: string; from: string; to: string; at: Instant; by: string; version: number }[];
}

export interface TrackRow {
  row: string | undefined;
  state: string;
  since: Instant;
  precision: Precision;
  history: { state: string; at: Instant; version: number }[];
}

export interface DocumentFacts extends Stamp {
  documentId: string;
  code: string;
  scores: Record<string, Record<string, number>> | undefined;
  attachment: AttachmentFacts | undefined;
}

export type AttachmentFacts = Omit<CaseEventData['AttachmentStored'], 'documentId'> & Pick<Stamp, 'version'>;

export type ConsentFacts = CaseEventData['ConsentGiven'] & Stamp & { withdrawn: boolean };

export interface ExceptionFacts extends Stamp {
  exceptionId: string;
  code: string;
  kinds: string[];
  approvedBy: string | undefined;
  reaskOn: LocalDate;
  /** Rejected, or the caregiver could be asked after all. */
  ended: boolean;
}

/** A stay with when it was learned of, so that what was known at any time can be told again. */
export interface StayFacts {
  stay: number;
  /** Code of the facility; undefined when a child is held nobody said where. */
  facility: string | undefined;
  /** Undefined: in care, not in detention. */
  held: HeldIn | undefined;
  from: Instant;
  recordedAt: Instant;
  until: Instant | undefined;
  endRecordedAt: Instant | undefined;
  /** When a correction took its place. */
  replacedAt: Instant | undefined;
}

export interface ReferralStatus extends ReferralFacts {
  state: ReferralState;
  stateAt: Instant;
  sentAt: Instant | undefined;
  attempt: number;
  rejectionReason: string | undefined;
  system: ForeignSystem | undefined;
  key: string | undefined;
  sentOn: LocalDate | undefined;
  version: number;
  /** Every agency that it was ever sent to. */
  asked: string[];
  /** Once it was accepted. */
  grant: Grant | undefined;
}

/** A request to look at a gatekeeping decision again, and who judges it at each level. */
export interface ReviewStatus {
  reviewId: string;
  decisionId: string;
  gate: string;
  state: ReviewState;
  stateAt: Instant;
  level: 1 | 2;
  reviewers: { 1?: string; 2?: string };
}

export interface FeedbackStatus {
  feedbackId: string;
  by: CaseEventData['FeedbackReceived']['by'];
  receivedAt: Instant;
  answeredAt: Instant | undefined;
}

export type DeadlineStatus = Omit<CaseEventData['DeadlineArmed'], 'reachedBefore'> & {
  status: 'armed' | 'met' | 'cancelled';
  reached: number[];
  armedAt: Instant;
  armedVersion: number;
  metAt: Instant | undefined;
  inTime: boolean | undefined;
  recordedLate: boolean | undefined;
  extended: boolean;
  /** A pause gave it time back; the same due rules do not tell of that. */
  resumed: boolean;
  /** Since when it stands still, and when it goes on by itself. */
  paused: { at: Instant; until: Instant } | undefined;
};

/** Worked out again when what its due rules look at changes: the risk, a date, where the child is held. */
export interface AwaitedDeadline {
  definition: string;
  subject: string | undefined;
  startedAt: Instant;
  occurrence: number;
}

export interface ForeignRecord {
  identifiers: Record<string, string>;
  facts: Record<string, FactValue | string[]>;
  digests: string[];
  modifiedAt: Instant | undefined;
}

/** A service that the child wants and nobody could give, until it is met. */
export type UnmetNeed = CaseEventData['UnmetNeedRecorded'] &
  Stamp & { metAt: Instant | undefined; referralId: string | undefined };
