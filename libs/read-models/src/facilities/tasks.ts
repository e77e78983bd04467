import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';

/** One open deadline of a facility. */
export interface FacilityTaskRow {
  stream_id: string;
  code: string;
  type: string;
  state: string;
  province: string;
  district: string;
  agency: string;
  owner: string | null;
  inspected_at: Instant | null;
  reported_children: number | null;
  deadline: string;
  definition: string;
  due_at: Instant;
  confirmed: boolean;
  rungs_reached: number[];
}

export interface FacilityTaskFilter {
  /** Only deadlines with these definitions; absent: all. */
  definitions?: readonly string[];
  /** Only facilities in this state. */
  state?: string;
  /** Only what was due by then. */
  overdueAt?: Instant;
}

/** Open deadlines of facilities, the most urgent first. While an allegation stands, its own people find none of its. */
export async function facilityTasks(
  queries: Queryable,
  agency: string,
  { definitions, state, overdueAt = 'infinity' }: FacilityTaskFilter,
  page: PageRequest,
): Promise<Page<FacilityTaskRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? ['-infinity', '00000000-0000-0000-0000-000000000000', ''];
  const rows = await queries.query<FacilityTaskRow>(
    'facility_tasks',
    `SELECT f.stream_id, f.code, f.type, f.state, f.province, f.district, f.agency, f.owner, f.inspected_at,
       f.reported_children, d.deadline, d.definition, d.due_at, d.confirmed, d.rungs_reached
     FROM deadlines d JOIN facility_summary f USING (tenant_id, stream_id)
     WHERE d.tenant_id = $1 AND d.status = 'armed' AND NOT (f.accused AND f.code = $2)
       AND ($3::text[] IS NULL OR d.definition = ANY ($3)) AND ($4::text IS NULL OR f.state = $4)
       AND d.due_at <= $5::timestamptz AND (d.due_at, d.stream_id, d.deadline) > ($6::timestamptz, $7::uuid, $8::text)
     ORDER BY d.due_at, d.stream_id, d.deadline LIMIT $9`,
    [queries.context.tenant, agency, definitions ?? null, state ?? null, overdueAt, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.due_at, row.stream_id, row.deadline],
  );
}
