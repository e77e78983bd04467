import type { ClockKind, Duration, Granularity } from '#libs/calendar';
import type { AttachmentKind } from './attachment-kinds.js';
import type { Condition } from './condition.js';
import type { ConsentRules } from './consent-rules.js';
import type { Sourced } from './sourced.js';
import type {
  WatchlistDefinition,
  CarerRule,
  CatalogueEntry,
  ReportDefinitions,
  SupervisionDefinition,
} from './reports.js';
import type {
  ContactKind,
  DocumentCode,
  DocumentKind,
  FactValue,
  FeedbackState,
  ReferralState,
  ReviewOutcome,
  ReviewState,
  RiskLevel,
  RoleCode,
  StateCode,
  TransitionCode,
} from './codes.js';
import type { MigrationMap } from './migration-map.js';
import type { FacilityLife, ResidenceDefinition } from './facilities.js';
import type { Text } from './text.js';

export type * from './codes.js';
export type * from './consent-rules.js';
export type * from './sourced.js';
export type * from './reports.js';
export type * from './facilities.js';
export type * from './migration-map.js';
export type * from './text.js';

/**
 * A pathway as data: everything the engine needs to know about one procedure. Authored in YAML, checked by the
 * published JSON Schema and by lint, pinned by every case that begins under it.
 */
export interface PathwayDefinition {
  /** Code such as `A_OCSEA`; the engine never compares it with anything. */
  id: string;
  /** Semantic version; a case is pinned to `id@version`. */
  version: string;
  title: Text;
  initial: StateCode;
  states: Record<StateCode, StateDefinition>;
  transitions: TransitionDefinition[];
  /** Facts a case of this pathway may record, by name. */
  facts: Record<string, FactDefinition>;
  gates: Record<string, GateDefinition>;
  tracks: Record<string, TrackDefinition>;
  deadlines: Record<string, DeadlineDefinition>;
  /** Closure outcomes by code, for example `A-O1`. */
  outcomes: Record<string, Text>;
  /** Reason codes by list name, for example `HOLD`. */
  reasons: Record<string, Record<string, Text>>;
  /** Scored assessments by name, for example MoSVY Form 6. */
  scores: Record<string, ScoreDefinition>;
  /** What may never be stored in a case of this pathway. */
  content: ContentRules;
  /** States besides the initial one in which a case may begin that another case of the child led to. */
  entries?: StateCode[];
  /** Who is told at once when something happens that no deadline waits for. */
  alerts?: Record<string, AlertDefinition>;
  /** An open case of this pathway owns the child's safety: cases of other pathways do not move the child without it. */
  ownsSafety?: true;
  /** Guards on what may be recorded as a fact. */
  factGuards?: FactGuardDefinition[];
  /** How a case of this pathway says in which facility the child lives. */
  residence?: ResidenceDefinition;
  /** The register of facilities, on which deadlines with subject `facility` run. */
  facilities?: FacilityLife;
  /** When a child lives with a carer of the directory. */
  carer?: CarerRule;
  /** Lists that supervisors watch, by code. */
  watchlists?: Record<string, WatchlistDefinition>;
  reports?: ReportDefinitions;
  /** How cases of earlier versions go on under this one. */
  migrations?: MigrationMap[];
}

/** Vocabulary shared by all pathways: roles, documents, ladders, and deadlines every case has. */
export interface CommonDefinition {
  version: string;
  roles: Record<RoleCode, Text>;
  documents: Record<DocumentCode, { kind: DocumentKind; title: Text }>;
  ladders: Record<string, LadderDefinition>;
  /** Deadlines of every case, enrolled or not: a referral's answer, the search for another provider. */
  deadlines: Record<string, DeadlineDefinition>;
  riskLevels: Record<RiskLevel, Text>;
  exceptions: Record<string, Text>;
  rejectionReasons: Record<string, Text>;
  /** Whose consent is needed, and what stands in for it. */
  consent: ConsentRules;
  /** What may stand on a child's own record for all of the child's cases to heed. */
  personFlags: Record<string, { title: Text; stopsMoves?: true }>;
  /** Requests to have a gatekeeping decision looked at again. */
  reviews: ReviewRules;
  /** What it takes to lower a child's risk level. */
  riskLowering: Sourced & { roles: RoleCode[]; documents: DocumentCode[] };
  /** Human names of referral states, consent forms, contact kinds and the like, by list and code. */
  labels: Record<string, Record<string, Text>>;
  supervision: SupervisionDefinition;
  emergencyAccess: EmergencyAccessRules;
}

