import type { LocalDate } from '#libs/calendar';
import type { CaseEvent } from '#libs/cases';
import type { CommonDefinition, DeadlineDefinition, PathwayDefinition } from '#libs/pathways';
import type { Books, Entry } from './books.js';

/** What the rules know of a case besides its events. */
export interface About {
  definition: PathwayDefinition;
  common: CommonDefinition;
  birthDate: LocalDate;
  endsAt: string;
}

/**
 * Something that must always hold. Each rule works out from the events and the pathway's definition alone what has to be
 * true, and calls nothing of the core that it watches over. A rule answers in words what is wrong.
 */
export interface Rule {
  /** As a violation of it is reported. */
  name: string;
  /** Asked about each event, with the books as they stood before it. */
  event?: (entry: Entry, books: Books, about: About) => string[];
  /** Asked after each command, with what it came to. */
  commit?: (entries: readonly Entry[], books: Books, about: About) => string[];
  /** Asked when the simulation has ended. */
  end?: (books: Books, about: About) => string[];
}

/** A rule's answer: what is wrong, if it is so. */
export const unless = (holds: boolean, wrong: string): string[] => (holds ? [] : [wrong]);

/** The event, if it is one of this type. */
export function as<T extends CaseEvent['type']>(type: T, { event, ...rest }: Entry): Entry<CaseEvent<T>> | undefined {
  return event.type === type ? { event: event as unknown as CaseEvent<T>, ...rest } : undefined;
}

export function deadlineDefinition(id: string, { definition, common }: About): DeadlineDefinition | undefined {
  return definition.deadlines[id] ?? common.deadlines[id];
}
