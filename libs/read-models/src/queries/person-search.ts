import type { Instant } from '#libs/calendar';
import type { Likeness, LikenessReason, PersonDetails } from '#libs/cases';
import type { Transaction } from '#libs/database';
import type { IndexToken } from '#libs/privacy';
import { v7 as uuidv7 } from 'uuid';
import { possibleDuplicates, type PossibleDuplicate, type SearchParts } from './possible-duplicates.js';
import type { Caller } from './scope.js';

/** What somebody may look for a child by name for. */
export const searchPurposes = ['registration', 'existing_case', 'family_tracing', 'missing_child'] as const;
export type SearchPurpose = (typeof searchPurposes)[number];

export interface PersonSearch {
  told: PersonDetails;
  /** Made of what is told. */
  tokens: readonly IndexToken[];
  purpose: SearchPurpose;
  caller: Caller;
  now: Instant;
}

/** Whoever searches more often than this is not looking for one child. */
const MOST_IN_AN_HOUR = 30;
const HOUR_MS = 3_600_000;

/** The caller has searched too often. */
export class SearchesUsedUp extends Error {
  override readonly name = 'SearchesUsedUp';

  constructor(readonly retryAfterSeconds: number) {
    super('too many searches within an hour');
  }
}

/** What a search can be answered by: somebody who only lives nearby, or was born in that year, was not told of. */
const named: readonly LikenessReason[] = [
  'same_number',
  'same_name',
  'name_sounds_alike',
  'name_alike_in_both_scripts',
  'same_phone',
];

const isAnswer = ({ score, reasons }: Likeness): boolean =>
  score > 0 && reasons.some((reason) => named.includes(reason));

/**
 * People on record who may be the one that is told of, the likeliest first. Who searched, and who was shown, is written
 * in the same transaction: without that there is no answer. A search too many is written, too, and answered with how
 * many seconds to wait.
 */
export async function searchPeople(
  tx: Transaction,
  parts: SearchParts,
  search: PersonSearch,
): Promise<PossibleDuplicate[] | number> {
  const wait = await secondsToWait(tx, search);
  const found = wait > 0 ? [] : await possibleDuplicates(tx, parts, { ...search, isAnswer, same: [] });
  tx.send(
    'person_search_add',
    `INSERT INTO person_searches (tenant_id, search_id, caller, agency, purpose, searched_at, refused, answered)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.context.tenant,
      uuidv7(),
      search.caller.id,
      search.caller.agency,
      search.purpose,
      search.now,
      wait > 0,
      found.map(({ person }) => person.id),
    ],
  );
  return wait > 0 ? wait : found;
}

/** One search of a caller at a time, so that several at once are counted one after the other. */
async function secondsToWait(tx: Transaction, { caller, now }: PersonSearch): Promise<number> {
  const since = new Date(Date.parse(now) - HOUR_MS).toISOString();
  tx.send('person_search_turn', 'SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [
    `person search ${caller.id}`,
    tx.context.tenant,
  ]);
  const recent = await tx.query<{ at: Instant }>(
    'person_searches_recent',
    `SELECT searched_at AS at FROM person_searches
     WHERE tenant_id = $1 AND caller = $2 AND searched_at > $3 AND NOT refused ORDER BY searched_at DESC LIMIT $4`,
    [tx.context.tenant, caller.id, since, MOST_IN_AN_HOUR],
  );
  const first = recent.at(-1);
  if (first === undefined || recent.length < MOST_IN_AN_HOUR) return 0;
  return Math.ceil((Date.parse(first.at) + HOUR_MS - Date.parse(now)) / 1_000);
}