/** How somebody opens a case that is not theirs to open, because a child is in danger (GR-BREAK). */
export interface EmergencyAccessRules extends Sourced {
  lasts: Duration;
  /** Characters that the reason has at least. */
  reasonAtLeast: number;
  /** Who hears of it at once. */
  recipients: Recipient[];
}

export interface ReviewRules extends Sourced {
  /** Working days from the notice in which a review may be asked for. */
  fileWithinWorkingDays: number;
  firstLevel: RoleCode[];
  secondLevel: RoleCode[];
  /** What the child is told of the result, in plain words. */
  notices: Record<ReviewOutcome, Text>;
}

/** A published pathway together with the vocabulary it was written against. */
export interface Pathway {
  definition: PathwayDefinition;
  common: CommonDefinition;
}

export type Phase =
  | 'intake'
  | 'safety'
  | 'gatekeeping'
  | 'assessment'
  | 'planning'
  | 'justice'
  | 'response'
  | 'review'
  | 'aftercare'
  | 'hold'
  | 'end';

export interface StateDefinition {
  phase: Phase;
  title: Text;
  /** No transition leads on from here except reopening. */
  terminal?: boolean;
  reopenable?: boolean;
  /** The value of Primero's `workflow` field for a case in this state (pathways, section 8). */
  primeroWorkflow: string;
}

export interface TransitionDefinition {
  id: TransitionCode;
  from: StateCode[];
  to: StateCode;
  /** Imperative verb, unique among the transitions that leave one state. */
  action: string;
  title: Text;
  roles: RoleCode[];
  documents: DocumentRequirement[];
  consents: ConsentRequirement[];
  guards: GuardDefinition[];
  /** The outcome of a gate that this transition carries out: a decision with it must exist since the state was entered. */
  decision?: string;
  /** It moves the child to another home: what speaks against a move stops it (pathways 1.8 and 9). */
  movesChild?: true;
  /** The child no longer lives in the facility afterwards: always, or when the step is taken for one of these reasons. */
  leavesFacility?: true | { because: string[] };
  note?: Text;
}

export interface DocumentRequirement {
  code: DocumentCode;
  /** `entry`: recorded after the present state was entered. Otherwise any earlier one counts. */
  since?: 'entry';
  when?: Condition;
}

export interface ConsentRequirement {
  kind: DocumentCode;
  /** A guardian-consent exception in force stands in for it (pathways 1.6). */
  orException?: boolean;
  /** Needed only when this holds: nobody asks a child of five or younger for written assent. */
  when?: Condition;
}

/**
 * A guard is a check or an attestation (design decision 3). `check` is computed from state; `attestation` is declared
 * by a named person with a reason; both present means that either satisfies it.
 */
export interface GuardDefinition {
  /** `<transition>.<n>` where n counts the guards in the pathway's source table; parts of one guard add a letter: `A24.1a`. */
  id: string;
  text: Text;
  /** The guard applies only when this holds. */
  when?: Condition;
  check?: Condition;
  attestation?: AttestationDefinition;
  /** Services to try first, by code: named in the refusal, so that whoever is told no is told what else to do. */
  tryFirst?: Record<string, Text>;
}

/** Checked when one of these facts is told, at the opening or later, with the case as it would be. */
export interface FactGuardDefinition extends Omit<GuardDefinition, 'attestation'> {
  /** `FACTS.<n>`. */
  id: string;
  facts: string[];
  check: Condition;
}

export interface AttestationDefinition {
  /** Who may attest; absent: whoever may take the transition. */
  roles?: RoleCode[];
}

export interface FactDefinition {
  type: 'text' | 'integer' | 'boolean' | 'date' | 'instant' | 'code';
  title: Text;
  options?: Record<string, Text>;
  minimum?: number;
  maximum?: number;
}

