import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { decodeCursor, pageOf, type Page, type PageRequest } from './page.js';
import { noConflict, scopePredicate, scopeValues, type Caller } from './scope.js';

/** One open deadline on a worklist. No name and no story: a case code, what is due, and when. */
export interface TaskRow {
  stream_id: string;
  code: string;
  pathway: string | null;
  state: string | null;
  risk: string | null;
  owner: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  deadline: string;
  definition: string;
  /** The referral, exception or decision that it is about. */
  subject: string | null;
  due_at: Instant;
  confirmed: boolean;
  rungs_reached: number[];
}

/** Age bands in which supervisors watch what is overdue (pathways, section 10), in hours. */
export const ageBands = {
  '0-24h': [0, 24],
  '1-3d': [24, 72],
  '3-7d': [72, 168],
  '7-14d': [168, 336],
  '>14d': [336, null],
} as const satisfies Record<string, readonly [number, number | null]>;

export type OverdueBand = keyof typeof ageBands;

interface TaskFilter {
  /** Only the caller's own cases. */
  mine?: boolean;
  overdueAt?: Instant;
  band?: OverdueBand;
}

const columns = `c.stream_id, c.code, c.pathway, c.state, c.risk, c.owner, c.agency, c.province, c.district,
  d.deadline, d.definition, d.subject, d.due_at, d.confirmed, d.rungs_reached`;

/** Open deadlines in the caller's scope, the most urgent first. */
export async function tasks(
  queries: Queryable,
  caller: Caller,
  filter: TaskFilter,
  page: PageRequest,
): Promise<Page<TaskRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? ['-infinity', '00000000-0000-0000-0000-000000000000', ''];
  const [from, to] = window(filter);
  const rows = await queries.query<TaskRow>(
    'worklist_tasks',
    `SELECT ${columns} FROM deadlines d JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND d.status = 'armed' AND (NOT $5::boolean OR c.owner = $2)
       AND d.due_at > $6::timestamptz AND d.due_at <= $7::timestamptz AND (NOT $12::boolean OR d.paused_until IS NULL)
       AND (d.due_at, d.stream_id, d.deadline) > ($8::timestamptz, $9::uuid, $10::text)
     ORDER BY d.due_at, d.stream_id, d.deadline LIMIT $11`,
    [
      ...scopeValues(queries.context.tenant, caller),
      filter.mine === true,
      from,
      to,
      ...cursor,
      page.limit + 1,
      filter.overdueAt !== undefined,
    ],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.due_at, row.stream_id, row.deadline],
  );
}

/** How much is overdue in the caller's scope, by age. */
export async function overdueBands(
  queries: Queryable,
  caller: Caller,
  now: Instant,
): Promise<Record<OverdueBand, number>> {
  const rows = await queries.query<{ hours: number; count: number }>(
    'worklist_bands',
    `SELECT band.hours, count(*)::int AS count
     FROM deadlines d JOIN case_summary c USING (tenant_id, stream_id),
       LATERAL (SELECT max(h) AS hours FROM unnest($6::int[]) h WHERE d.due_at <= $5::timestamptz - h * interval '1 hour') band
     WHERE ${scopePredicate} AND d.status = 'armed' AND d.paused_until IS NULL AND d.due_at <= $5::timestamptz
     GROUP BY band.hours`,
    [...scopeValues(queries.context.tenant, caller), now, Object.values(ageBands).map(([from]) => from)],
  );
  const counts = new Map(rows.map(({ hours, count }) => [hours, count]));
  return Object.fromEntries(Object.entries(ageBands).map(([band, [from]]) => [band, counts.get(from) ?? 0])) as Record<
    OverdueBand,
    number
  >;
}

export interface UnansweredRow {
  stream_id: string;
  code: string;
  referral_id: string;
  type: string;
  service: string;
  urgency: string;
  from_agency: string;
  to_agency: string;
  state: string;
  sent_at: Instant;
  due_at: Instant | null;
  /** Whether the caller sees the case as such, and not only the referral, as its receiver. */
  overseen: boolean;
}

/** Referrals that nobody has answered, sent by or to the caller's agency, oldest first. */
export async function referralsUnanswered(
  queries: Queryable,
  caller: Caller,
  page: PageRequest,
): Promise<Page<UnansweredRow>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<UnansweredRow>(
    'worklist_unanswered',
    `SELECT c.stream_id, c.code, r.referral_id, r.type, r.service, r.urgency, r.from_agency, r.to_agency, r.state,
       r.sent_at, d.due_at, (${scopePredicate}) AS overseen
     FROM referrals r JOIN case_summary c USING (tenant_id, stream_id)
       LEFT JOIN LATERAL (SELECT min(due_at) AS due_at FROM deadlines d WHERE d.tenant_id = r.tenant_id
         AND d.stream_id = r.stream_id AND d.subject = r.referral_id::text AND d.status = 'armed') d ON true
     WHERE r.state IN ('SENT', 'ACKNOWLEDGED', 'MORE_INFO', 'EXPIRED') AND (${scopePredicate} OR (r.tenant_id = $1 AND r.to_agency = $3 AND ${noConflict}))
       AND (r.sent_at, r.referral_id) > ($5::timestamptz, $6::uuid)
     ORDER BY r.sent_at, r.referral_id LIMIT $7`,
    [...scopeValues(queries.context.tenant, caller), ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.sent_at, row.referral_id],
  );
}

export interface UnassignedRow {
  stream_id: string;
  code: string;
  person_id: string;
  risk: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  received_from: string | null;
  opened_at: Instant;
}

/** Cases that came in without a pathway and wait for a person to enrol them, longest waiting first. */
export async function unassigned(queries: Queryable, caller: Caller, page: PageRequest): Promise<Page<UnassignedRow>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<UnassignedRow>(
    'worklist_unassigned',
    `SELECT c.stream_id, c.code, c.person_id, c.risk, c.agency, c.province, c.district, c.received_from, c.opened_at
     FROM case_summary c
     WHERE ${scopePredicate} AND c.pathway IS NULL AND (c.opened_at, c.stream_id) > ($5::timestamptz, $6::uuid)
     ORDER BY c.opened_at, c.stream_id LIMIT $7`,
    [...scopeValues(queries.context.tenant, caller), ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.opened_at, row.stream_id],
  );
}

/** The due times a list covers: everything, all that is overdue, or one age band of it. */
function window({ overdueAt, band }: TaskFilter): [string, string] {
  if (overdueAt === undefined) return ['-infinity', 'infinity'];
  if (band === undefined) return ['-infinity', overdueAt];
  const [from, to] = ageBands[band];
  const before = (hours: number) => new Date(Date.parse(overdueAt) - hours * 3_600_000).toISOString();
  return [to === null ? '-infinity' : before(to), before(from)];
}
