import { loadPerson } from '#libs/case-log';
import { likenessOf, WORTH_A_LOOK, type Likeness, type PersonDetails } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { BlindIndex, Sealer } from '#libs/privacy';
import { findByTokens } from '../person-tokens.js';
import { personView } from './case-view.js';
import { isHiddenFrom } from './hidden.js';
import type { Caller } from './scope.js';

/** A person on record who may be the one that is told of: for a person to look at, never merged by itself. */
export interface PossibleDuplicate extends Likeness {
  person: ReturnType<typeof personView>;
}

const MOST_SHOWN = 10;

/**
 * People who look like the one told of, the likeliest first. Whoever is hidden from the caller, has been merged into
 * another record or is that person already is left out.
 *
 * @param same records that are known to be of this child
 */
export async function possibleDuplicates(
  queries: Queryable,
  { sealer, blindIndex }: { sealer: Sealer; blindIndex: BlindIndex },
  told: PersonDetails,
  caller: Pick<Caller, 'id' | 'agency'>,
  same: readonly string[] = [],
): Promise<PossibleDuplicate[]> {
  const found = await findByTokens(queries, await blindIndex.tokensToFind(told.identity));
  const candidates = await Promise.all(
    found.filter((id) => !same.includes(id)).map((id) => candidate(queries, sealer, id, told, caller)),
  );
  return candidates
    .filter((each) => each !== undefined)
    .sort((one, other) => other.score - one.score || (one.person.id < other.person.id ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

async function candidate(
  queries: Queryable,
  sealer: Sealer,
  id: string,
  told: PersonDetails,
  caller: Pick<Caller, 'id' | 'agency'>,
): Promise<PossibleDuplicate | undefined> {
  const [{ state }, hidden] = await Promise.all([loadPerson(queries, sealer, id), isHiddenFrom(queries, id, caller)]);
  const { facts, identity, location, merged } = state;
  if (facts === undefined || merged !== undefined || hidden) return undefined;
  const likeness = likenessOf(told, { facts, identity, location });
  // Names are compared by people; where a child is found is told to nobody who only looks for one.
  const person = { ...personView(id, state), location: {} };
  return likeness.score < WORTH_A_LOOK ? undefined : { ...likeness, person };
}