/** A decision point: who decides, which outcomes there are, what must be on the table. */
export interface GateDefinition {
  title: Text;
  question: Text;
  deciders: RoleCode[];
  outcomes: Record<string, Text>;
  /** The document code that a decision at this gate stands for. */
  document: DocumentCode;
  /** `required`: refused without the child's views (pathways 1.7, CRC Art. 12); `afterwards`: may follow within 72 h; `none`: an authority outside the system decides. */
  views: 'required' | 'afterwards' | 'none';
  /** States in which the child's views may follow later although they are required (immediate danger). */
  viewsLaterIn?: StateCode[];
  /** Least number of members who must sit, the chair included. */
  quorum?: number;
  /** Outcomes for which no panel sits: a committee is a safeguard and must never delay a release. */
  withoutPanel?: string[];
  /** The agency named by this fact may speak and has no vote: a facility does not decide on its own children. */
  noVoteFrom?: string;
  /**
   * States in which this gate is waited at. A decision in any other state is refused, and whoever took the step that led
   * here submitted the case and neither decides nor votes (GR-2P). Absent: it may be decided at any time.
   */
  at?: StateCode[];
  /** What there is to choose from, in the order in which it must be considered. */
  options?: Record<string, Text>;
  /** The options that an outcome may choose; every option before the chosen one needs a reason for passing it over. */
  choices?: Record<string, string[]>;
  /** How soon the decision must be looked at again, by outcome. */
  reviewWithin?: Record<string, Duration>;
  /** Outcomes that are a last resort and need a reason by its code. */
  needsReasonCode?: string[];
  /** What the child is told, in plain words, by outcome. */
  notices: Record<string, Text>;
}

export interface TrackDefinition {
  title: Text;
  states: Record<StateCode, Text>;
  /** State a track starts in when the case opens; absent: not started. */
  initial?: StateCode;
  /** `many`: one row per measure or scheme, each with a state of its own. */
  rows?: 'many';
  /** What the rows may be about: each row carries one of these codes. Absent: any. */
  catalogue?: Record<string, CatalogueEntry>;
  /** Guards on entering a state of the track. */
  enter?: Record<StateCode, GuardDefinition[]>;
  /** Moves that follow from what was recorded, without anybody taking them: a service that is owed is opened by itself. */
  opens?: TrackOpening[];
  /** States in which the child lives in another home than before. */
  moves?: StateCode[];
  /** States in which the child is deprived of liberty; their clocks can neither be paused nor extended. */
  detaining?: StateCode[];
  /** Fact with the age that the law looks at; the register of detention shows it beside the age now. */
  ageFact?: string;
  /** Who keeps the track besides those who keep the case: they write down what they did, wherever the case is. */
  keptBy?: RoleCode[];
  note?: Text;
}

/** Raised once in a case, to people by role, without a word about the child. */
export interface AlertDefinition {
  title: Text;
  on: Trigger[];
  recipients: Recipient[];
}

export interface TrackOpening {
  on: Trigger[];
  /** States from which it moves; absent: only while the track has not started. */
  from?: StateCode[];
  to: StateCode;
}

export interface DeadlineDefinition extends Sourced {
  title: Text;
  /** What it runs on. `facility` deadlines are carried by the facility register, not by a case. */
  subject: 'case' | 'referral' | 'exception' | 'decision' | 'review' | 'feedback' | 'emergency' | 'facility';
  start: Trigger[];
  /** Ends it: the deadline is met. */
  stop: Trigger[];
  /**
   * Meets the present occurrence and arms the next one (contacts, periodic reports). On a schedule it meets every open
   * occurrence whose window has begun and arms nothing, because all were armed at once; `stop` ends them all.
   */
  renew?: Trigger[];
  /** Ends it without being met: what it waited for is not due any more (a hold, a release, another way taken). */
  cancel?: Trigger[];
  /** First rule whose condition holds. A rule with `never` arms nothing. A last rule without `when` is the protective default. */
  due: DueRule[];
  ladder: string;
  /** Keeps running after the case reaches an end state (sealing, reoffending checks). */
  outlivesCase?: boolean;
  /** A supervisor may extend it once with a reason; false for liberty and clinical clocks. */
  extendable: boolean;
  /**
   * When the due time passes: the referral expires; the right to do something lapses and nobody is told of a delay; or the
   * facility moves to a state, where its life allows it.
   */
  onDue?: 'expire_referral' | 'lapse' | { facility: StateCode };
  /** For a referral deadline: what helps to meet it is shown beside it. */
  proposes?: 'next_provider';
  /** The common deadline that this one stands in for. */
  replaces?: string;
}

/**
 * When a deadline falls due, counted on its clock from its start. `schedule` arms several occurrences at once. `at` counts
 * from the time held by a fact instead, from the child's birthday, from the day that the decision or exception it is about
 * names, or from a date of the facility: `expectedReleaseOn`, `birthday:18`, `reviewOn`, `reaskOn`, `closesOn`; the duration
 * may be negative (`-P14D`: two weeks before).
 */
