import type { Queryable } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';

/** Two facilities that may be one. Whether they are, a person finds out. */
export interface DuplicateRow {
  first_id: string;
  first_code: string;
  first_state: string;
  second_id: string;
  second_code: string;
  second_state: string;
  same_village: boolean;
  same_district_and_type: boolean;
}

/*
 * Same district and kind, or same village; a facility that has ended is none to be confused with. Those that somebody
 * found without their being registered ($3) come first.
 */
const pairs = `SELECT a.stream_id AS first_id, a.code AS first_code, a.state AS first_state,
    b.stream_id AS second_id, b.code AS second_code, b.state AS second_state,
    coalesce(a.village = b.village, false) AS same_village,
    a.district = b.district AND a.type = b.type AS same_district_and_type,
    (CASE WHEN $3::text IN (a.state, b.state) THEN 0 ELSE 2 END)
      + (CASE WHEN a.village = b.village THEN 0 ELSE 1 END) AS rank
  FROM facility_summary a JOIN facility_summary b ON b.tenant_id = a.tenant_id AND b.code > a.code
    AND (a.district = b.district AND a.type = b.type OR a.village = b.village)
  WHERE a.tenant_id = $1 AND NOT a.state = ANY ($4::text[]) AND NOT b.state = ANY ($4::text[])
    AND NOT (a.accused AND a.code = $2) AND NOT (b.accused AND b.code = $2)`;

const columns = `first_id, first_code, first_state, second_id, second_code, second_state, same_village,
  same_district_and_type`;

export interface DuplicateRules {
  /** The state of a facility that was found without being registered. */
  found: string;
  /** States in which a facility has ended. */
  ended: readonly string[];
}

/** Pairs of facilities that may be one, the likeliest first. */
export async function possibleDuplicates(
  queries: Queryable,
  agency: string,
  { found, ended }: DuplicateRules,
  page: PageRequest,
): Promise<Page<DuplicateRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? [-1, '', ''];
  const rows = await queries.query<DuplicateRow & { rank: number }>(
    'facility_duplicates',
    `SELECT ${columns}, rank FROM (${pairs}) pair WHERE (rank, first_code, second_code) > ($5::int, $6::text, $7::text)
     ORDER BY rank, first_code, second_code LIMIT $8`,
    [queries.context.tenant, agency, found, ended, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    ({ rank: _, ...row }) => row,
    ({ rank, first_code, second_code }) => [rank, first_code, second_code],
  );
}

/** Those that this one may be. */
export async function duplicatesOf(
  queries: Queryable,
  facilityId: string,
  agency: string,
  { found, ended }: DuplicateRules,
): Promise<DuplicateRow[]> {
  return queries.query<DuplicateRow>(
    'facility_duplicates_of',
    `SELECT ${columns} FROM (${pairs}) pair WHERE $5::uuid IN (first_id, second_id)
     ORDER BY rank, first_code, second_code`,
    [queries.context.tenant, agency, found, ended, facilityId],
  );
}
