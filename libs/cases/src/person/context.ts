import type { Instant } from '#libs/calendar';
import type { CommonDefinition } from '#libs/pathways';
import type { Actor } from '../actor.js';
import type { PersonState } from './person.js';

/** A case of the person, as far as the person's own record needs to know. */
export interface PersonCase {
  caseId: string;
  agency: string;
  owner: string | undefined;
  ended: boolean;
  ownsSafety: boolean;
}

/** All that a decision about a person may depend on besides the person. */
export interface PersonContext {
  personId: string;
  now: Instant;
  zone: string;
  actor: Actor;
  common: CommonDefinition;
  cases: readonly PersonCase[];
  /** Who asks must not know of the child: in conflict of interest on a case of theirs, or shut out. */
  hidden: boolean;
  /** The person that a merge is into; undefined when there is none. */
  other: Pick<PersonState, 'version' | 'merged'> | undefined;
}
