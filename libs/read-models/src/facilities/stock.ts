import { ageOn, localDateOf, type Instant } from '#libs/calendar';
import { birthDateOf } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Sealer } from '#libs/privacy';
import { goingOn } from './occupancy.js';
import { PublishedTable } from '../reports/published.js';

/** Numbers of children at a moment, as far as was known then; null where a child could be recognised. */
export interface Stock<Row> {
  asOf: Instant;
  total: number | null;
  rows: Row[];
}

/** Children in care. */
export interface CareStockRow {
  province: string;
  type: string;
  sex: string;
  ageBand: string;
  count: number | null;
}

/** Children deprived of liberty, with both ages where they are known: that which the law looks at, and that of now. */
export interface DetentionStockRow {
  heldIn: string;
  lawAge: number | null;
  ageNow: number | null;
  count: number | null;
}

/** How many children live in facilities, by province and kind of the facility, sex and age band. */
export async function careStock(queries: Queryable, moment: Instant): Promise<Stock<CareStockRow>> {
  const rows = await queries.query<CareStockRow & { count: number }>(
    'stock_care',
    `SELECT f.province, f.type, coalesce(p.data->>'sex', 'unknown') AS sex,
       coalesce(p.data->>'ageBand', 'unknown') AS "ageBand", count(*)::int AS count
     FROM (SELECT DISTINCT s.person_id, s.facility FROM facility_stays s
         WHERE s.tenant_id = $1 AND s.held_in IS NULL AND ${goingOn('s', '$2::timestamptz')}) s
       JOIN facility_summary f ON f.tenant_id = $1 AND f.code = s.facility
         AND EXISTS (SELECT FROM facility_history h WHERE h.tenant_id = $1 AND h.stream_id = f.stream_id
           AND h.recorded_at <= $2::timestamptz)
       LEFT JOIN LATERAL (SELECT e.data FROM events e WHERE e.tenant_id = $1 AND e.stream_id = s.person_id
         AND e.recorded_at <= $2::timestamptz ORDER BY e.version DESC LIMIT 1) p ON true
     GROUP BY f.province, f.type, sex, "ageBand" ORDER BY f.province, f.type, sex, "ageBand"`,
    [queries.context.tenant, moment],
  );
  return stockOf(rows, moment);
}

interface Held {
  person_id: string;
  stream_id: string;
  track: string;
  held_in: string;
}

/** How many children are held, by kind of detention and by both ages. Birth dates are opened to be counted by, no more. */
export async function detentionStock(
  queries: Queryable,
  { sealer, pathways, zone }: { sealer: Sealer; pathways: PathwayRegistry; zone: string },
  moment: Instant,
): Promise<Stock<DetentionStockRow>> {
  const held = await queries.query<Held>(
    'stock_held',
    `SELECT DISTINCT ON (s.person_id) s.person_id, s.stream_id, s.track, s.held_in FROM facility_stays s
     WHERE s.tenant_id = $1 AND s.held_in IS NOT NULL AND ${goingOn('s', '$2::timestamptz')}
     ORDER BY s.person_id, s.from_at DESC, s.stream_id`,
    [queries.context.tenant, moment],
  );
  const [lawAges, birthDates] = await Promise.all([
    lawAgesOf(queries, pathways, held, moment),
    birthDatesOf(queries, sealer, held, moment),
  ]);
  const today = localDateOf(moment, zone);
  const counts = new Map<string, DetentionStockRow & { count: number }>();
  for (const { person_id, stream_id, held_in: heldIn } of held) {
    const born = birthDates.get(person_id);
    const ageNow = born === undefined || born > today ? null : ageOn(born, today);
    const lawAge = lawAges.get(stream_id) ?? null;
    const key = JSON.stringify([heldIn, lawAge, ageNow]);
    counts.set(key, { heldIn, lawAge, ageNow, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return stockOf([...counts.values()].toSorted(byKindAndAge), moment);
}

/** The age that the law looks at, as the case told it then. */
async function lawAgesOf(
  queries: Queryable,
  pathways: PathwayRegistry,
  held: readonly Held[],
  moment: Instant,
): Promise<Map<string, number>> {
  const ages = new Map<string, number>();
  for (const [track, fact] of ageFacts(pathways)) {
    const streams = held.filter((each) => each.track === track).map(({ stream_id }) => stream_id);
    const rows = await queries.query<{ stream_id: string; age: number }>(
      'stock_law_ages',
      `SELECT DISTINCT ON (stream_id) stream_id, (data->'facts'->>$3)::int AS age FROM events
       WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[]) AND type = 'FactsRecorded'
         AND data->'facts'->>$3 IS NOT NULL AND recorded_at <= $4 ORDER BY stream_id, version DESC`,
      [queries.context.tenant, streams, fact, moment],
    );
    for (const { stream_id, age } of rows) ages.set(stream_id, age);
  }
  return ages;
}

/** Which fact holds that age, by track. */
function ageFacts(pathways: PathwayRegistry): Map<string, string> {
  const tracks = pathways.all().flatMap(({ definition }) => Object.entries(definition.tracks));
  return new Map(tracks.flatMap(([id, { ageFact }]) => (ageFact === undefined ? [] : [[id, ageFact] as const])));
}

async function birthDatesOf(
  queries: Queryable,
  sealer: Sealer,
  held: readonly Held[],
  moment: Instant,
): Promise<Map<string, string>> {
  const persons = held.map(({ person_id }) => person_id);
  const rows = await queries.query<{ stream_id: string; version: number; sealed: string | null }>(
    'stock_identities',
    `SELECT DISTINCT ON (stream_id) stream_id, version, sealed FROM events
     WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[]) AND recorded_at <= $3 ORDER BY stream_id, version DESC`,
    [queries.context.tenant, persons, moment],
  );
  await sealer.prefetch(queries, persons);
  const found = new Map<string, string>();
  for (const { stream_id: personId, version, sealed } of rows) {
    const { identity } = await sealer.unseal(queries, { personId, streamId: personId, version }, sealed);
    const born = identity && birthDateOf(identity);
    if (born !== undefined) found.set(personId, born);
  }
  return found;
}

/** Counts as they may be shown, with a total that gives no hidden one away. */
function stockOf<Row extends { count: number | null }>(
  rows: readonly (Row & { count: number })[],
  asOf: Instant,
): Stock<Row> {
  const table = new PublishedTable();
  const parts = rows.map((_, index) => String(index));
  for (const [index, { count }] of rows.entries()) table.add(String(index), count);
  table.add(
    'total',
    rows.reduce((sum, { count }) => sum + count, 0),
  );
  table.line('total', parts);
  const published = table.publish();
  const shown = rows.map((row, index): Row => ({ ...row, count: published(String(index)) }));
  return { asOf, total: published('total'), rows: shown };
}

function byKindAndAge(one: DetentionStockRow, other: DetentionStockRow): number {
  const age = (each: number | null) => each ?? -1;
  if (one.heldIn !== other.heldIn) return one.heldIn < other.heldIn ? -1 : 1;
  return age(one.lawAge) - age(other.lawAge) || age(one.ageNow) - age(other.ageNow);
}
