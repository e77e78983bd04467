import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';

/**
 * The stays that were going on at a moment, as far as was known then: begun and told by then, not yet known to be over,
 * and not yet corrected by another. A question about a past moment thus gets the answer that was given then.
 *
 * @param alias of `facility_stays`
 * @param moment expression for the moment
 */
export const goingOn = (alias: string, moment: string): string =>
  `${alias}.from_at <= ${moment} AND ${alias}.recorded_at <= ${moment}
   AND NOT (${alias}.until_at IS NOT NULL AND ${alias}.until_at <= ${moment} AND ${alias}.end_recorded_at <= ${moment})
   AND (${alias}.replaced_at IS NULL OR ${alias}.replaced_at > ${moment})`;

/** How many children live in or are held in a facility. */
export async function residentsOf(queries: Queryable, code: string, now: Instant): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    'facility_residents',
    `SELECT count(DISTINCT s.person_id)::int AS count FROM facility_stays s
     WHERE s.tenant_id = $1 AND s.facility = $2 AND ${goingOn('s', '$3::timestamptz')}`,
    [queries.context.tenant, code, now],
  );
  return row?.count ?? 0;
}

export interface Counting {
  /** States in which a facility closes. */
  closing: readonly string[];
  /** States of a case in which nobody has decided yet where the child shall live. */
  waiting: readonly string[];
  now: Instant;
}

/** How many children in a closing facility wait for a decision; undefined when it does not close. */
export async function undecidedOf(
  queries: Queryable,
  facilityId: string,
  { closing, waiting, now }: Counting,
): Promise<number | undefined> {
  const [row] = await queries.query<{ count: number }>(
    'facility_undecided',
    `SELECT (SELECT count(DISTINCT s.person_id)::int FROM facility_stays s
       JOIN case_summary c ON c.tenant_id = s.tenant_id AND c.stream_id = s.stream_id
       WHERE s.tenant_id = f.tenant_id AND s.facility = f.code AND s.held_in IS NULL AND c.state = ANY ($4::text[])
         AND ${goingOn('s', '$5::timestamptz')}) AS count
     FROM facility_summary f WHERE f.tenant_id = $1 AND f.stream_id = $2 AND f.state = ANY ($3::text[])`,
    [queries.context.tenant, facilityId, closing, waiting, now],
  );
  return row?.count;
}

/** Facilities that are closing. */
export async function closingFacilities(queries: Queryable, closing: readonly string[]): Promise<string[]> {
  const rows = await queries.query<{ stream_id: string }>(
    'facilities_closing',
    'SELECT stream_id FROM facility_summary WHERE tenant_id = $1 AND state = ANY ($2::text[]) ORDER BY stream_id',
    [queries.context.tenant, closing],
  );
  return rows.map(({ stream_id }) => stream_id);
}

/** A facility with how many children live there or are held there, and how many it is made for. */
export interface OccupancyRow {
  stream_id: string;
  code: string;
  type: string;
  state: string;
  province: string;
  district: string;
  capacity: number | null;
  reported_children: number | null;
  occupancy: number;
  synthetic: boolean;
}

export interface FacilityFilter {
  state?: string;
  type?: string;
  province?: string;
}

/*
 * Each facility as it was known at the moment $3. While an allegation stands, its own people ($2) find nothing of it.
 */
const knownThen = `SELECT f.stream_id, f.code, f.type, h.state, f.province, f.district, h.capacity, f.reported_children,
    f.synthetic, o.occupancy, coalesce(o.occupancy::float8 / nullif(h.capacity, 0), 1e9) AS load
  FROM facility_summary f
    JOIN LATERAL (SELECT h.state, h.capacity FROM facility_history h
      WHERE h.tenant_id = f.tenant_id AND h.stream_id = f.stream_id AND h.recorded_at <= $3::timestamptz
      ORDER BY h.version DESC LIMIT 1) h ON true
    CROSS JOIN LATERAL (SELECT count(DISTINCT s.person_id)::int AS occupancy FROM facility_stays s
      WHERE s.tenant_id = f.tenant_id AND s.facility = f.code AND ${goingOn('s', '$3::timestamptz')}) o
  WHERE f.tenant_id = $1 AND NOT (f.accused AND f.code = $2)`;

const columns = 'stream_id, code, type, state, province, district, capacity, reported_children, occupancy, synthetic';

/** Facilities in the order of their codes. */
export async function facilityList(
  queries: Queryable,
  agency: string,
  moment: Instant,
  { state, type, province }: FacilityFilter,
  page: PageRequest,
): Promise<Page<OccupancyRow>> {
  const [after = ''] = decodeCursor(page.cursor, 1) ?? [];
  const rows = await queries.query<OccupancyRow>(
    'facility_list',
    `SELECT ${columns} FROM (${knownThen}) known
     WHERE ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR type = $5) AND ($6::text IS NULL OR province = $6)
       AND code > $7::text ORDER BY code LIMIT $8`,
    [queries.context.tenant, agency, moment, state ?? null, type ?? null, province ?? null, after, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    ({ code }) => [code],
  );
}

/** Facilities with more children than they are made for, the worst first. */
export async function overcrowded(
  queries: Queryable,
  agency: string,
  moment: Instant,
  page: PageRequest,
): Promise<Page<OccupancyRow>> {
  const cursor = decodeCursor(page.cursor, 2) ?? [Number.MAX_VALUE, ''];
  const rows = await queries.query<OccupancyRow & { load: number }>(
    'facility_overcrowded',
    `SELECT ${columns}, load FROM (${knownThen}) known WHERE capacity IS NOT NULL AND occupancy > capacity
       AND (load < $4::float8 OR (load = $4::float8 AND code > $5::text))
     ORDER BY load DESC, code LIMIT $6`,
    [queries.context.tenant, agency, moment, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    ({ load: _, ...row }) => row,
    ({ load, code }) => [load, code],
  );
}
