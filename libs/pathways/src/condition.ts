import type { Duration } from '#libs/calendar';
import type {
  ContactKind,
  DocumentCode,
  FactValue,
  ReferralState,
  ReferralUrgency,
  RiskLevel,
  RoleCode,
  StateCode,
  TransitionCode,
} from './codes.js';

/**
 * Conditions that can be computed from a case, as data. Each has exactly one key; `libs/cases` holds one small function
 * for each. They serve guards (may this step be taken?), document requirements and due rules (which limit applies?).
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  /** The risk level is one of these; an unset level matches nothing. */
  | { risk: RiskLevel[] }
  /** The risk level was set or confirmed after the present state was entered. */
  | { riskConfirmed: 'entry' }
  | { fact: { name: string; is?: FactValue; in?: FactValue[]; atLeast?: number; atMost?: number } }
  /** Any row of the track is in one of these states now; with `since: entry`, was so at any time since the state was entered. */
  | { track: { id: string; in: StateCode[]; since?: 'entry' | 'ever' } }
  /** The track has at least one row and every row is in one of these states. */
  | { trackRows: { id: string; all: StateCode[] } }
  | { document: { code: DocumentCode; since?: 'entry'; within?: Duration } }
  | { consent: { kind: DocumentCode; orException?: boolean } }
  /** Every referral that is drafted or open has a sharing consent that covers its receiving agency. */
  | { sharingConsentForEveryReferral: true }
  /** A decision with one of these outcomes exists; `entry`: since the state was entered. */
  | { decision: { outcome: string[]; since?: 'entry' } }
  /** About the latest decision since the state was entered. */
  | { quorumMet: { gate: string } }
  | { noVoteFrom: { fact: string } }
  | { optionChosen: string[] }
  | { missingItemNamed: true }
  | { reviewWithin: Duration }
  | { decisionReason: { not: string[] } }
  /** The caller's role. */
  | { actor: RoleCode[] }
  /** The caller, and whoever decided, is not the person who took the step that led into the present state. */
  | { differsFromSubmitter: true }
  /** The step carries a reason code of this list. `given`: a reason in words. */
  | { reasonCode: { list: string; in?: string[] } }
  | { reasonGiven: true }
  /** The step carries a closure outcome code of the pathway. */
  | { outcomeCode: true }
  | { contacts: { kinds?: ContactKind[]; atLeast: number; since?: 'entry'; within?: Duration; seenAlone?: boolean } }
  | { notes: { kind: string; atLeast: number; since?: 'entry' } }
  /** At least one referral is in one of these states; `type` transfer or service. */
  | { referral: { in: ReferralState[]; type?: 'service' | 'transfer'; since?: 'entry' } }
  /** The urgency of the referral that the deadline is about; holds only for the due rules of referral deadlines. */
  | { referralUrgency: ReferralUrgency[] }
  | { noReferralIn: { states: ReferralState[]; services?: string[] } }
  /** None of these deadlines (or deadlines on these ladders) is armed. */
  | { noDeadlineOpen: { ids?: string[]; ladders?: string[] } }
  /** None of these deadlines is armed with its due time passed. */
  | { noDeadlineOverdue: { ids: string[] } }
  /** One of these deadlines was armed and its due time has passed, now or before it was met. */
  | { deadlinePassed: { ids: string[] } }
  /** This deadline has been armed at least once. */
  | { deadlineArmed: { ids: string[] } }
  /** Time since the latest of these transitions, or since the present state was entered. Clock: calendar, exact. */
  | { elapsed: { since: 'entry' | TransitionCode[]; atLeast?: Duration; lessThan?: Duration } }
  /** The state held before the present hold. */
  | { heldFrom: StateCode[] }
  /** The reason code with which the present hold began. */
  | { heldBecause: string[] }
  /** The state this step starts from. */
  | { from: StateCode[] }
  /** The child's age now, in years; unknown age matches nothing. */
  | { age: { atLeast?: number; atMost?: number } }
  /** The time held by a date or instant fact is at most this far ahead (or already past). */
  | { factWithin: { name: string; ahead: Duration } }
  | { scoreMet: string }
  /** The facility or agency named by this fact is declared in conflict of interest on the case. */
  | { conflictDeclared: { fact: string } }
  /** What the register says of the facility named by this fact: it takes new children; an allegation against it stands. */
  | { facility: { fact: string; admits?: true; accused?: true } }
  /** The kind of facility; holds only for the deadlines of facilities. */
  | { facilityType: string[] }
  /** The person this step assigns has no conflict of interest on the case. */
  | { assigneeWithoutConflict: true }
  /** A flag of this kind stands on the child's own record. */
  | { personFlag: string }
  | { taken: { transition: TransitionCode; atMost: number } };

/** The one key of a condition: what it asks about. */
export type ConditionKey = Condition extends infer Each ? (Each extends Each ? keyof Each : never) : never;

/** What a condition with this key says. */
export type ConditionBody<Key extends ConditionKey> = Extract<Condition, Record<Key, unknown>>[Key];

/** Calls the entry of a table of functions, one per kind of condition, that a condition belongs to. */
export function byKey<Result>(
  table: { [Key in ConditionKey]: (body: ConditionBody<Key>) => Result },
  condition: Condition,
): Result {
  const [key, body] = Object.entries(condition)[0] as [ConditionKey, never];
  return table[key](body);
}

/** Every kind of condition that this one is made of. */
export function conditionsIn(condition: Condition): ConditionKey[] {
  if ('all' in condition) return ['all', ...condition.all.flatMap(conditionsIn)];
  if ('any' in condition) return ['any', ...condition.any.flatMap(conditionsIn)];
  if ('not' in condition) return ['not', ...conditionsIn(condition.not)];
  return Object.keys(condition) as ConditionKey[];
}
