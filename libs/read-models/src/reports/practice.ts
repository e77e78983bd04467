import { cambodia } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';

/** The months that are asked about, both included: `2026-01`. */
export interface Months {
  from: string;
  to: string;
}

/** Deadlines met in one month, and those recorded after their due time although they were met in time. */
export interface LateRecorded {
  month: string;
  met: number;
  recordedLate: number;
}

const monthOf = (column: string): string => `to_char(${column} AT TIME ZONE '${cambodia.zone}', 'YYYY-MM')`;

export function lateRecorded(queries: Queryable, caller: Caller, { from, to }: Months): Promise<LateRecorded[]> {
  return queries.query<LateRecorded>(
    'late_recorded',
    `SELECT ${monthOf('d.met_at')} AS month, count(*)::int AS met,
       (count(*) FILTER (WHERE d.recorded_late))::int AS "recordedLate"
     FROM deadlines d JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND d.status = 'met' AND ${monthOf('d.met_at')} BETWEEN $5 AND $6
     GROUP BY 1 ORDER BY 1`,
    [...scopeValues(queries.context.tenant, caller), from, to],
  );
}

/** How often an exception from guardian consent was used. */
export interface ExceptionsUsed {
  code: string;
  used: number;
  unapproved: number;
}

export function exceptionsUsed(queries: Queryable, caller: Caller, { from, to }: Months): Promise<ExceptionsUsed[]> {
  return queries.query<ExceptionsUsed>(
    'exceptions_used',
    `SELECT e.code, count(*)::int AS used, (count(*) FILTER (WHERE e.approved_by IS NULL))::int AS unapproved
     FROM case_exceptions e JOIN case_summary c USING (tenant_id, stream_id)
     WHERE ${scopePredicate} AND ${monthOf('e.used_at')} BETWEEN $5 AND $6 GROUP BY 1 ORDER BY 1`,
    [...scopeValues(queries.context.tenant, caller), from, to],
  );
}
