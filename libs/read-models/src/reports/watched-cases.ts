import { plus, type Duration, type Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import type { CommonDefinition } from '#libs/pathways';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';

/** A running case without contact for too long. */
export interface SilentCase {
  stream_id: string;
  code: string;
  pathway: string | null;
  state: string | null;
  risk: string | null;
  owner: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  /** Null where nobody was ever reached; then the opening counts. */
  last_contact_at: Instant | null;
  silent_since: Instant;
}

export async function casesWithoutContact(
  queries: Queryable,
  caller: Caller,
  silence: Duration,
  now: Instant,
  zone: string,
  page: PageRequest,
): Promise<Page<SilentCase>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<SilentCase>(
    'cases_without_contact',
    `SELECT c.stream_id, c.code, c.pathway, c.state, c.risk, c.owner, c.agency, c.province, c.district, c.last_contact_at,
       coalesce(c.last_contact_at, c.opened_at) AS silent_since
     FROM case_summary c
     WHERE ${scopePredicate} AND NOT c.ended AND coalesce(c.last_contact_at, c.opened_at) <= $5::timestamptz
       AND (coalesce(c.last_contact_at, c.opened_at), c.stream_id) > ($6::timestamptz, $7::uuid)
     ORDER BY silent_since, c.stream_id LIMIT $8`,
    [...scopeValues(queries.context.tenant, caller), plus(now, `-${silence}`, zone), ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.silent_since, row.stream_id],
  );
}

/** A limit of law that has passed: still running, or met too late. */
export interface BreachRow {
  stream_id: string;
  code: string;
  pathway: string | null;
  owner: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  deadline: string;
  definition: string;
  started_at: Instant;
  due_at: Instant;
  met_at: Instant | null;
  confirmed: boolean;
}

/** Ladders of the law: those that record when a limit is exceeded. */
export function legalLadders({ ladders }: CommonDefinition): string[] {
  return Object.entries(ladders)
    .filter(([, { rungs }]) => rungs.some(({ records }) => records === 'LEGAL_LIMIT_EXCEEDED'))
    .map(([id]) => id);
}

export async function legalLimitBreaches(
  queries: Queryable,
  caller: Caller,
  ladders: readonly string[],
  now: Instant,
  page: PageRequest,
): Promise<Page<BreachRow>> {
  const cursor = decodeCursor(page.cursor, 3) ?? ['-infinity', '00000000-0000-0000-0000-000000000000', ''];
  const rows = await queries.query<BreachRow>(
    'legal_limit_breaches',
    `SELECT c.stream_id, c.code, c.pathway, c.owner, c.agency, c.province, c.district, d.deadline, d.definition,
       d.started_at, d.due_at, d.met_at, d.confirmed
     FROM deadlines d JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND d.ladder = ANY ($5) AND d.due_at <= $6::timestamptz
       AND (d.status = 'armed' OR (d.status = 'met' AND NOT d.in_time))
       AND (d.due_at, d.stream_id, d.deadline) > ($7::timestamptz, $8::uuid, $9::text)
     ORDER BY d.due_at, d.stream_id, d.deadline LIMIT $10`,
    [...scopeValues(queries.context.tenant, caller), ladders, now, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.due_at, row.stream_id, row.deadline],
  );
}
