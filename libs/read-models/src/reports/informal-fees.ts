import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import { byPlace, type ByPlace, type PlaceCount } from './places.js';
import type { Defined } from './published.js';
import { configured } from './configured.js';

/** Children for whom somebody asked for a fee outside the rules, by district: never by anything smaller. */
export interface InformalFees extends Defined, ByPlace {
  pathway: string;
}

export async function informalFees(queries: Queryable, registry: PathwayRegistry): Promise<InformalFees[]> {
  const rules = configured(registry, 'informalFees', ({ track, states }) => ({ track, states }));
  const rows = await queries.query<PlaceCount & { pathway: string }>(
    'report_informal_fees',
    `SELECT pathway, province, district, count(*)::int AS children FROM (
       SELECT DISTINCT ON (r.id, c.person_id) r.id AS pathway,
         coalesce(p.province, c.province, 'unknown') AS province, coalesce(p.district,
           CASE WHEN p.province IS NULL OR left(c.district, 2) = p.province THEN c.district END, 'unknown') AS district
       FROM json_to_recordset($2) AS r (id text, key text, track text, states text[])
         JOIN case_summary c ON c.tenant_id = $1 AND c.pathway = r.key
         JOIN case_tracks t ON t.tenant_id = c.tenant_id AND t.stream_id = c.stream_id AND t.track = r.track
           AND t.states && r.states
         LEFT JOIN person_summary p ON p.tenant_id = c.tenant_id AND p.stream_id = c.person_id
       ORDER BY r.id, c.person_id, t.since DESC, c.stream_id) once
     GROUP BY pathway, province, district ORDER BY pathway, province, district`,
    [queries.context.tenant, JSON.stringify(rules.rows)],
  );
  return rules.reports.map(({ id, report }) => {
    const { shown: _, ...places } = byPlace(rows.filter(({ pathway }) => pathway === id));
    return { pathway: id, meaning: report.meaning, ...places };
  });
}
