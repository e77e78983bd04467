import type { Instant } from '#libs/calendar';
import type { Condition, DeadlineDefinition, Trigger } from '#libs/pathways';
import type { Occurrence } from '../actor.js';
import type { Moments } from '../conditions/fact-moment.js';
import type { DeadlineContext } from '../context.js';
import type { CancelReason, DeadlineEvent } from '../events.js';
import type { Recorded } from '../events.js';
import type { DeadlineBook } from '../state.js';
import type { Start } from './due.js';

/** What carries deadlines: its state, what happens to it, and what a decision on it is handed. */
export interface Kind {
  book: DeadlineBook;
  event: { type: string } & Occurrence;
  context: DeadlineContext;
}

/** Before its first event there is nothing that could carry a deadline. */
export interface Unborn {
  version: 0;
}

/** An event together with what it happened to, as that became. */
export interface Happening<K extends Kind> {
  event: K['event'];
  after: K['book'];
  context: K['context'];
}

/** What is about one single thing, such as a referral, or about none. */
export interface About {
  subject?: string | undefined;
}

/**
 * All that differs between those who carry deadlines. The rest, arming and meeting, moving and escalating, is the same
 * for a case and for a facility.
 */
export interface Carrier<K extends Kind> {
  evolve: (book: K['book'] | Unborn, recorded: Recorded<K['event'] | DeadlineEvent>) => K['book'];
  definitions: (book: K['book'], context: K['context']) => [string, DeadlineDefinition][];
  /** When that which the trigger waits for happened; undefined when the event is not it. */
  momentsOf: (trigger: Trigger, happening: Happening<K>) => Moments | undefined;
  /** Whether a condition holds at a moment, for a deadline about this subject. */
  holds: (condition: Condition, book: K['book'], context: K['context'], at: Instant, subject?: string) => boolean;
  /** The moment that a due rule counts from instead of from the start. */
  dateOf: (name: string, book: K['book'], context: K['context'], subject?: string) => Instant | undefined;
  /** The single thing that a deadline is about when this event begins it. */
  subjectIn: (definition: DeadlineDefinition, happening: Happening<K>) => string | undefined;
  /** Those of the deadlines that the event is about. */
  concerned: <T extends About>(all: T[], definition: DeadlineDefinition, happening: Happening<K>) => T[];
  /** What the event changed of all that due rules look at. */
  inputsChangedBy: (event: K['event']) => string[];
  /** What due rules look at that no event of the carrier tells of: it may have changed since the last command. */
  inputsFromOutside: readonly string[];
  /** Why nothing is due any more from here on, if that is so. */
  endsBecause: (happening: Happening<K>) => CancelReason | undefined;
  /** What is due again because that which had ended goes on. */
  dueAgain: (happening: Happening<K>) => Start[];
  /** What else happens by rule after an event: it may itself begin and end deadlines. */
  opens: (happening: Happening<K>) => K['event'][];
  /** What people must hear of at once, beside any deadline. */
  raises: (happening: Happening<K>) => K['event'][];
}
