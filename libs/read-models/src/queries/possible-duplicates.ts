import type { Instant } from '#libs/calendar';
import { loadPerson } from '#libs/case-log';
import { likenessOf, WORTH_A_LOOK, type Likeness, type PersonDetails } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { IndexToken, Sealer } from '#libs/privacy';
import { findByTokens } from '../person-tokens.js';
import { personView } from './case-view.js';
import { isHiddenFrom } from './hidden.js';
import { personShownTo } from './person-access.js';
import type { Caller } from './scope.js';

/** A person on record who may be the one that is told of: for a person to look at, never merged by itself. */
export interface PossibleDuplicate extends Likeness {
  person: ReturnType<typeof personView>;
}

const MOST_SHOWN = 10;

/** What a search opens records with. */
export interface SearchParts {
  sealer: Sealer;
  pathways: PathwayRegistry;
}

/** Somebody who is told of, and who asks. */
interface Sought {
  told: PersonDetails;
  /** Made of what is told. */
  tokens: readonly IndexToken[];
  caller: Caller;
  now: Instant;
  isAnswer: (likeness: Likeness) => boolean;
  /** Records that are known to be of this child. */
  same: readonly string[];
}

export const isWorthALook = ({ score }: Likeness): boolean => score >= WORTH_A_LOOK;

/**
 * People who look like the one told of, the likeliest first. Whoever is hidden from the caller, has been merged into
 * another record or is that person already is left out.
 */
export async function possibleDuplicates(
  queries: Queryable,
  parts: SearchParts,
  sought: Sought,
): Promise<PossibleDuplicate[]> {
  const found = (await findByTokens(queries, sought.tokens)).filter((id) => !sought.same.includes(id));
  await parts.sealer.prefetch(queries, found);
  const candidates = await Promise.all(found.map((id) => candidate(queries, parts, id, sought)));
  return candidates
    .filter((each) => each !== undefined)
    .sort((one, other) => other.score - one.score || (one.person.id < other.person.id ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

async function candidate(
  queries: Queryable,
  { sealer, pathways }: SearchParts,
  id: string,
  { told, caller, now, isAnswer }: Sought,
): Promise<PossibleDuplicate | undefined> {
  const [{ state }, hidden, shown] = await Promise.all([
    loadPerson(queries, sealer, id),
    isHiddenFrom(queries, id, caller),
    personShownTo(queries, pathways, id, caller, now),
  ]);
  const { facts, identity, location, merged } = state;
  if (facts === undefined || merged !== undefined || hidden) return undefined;
  const likeness = likenessOf(told, { facts, identity, location });
  // Who may not see the record hears that there is one and why it is alike, and nothing that they did not tell themselves.
  const view = personView(id, state);
  const person = { ...view, identity: shown?.has('identity') === true ? view.identity : {}, location: {} };
  return isAnswer(likeness) ? { ...likeness, person } : undefined;
}
