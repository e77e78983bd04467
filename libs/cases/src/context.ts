import type { Instant, LocalDate, WorkingCalendar } from '#libs/calendar';
import type { CommonDefinition, Pathway } from '#libs/pathways';
import type { Actor } from './actor.js';
import type { KnownCase, ReferralStatus } from './state.js';

/** All that a decision may depend on besides the case: handed in, never fetched. */
export interface DecideContext {
  /** When the system learns of it: the recording time of every event decided now. */
  now: Instant;
  actor: Actor;
  /** The definition a case is pinned to; undefined when no such version is published. */
  pathway(key: string): Pathway | undefined;
  common: CommonDefinition;
  calendar: WorkingCalendar;
  /** The child's birth date when it is known to the day; opened by the shell for the purpose of the command. */
  birthDate: LocalDate | undefined;
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
}

/** The step whose guards are being checked. */
export interface Step {
  from: string;
  reasonCode: string | undefined;
  reasonGiven: boolean;
  outcome: string | undefined;
  assignee: { owner: string; agency: string } | undefined;
}

/** The view of a case at a moment, with the pathway it is pinned to. */
export function viewOf(state: KnownCase, context: DecideContext, at: Instant, more: Partial<View> = {}): View {
  const pathway = state.enrolment === undefined ? undefined : context.pathway(state.enrolment.pathway);
  return { state, context, pathway, at, ...more };
}