export type DueRule = {
  when?: Condition;
  clock: ClockKind;
  granularity: Granularity;
} & (
  | { within: Duration }
  | { withinWorkingDays: number }
  | { schedule: Duration[] }
  | { at: string; within: Duration }
  | { never: true }
);

/** What starts or stops a deadline. Exactly one key besides `from` and `when`. */
export interface Trigger {
  entered?: StateCode[];
  left?: StateCode[];
  transition?: TransitionCode[];
  track?: { id: string; enters?: StateCode[]; leaves?: StateCode[] };
  /** A fact is recorded; with `is`, only that value. */
  fact?: { name: string; is?: FactValue };
  document?: DocumentCode;
  consent?: DocumentCode;
  /** `reviewed`: the caregiver question was asked again and the exception goes on; `ended`: it does not. */
  exception?: 'recorded' | 'approved' | 'rejected' | 'reviewed' | 'ended';
  /** A consent was withdrawn. */
  withdrawal?: true;
  /** A conflict of interest was declared of whoever holds the case, or of their agency. */
  conflict?: 'holder';
  /** Referral states entered; the deadline's subject is that referral. */
  referral?: ReferralState[];
  /** A contact with the child or family of one of these kinds took place. */
  contact?: ContactKind[];
  /** A note of one of these kinds was written (hold reviews, lawfulness reviews, warnings). */
  note?: string[];
  /** A decision with one of these outcomes was recorded. */
  decision?: string[];
  /** Any decision was recorded, or one that says when it must be looked at again. */
  decided?: true | 'to_be_reviewed';
  risk?: RiskLevel[];
  /** States entered by a request for a review of a decision. */
  review?: ReviewState[];
  feedback?: FeedbackState[];
  /** Emergency access to the case. */
  emergency?: 'taken' | 'reviewed';
  /** The case was opened or enrolled. */
  opened?: true;
  /** The child reaches this age (years). */
  birthday?: number;
  /** The facility's state, an inspection, or how many of its children wait for a decision. */
  facility?: {
    enters?: StateCode[];
    leaves?: StateCode[];
    inspected?: true;
    everyChildDecided?: true;
    childUndecided?: true;
  };
  /** The clock runs from the time held by this fact instead of from the event. */
  from?: string;
  when?: Condition;
}

export interface LadderDefinition {
  title: Text;
  use: Text;
  rungs: RungDefinition[];
}

/** One rung: when it is reached relative to the deadline, who is told, what must be done. */
export interface RungDefinition {
  /** `50%` of the time elapsed, or a signed duration relative to the due time: `-PT2H`, `PT0S`, `P7D`. */
  at: string;
  recipients: Recipient[];
  /** A record that reaching this rung makes, for example `LEGAL_LIMIT_EXCEEDED`. */
  records?: string;
  /** What the recipient must do, for example `TAKE_OVER_OR_REASSIGN`. */
  action?: string;
}

/** `owner` and `supervisor` are resolved from the case's assignment; anything else is a role code. */
export type Recipient = 'owner' | 'supervisor' | RoleCode;

export interface ScoreDefinition {
  title: Text;
  document: DocumentCode;
  parts: Record<string, { items: Record<string, Text>; total: number; least: number; exempt?: string[] }>;
  /** Least sum over all parts. */
  overall: number;
  minimum: number;
  maximum: number;
  basis: string;
  confirmed: boolean;
}

export interface ContentRules {
  /** Media types refused for documents, for example `image/*`. */
  refusedMediaTypes: string[];
  /** Free text with a web address or a file hash is refused; the worker is asked for a report reference. */
  refuseLinksInText: boolean;
  /** Kinds of files that may be attached to documents. Absent: all kinds. */
  attachments?: AttachmentKind[];
  /** Kinds of notes that hold what the child admits for a diversion: sealed apart, and opened to no justice user. */
  notForEvidence?: string[];
  sealing?: SealingRule;
}

/** When the record of a case is closed, and what of it stays open: everything that is not named is shown to nobody. */
export interface SealingRule {
  /** Fact that tells when it was sealed. */
  fact: string;
  keeps: { facts: string[]; tracks: string[]; documents: DocumentCode[]; deadlines: string[] };
}
