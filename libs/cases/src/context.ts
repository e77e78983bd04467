import type { Duration, Instant, LocalDate, WorkingCalendar } from '#libs/calendar';
import type { CommonDefinition, Pathway, RoleCode } from '#libs/pathways';
import type { Actor } from './actor.js';
import type { Recorded } from './events.js';
import type { FieldClass } from './sealed.js';
import type { KnownCase, ReferralStatus } from './state.js';

/** What every decision depends on, whatever it is about: handed in, never fetched. */
export interface DeadlineContext {
  /** When the system learns of it: the recording time of every event decided now. */
  now: Instant;
  actor: Actor;
  common: CommonDefinition;
  calendar: WorkingCalendar;
}

/** All that a decision on a case may depend on besides the case. */
export interface DecideContext extends DeadlineContext {
  /** The definition a case is pinned to; undefined when no such version is published. */
  pathway(key: string): Pathway | undefined;
  /** The child's birth date when it is known to the day; opened by the shell for the purpose of the command. */
  birthDate: LocalDate | undefined;
  /** What the child's other cases and the child's own record say that matters here. */
  person: PersonCircumstances;
  /** Active members of staff, as far as the command names any. */
  staff(id: string): StaffFacts | undefined;
  /** What the register says of a facility that the case or the command names; undefined when it does not know it. */
  facility: (code: string) => FacilitySnapshot | undefined;
  /** Agencies shut out of everything about the child: an allegation stands against a facility the child lives or lived in. */
  shutOut: readonly string[];
  /** What a referral opens to its receiver once it is accepted: the information-sharing policy. */
  sharing: (referral: Pick<ReferralStatus, 'type' | 'service'>) => Sharing;
  /** All that was recorded of the case so far; handed in for a command that has to look back (`MigrateCase`). */
  history?: readonly Recorded[];
}

/** Facts from outside this case: never why, only that something stands. */
export interface PersonCircumstances {
  /** Kinds of flags that other cases put on the child's own record. */
  flags: readonly string[];
  /** Another open case owns the child's safety. */
  safetyOwnedElsewhere: boolean;
  /** When the case that owns the child's safety last agreed to a move by this one. */
  moveAgreedAt: Instant | undefined;
}

/** For what a receiver may see what, and for how long. */
export interface Sharing {
  purpose: string;
  classes: readonly FieldClass[];
  /** From acceptance on, whatever becomes of the service. */
  atMost: Duration;
  /** Once the service has ended. */
  afterwards: Duration;
}

/** Where nothing is referred. */
export const sharesNothing: Sharing = { purpose: 'none', classes: [], atMost: 'PT0S', afterwards: 'PT0S' };

/** Nothing is known of the child besides this case. */
export const alone: PersonCircumstances = { flags: [], safetyOwnedElsewhere: false, moveAgreedAt: undefined };

/** What the directory says of a member of staff. */
export interface StaffFacts {
  agency: string;
  roles: readonly RoleCode[];
}

/** What a decision on a case may know of a facility. */
export interface FacilitySnapshot {
  state: string;
  /** Whether it takes new children: its state allows it, and no allegation stands against it. */
  admits: boolean;
  accused: boolean;
}

/** What a condition is asked about: the case, the step being taken if there is one, and a deadline's subject. */
export interface View {
  state: KnownCase;
  context: DecideContext;
  pathway: Pathway | undefined;
  /** The moment at which durations are measured: when the step happened. */
  at: Instant;
  step?: Step;
  referral?: ReferralStatus | undefined;
  /** The decision, exception or the like that a deadline is about. */
  subject?: string | undefined;
}

/** The step whose guards are being checked. */
export interface Step {
  from: string;
  reasonCode: string | undefined;
  reasonGiven: boolean;
  dangerDeclared: boolean;
  outcome: string | undefined;
  assignee: { owner: string; agency: string } | undefined;
}

/** The view of a case at a moment, with the pathway it is pinned to. */
export function viewOf(state: KnownCase, context: DecideContext, at: Instant, more: Partial<View> = {}): View {
  const pathway = state.enrolment === undefined ? undefined : context.pathway(state.enrolment.pathway);
  return { state, context, pathway, at, ...more };
}
