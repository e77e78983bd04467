import type { Queryable } from '#libs/database';
import { byPlace, type ByPlace, type PlaceCount } from './places.js';
import type { Defined, Published } from './published.js';

/** Children who want a service that nobody can give them, by why not and by where they live. */
export interface UnmetNeeds extends Defined {
  services: ServiceNeeds[];
}

export interface ServiceNeeds extends ByPlace {
  service: string;
  reasons: { why: string; children: Published }[];
}

export interface NeedCount extends PlaceCount {
  service: string;
  why: string;
}

/** Unmet needs of running cases; a child counts once for a service, where it was recorded last. */
export function unmetNeedCounts(queries: Queryable): Promise<NeedCount[]> {
  return queries.query<NeedCount>(
    'report_unmet_needs',
    `SELECT service, why, province, district, count(*)::int AS children FROM (
       SELECT DISTINCT ON (n.service, c.person_id) n.service, n.why,
         coalesce(n.province, 'unknown') AS province, coalesce(n.district, 'unknown') AS district
       FROM unmet_needs n JOIN case_summary c USING (tenant_id, stream_id)
       WHERE n.tenant_id = $1 AND n.met_at IS NULL AND NOT c.ended
       ORDER BY n.service, c.person_id, n.since DESC, n.need_id) latest
     GROUP BY service, why, province, district ORDER BY service, why, province, district`,
    [queries.context.tenant],
  );
}

export function unmetNeedTable(counts: readonly NeedCount[]): ServiceNeeds[] {
  return [...new Set(counts.map(({ service }) => service))].map((service) => {
    const own = counts.filter((each) => each.service === service);
    const reasons = [...new Set(own.map(({ why }) => why))];
    const { shown, ...places } = byPlace(inPlaces(own), (table) => {
      for (const why of reasons) table.add(`why/${why}`, sumOf(own.filter((each) => each.why === why)));
      table.line(
        'all',
        reasons.map((why) => `why/${why}`),
      );
    });
    return { service, ...places, reasons: reasons.map((why) => ({ why, children: shown(`why/${why}`) })) };
  });
}

/** The same without the reasons: one count for each place. */
function inPlaces(counts: readonly NeedCount[]): PlaceCount[] {
  const places = new Map<string, PlaceCount>();
  for (const { province, district, children } of counts) {
    const key = `${province}/${district}`;
    places.set(key, { province, district, children: (places.get(key)?.children ?? 0) + children });
  }
  return [...places.values()];
}

const sumOf = (counts: readonly NeedCount[]): number => counts.reduce((all, { children }) => all + children, 0);
