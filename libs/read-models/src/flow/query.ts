import type { Queryable } from '#libs/database';
import { flowVersion } from './projection.js';

/** Transitions taken; null where there are so few that a child could be recognised. */
export interface FlowRow {
  month: string;
  pathway: string;
  transition: string;
  province: string;
  count: number | null;
}

/** Counts under five are never shown (GR-SMALL). */
const LEAST_SHOWN = 5;

/** How cases moved between two months, both included (`2026-01`), by pathway, transition and province. */
export async function pathwayFlow(queries: Queryable, from: string, to: string): Promise<FlowRow[]> {
  const rows = await queries.query<FlowRow & { count: number }>(
    'flow_rows',
    `SELECT month, pathway, transition, province, count FROM pathway_flow
     WHERE tenant_id = $1 AND projection = $2 AND month BETWEEN $3::date AND $4::date
     ORDER BY month, pathway, transition, province`,
    [queries.context.tenant, flowVersion, `${from}-01`, `${to}-01`],
  );
  return rows.map((row) => ({
    ...row,
    month: row.month.slice(0, 7),
    count: row.count < LEAST_SHOWN ? null : row.count,
  }));
}
