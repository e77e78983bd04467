import { loadPerson } from '#libs/case-log';
import { likenessOf, WORTH_A_LOOK, type Likeness, type PersonDetails } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { IndexToken, Sealer } from '#libs/privacy';
import { findByTokens } from '../person-tokens.js';
import { personView } from './case-view.js';
import { isHiddenFrom } from './hidden.js';
import type { Caller } from './scope.js';

/** A person on record who may be the one that is told of: for a person to look at, never merged by itself. */
export interface PossibleDuplicate extends Likeness {
  person: ReturnType<typeof personView>;
}

const MOST_SHOWN = 10;

/** Somebody who is told of, and who asks. */
interface Sought {
  told: PersonDetails;
  /** Made of what is told. */
  tokens: readonly IndexToken[];
  caller: Pick<Caller, 'id' | 'agency'>;
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
  { sealer }: { sealer: Sealer },
  sought: Sought,
): Promise<PossibleDuplicate[]> {
  const found = (await findByTokens(queries, sought.tokens)).filter((id) => !sought.same.includes(id));
  await sealer.prefetch(queries, found);
  const candidates = await Promise.all(found.map((id) => candidate(queries, sealer, id, sought)));
  return candidates
    .filter((each) => each !== undefined)
    .sort((one, other) => other.score - one.score || (one.person.id < other.person.id ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

async function candidate(
  queries: Queryable,
  sealer: Sealer,
  id: string,
  { told, caller, isAnswer }: Sought,
): Promise<PossibleDuplicate | undefined> {
  const [{ state }, named] = await Promise.all([loadPerson(queries, sealer, id), mayBeNamed(queries, id, caller)]);
  const { facts, identity, location, merged } = state;
  if (facts === undefined || merged !== undefined || !named) return undefined;
  const likeness = likenessOf(told, { facts, identity, location });
  // Names are compared by people; where a child is found is told to nobody who only looks for one.
  const person = { ...personView(id, state), location: {} };
  return isAnswer(likeness) ? { ...likeness, person } : undefined;
}

/** Whether a caller who looks for somebody may be told that it is this child. */
async function mayBeNamed(queries: Queryable, id: string, caller: Sought['caller']): Promise<boolean> {
  return !(await isHiddenFrom(queries, id, caller));
}
