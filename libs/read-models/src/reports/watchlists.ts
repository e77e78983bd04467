import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import { decodeCursor, pageOf, type Page, type PageRequest } from '../queries/page.js';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';
import { PublishedTable, type Defined, type Published } from './published.js';

/** One list that supervisors watch, and how long it is. */
export interface WatchlistSummary extends Defined {
  pathway: string;
  watchlist: string;
  title: Text;
  basis: string;
  confirmed: boolean;
  cases: number;
}

/** One list nationwide, in numbers that give no child away. */
export interface WatchlistNumbers extends Omit<WatchlistSummary, 'cases'> {
  children: Published;
  provinces: { province: string; children: Published }[];
}

/** A case on a list: its code and since when, never a name. */
export interface WatchlistCase {
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
export async function watchlists(
  queries: Queryable,
  registry: PathwayRegistry,
  caller: Caller,
  now: Instant,
): Promise<WatchlistSummary[]> {
  const rows = await queries.query<{ pathway: string; watchlist: string; cases: number }>(
    'watchlist_lists',
    `SELECT split_part(c.pathway, '@', 1) AS pathway, a.watchlist, count(*)::int AS cases
     FROM case_watchlists a JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND a.since <= $5::timestamptz GROUP BY 1, 2`,
    [...scopeValues(queries.context.tenant, caller), now],
  );
  return watched(registry).map((list) => ({
    ...list,
    cases: rows.find(({ pathway, watchlist }) => pathway === list.pathway && watchlist === list.watchlist)?.cases ?? 0,
  }));
}

/** The cases of one list in the caller's scope, longest on it first. */
export async function watchlistCases(
  queries: Queryable,
  watchlist: string,
  caller: Caller,
  now: Instant,
  page: PageRequest,
): Promise<Page<WatchlistCase>> {
  const cursor = decodeCursor(page.cursor, 2) ?? ['-infinity', '00000000-0000-0000-0000-000000000000'];
  const rows = await queries.query<WatchlistCase>(
    'watchlist_cases',
    `SELECT c.stream_id, c.code, c.pathway, c.state, c.risk, c.owner, c.agency, c.province, c.district, a.since
     FROM case_watchlists a JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND a.watchlist = $5 AND a.since <= $6::timestamptz
       AND (a.since, a.stream_id) > ($7::timestamptz, $8::uuid)
     ORDER BY a.since, a.stream_id LIMIT $9`,
    [...scopeValues(queries.context.tenant, caller), watchlist, now, ...cursor, page.limit + 1],
  );
  return pageOf(
    rows,
    page,
    (row) => row,
    (row) => [row.since, row.stream_id],
  );
}

/** Every list nationwide, by province. */
export async function watchlistNumbers(
  queries: Queryable,
  registry: PathwayRegistry,
  now: Instant,
): Promise<WatchlistNumbers[]> {
  const rows = await queries.query<{ pathway: string; watchlist: string; province: string; children: number }>(
    'watchlist_numbers',
    `SELECT pathway, watchlist, province, count(*)::int AS children FROM (
       SELECT DISTINCT ON (pathway, watchlist, person_id) split_part(c.pathway, '@', 1) AS pathway, a.watchlist, c.person_id,
         coalesce(c.province, 'unknown') AS province
       FROM case_watchlists a JOIN case_summary c USING (tenant_id, stream_id)
       WHERE a.tenant_id = $1 AND a.since <= $2::timestamptz
       ORDER BY pathway, watchlist, person_id, a.since, a.stream_id) once
     GROUP BY pathway, watchlist, province ORDER BY pathway, watchlist, province`,
    [queries.context.tenant, now],
  );
  return watched(registry).map((list) => {
    const own = rows.filter(({ pathway, watchlist }) => pathway === list.pathway && watchlist === list.watchlist);
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

/** Every watchlist of every pathway, in the words of its latest version. */
function watched(registry: PathwayRegistry): Omit<WatchlistSummary, 'cases'>[] {
  const lists = new Map<string, Omit<WatchlistSummary, 'cases'>>();
  for (const { id, watchlists = {} } of registry.all().map(({ definition }) => definition)) {
    const latest = registry.current(id).definition.watchlists ?? {};
    for (const [watchlist, own] of Object.entries(watchlists)) {
      const { title, meaning, basis, confirmed } = latest[watchlist] ?? own;
      lists.set(`${id} ${watchlist}`, { pathway: id, watchlist, title, meaning, basis, confirmed });
    }
  }
  return [...lists.values()];
}
