import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import { configured } from './configured.js';
import { PublishedTable, shareOf, UNKNOWN, type Defined, type Published } from './published.js';

/** Children held now, how many of them before a judgment, and for which reasons. */
export interface Detention extends Defined {
  pathway: string;
  children: Published;
  pretrial: Published;
  /** Of the children held, those in pre-trial detention: 0.52 is 52 %. */
  share: Published;
  reasons: { reason: string; title: Text | null; children: Published }[];
}

interface HeldChild {
  pathway: string;
  pretrial: boolean;
  reason: string;
}

export async function detention(queries: Queryable, registry: PathwayRegistry): Promise<Detention[]> {
  const rules = configured(registry, 'detention', ({ track, pretrial, reason }, { definition }) => ({
    track,
    pretrial,
    reason,
    held: definition.tracks[track]?.detaining ?? [],
    options: definition.facts[reason]?.options ?? {},
  }));
  const rows = await queries.query<HeldChild>(
    'report_detention',
    `SELECT r.id AS pathway, bool_and(t.state = ANY (r.pretrial)) AS pretrial, coalesce(min(f.value), 'unknown') AS reason
     FROM json_to_recordset($2) AS r (id text, key text, track text, held text[], pretrial text[], reason text)
       JOIN case_summary c ON c.tenant_id = $1 AND c.pathway = r.key AND NOT c.ended
       JOIN case_tracks t ON t.tenant_id = c.tenant_id AND t.stream_id = c.stream_id AND t.track = r.track
         AND t.state = ANY (r.held)
       LEFT JOIN case_facts f ON f.tenant_id = c.tenant_id AND f.stream_id = c.stream_id AND f.name = r.reason
     GROUP BY r.id, c.person_id`,
    [queries.context.tenant, JSON.stringify(rules.rows)],
  );
  return rules.reports.map(({ id, report }) => {
    const options = Object.assign({}, ...rules.rows.filter((row) => row.id === id).map((row) => row.options)) as Record<
      string,
      Text
    >;
    const held = rows.filter(({ pathway }) => pathway === id);
    return { pathway: id, meaning: report.meaning, ...detentionTable(held, options) };
  });
}

/** Every reason is shown, those that nobody gave and the unknown among them. */
export function detentionTable(
  held: readonly Pick<HeldChild, 'pretrial' | 'reason'>[],
  options: Record<string, Text>,
): Omit<Detention, 'pathway' | 'meaning'> {
  const pretrial = held.filter((child) => child.pretrial);
  const reasons = [...new Set([...Object.keys(options), UNKNOWN, ...pretrial.map(({ reason }) => reason)])];
  const table = new PublishedTable();
  table.add('children', held.length);
  table.add('pretrial', pretrial.length);
  table.hide('others', held.length - pretrial.length);
  table.line('children', ['pretrial', 'others']);
  for (const each of reasons) table.add(`reason/${each}`, pretrial.filter(({ reason }) => reason === each).length);
  table.line(
    'pretrial',
    reasons.map((reason) => `reason/${reason}`),
  );
  const shown = table.publish();
  return {
    children: shown('children'),
    pretrial: shown('pretrial'),
    share: shareOf(shown('pretrial'), shown('children')),
    reasons: reasons.map((reason) => ({
      reason,
      title: options[reason] ?? null,
      children: shown(`reason/${reason}`),
    })),
  };
}
