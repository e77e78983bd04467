import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';
import { PublishedTable, type Defined, type Published } from './published.js';

/** One list that supervisors watch, and how long it is. */
export interface AlertList extends Defined {
  pathway: string;
  alert: string;
  title: Text;
  basis: string;
  confirmed: boolean;
  cases: number;
}

/** One list nationwide, in numbers that give no child away. */
export interface AlertNumbers extends Omit<AlertList, 'cases'> {
  children: Published;
  provinces: { province: string; children: Published }[];
}

/** A case on a list: its code and since when, never a name. */
export interface AlertCase {
  stream_id: string;
  code: string;
  pathway: string;
  state: string | null;
  risk: string | null;
  owner: string | null;
  agency: string;
  province: string | null;
  district: string | null;
  since: Instant;
}

/** Every list in the caller's scope, the empty ones, too: that nobody is on it is what one hopes to read. */
export async function alertLists(
  queries: Queryable,
  registry: PathwayRegistry,
  caller: Caller,
  now: Instant,
): Promise<AlertList[]> {
  const rows = await queries.query<{ pathway: string; alert: string; cases: number }>(
    'alert_lists',
    `SELECT split_part(c.pathway, '@', 1) AS pathway, a.alert, count(*)::int AS cases
     FROM case_alerts a JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND a.since <= $6::timestamptz GROUP BY 1, 2`,
    [...scopeValues(queries.context.tenant, caller), now],
  );
  return watched(registry).map((list) => ({
    ...list,
    cases: rows.find(({ pathway, alert }) => pathway === list.pathway && alert === list.alert)?.cases ?? 0,
  }));
}

/** The cases of one list in the caller's scope, longest on it first. */
export async function alertCases(
  queries: Queryable,
  alert: string,
  caller: Caller,
  now: Instant,
  page: PageRequest,
): Promise<Page<AlertCase>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<AlertCase>(
    'alert_cases',
    `SELECT c.stream_id, c.code, c.pathway, c.state, c.risk, c.owner, c.agency, c.province, c.district, a.since
     FROM case_alerts a JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND a.alert = $6 AND a.since <= $7::timestamptz
       AND (a.since, a.stream_id) > ($8::timestamptz, $9::uuid)
     ORDER BY a.since, a.stream_id LIMIT $10`,
    [...scopeValues(queries.context.tenant, caller), alert, now, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.since, row.stream_id],
  );
}

/** Every list nationwide, by province. */
export async function alertNumbers(
  queries: Queryable,
  registry: PathwayRegistry,
  now: Instant,
): Promise<AlertNumbers[]> {
  const rows = await queries.query<{ pathway: string; alert: string; province: string; children: number }>(
    'alert_numbers',
    `SELECT pathway, alert, province, count(*)::int AS children FROM (
       SELECT DISTINCT ON (pathway, alert, person_id) split_part(c.pathway, '@', 1) AS pathway, a.alert, c.person_id,
         coalesce(c.province, 'unknown') AS province
       FROM case_alerts a JOIN case_summary c USING (tenant_id, stream_id)
       WHERE a.tenant_id = $1 AND a.since <= $2::timestamptz
       ORDER BY pathway, alert, person_id, a.since, a.stream_id) once
     GROUP BY pathway, alert, province ORDER BY pathway, alert, province`,
    [queries.context.tenant, now],
  );
  return watched(registry).map((list) => {
    const own = rows.filter(({ pathway, alert }) => pathway === list.pathway && alert === list.alert);
    const table = new PublishedTable();
    table.add(
      'all',
      own.reduce((sum, { children }) => sum + children, 0),
    );
    for (const { province, children } of own) table.add(province, children);
    table.line(
      'all',
      own.map(({ province }) => province),
    );
    const shown = table.publish();
    const provinces = own.map(({ province }) => ({ province, children: shown(province) }));
    return { ...list, children: shown('all'), provinces };
  });
}

/** Every alert of every pathway, in the words of its latest version. */
function watched(registry: PathwayRegistry): Omit<AlertList, 'cases'>[] {
  const lists = new Map<string, Omit<AlertList, 'cases'>>();
  for (const { id, alerts = {} } of registry.all().map(({ definition }) => definition)) {
    const latest = registry.current(id).definition.alerts ?? {};
    for (const [alert, own] of Object.entries(alerts)) {
      const { title, meaning, basis, confirmed } = latest[alert] ?? own;
      lists.set(`${id} ${alert}`, { pathway: id, alert, title, meaning, basis, confirmed });
    }
  }
  return [...lists.values()];
}
