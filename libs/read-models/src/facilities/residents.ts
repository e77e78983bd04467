import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';
import { goingOn } from './occupancy.js';

/** One case of a child who lives in a facility. No name: a code, and since when. */
export interface ResidentRow {
  stream_id: string;
  code: string;
  pathway: string | null;
  state: string | null;
  risk: string | null;
  owner: string | null;
  held_in: string | null;
  from_at: Instant;
}

/** Cases of the children who live in a facility now, as far as the caller answers for them, the longest there first. */
export async function residents(
  queries: Queryable,
  facility: string,
  caller: Caller,
  now: Instant,
  page: PageRequest,
): Promise<Page<ResidentRow>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<ResidentRow>(
    'facility_resident_cases',
    `SELECT c.stream_id, c.code, c.pathway, c.state, c.risk, c.owner, s.held_in, s.from_at
     FROM facility_stays s JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND s.facility = $5 AND ${goingOn('s', '$6::timestamptz')}
       AND (s.from_at, c.stream_id) > ($7::timestamptz, $8::uuid)
     ORDER BY s.from_at, c.stream_id LIMIT $9`,
    [...scopeValues(queries.context.tenant, caller), facility, now, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.from_at, row.stream_id],
  );
}
