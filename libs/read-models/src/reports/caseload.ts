import { isOverloaded, proposeWorkers, type Workload } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { SupervisionDefinition } from '#libs/pathways';
import { scopePredicate, scopeValues, type Caller } from '../queries/scope.js';

/** How many cases one member of staff keeps, as far as the caller oversees them. */
export interface CaseloadRow {
  staff: string;
  title: string | null;
  agency: string | null;
  active: number;
  highRisk: number;
  /** More than the caps allow. */
  overloaded: boolean;
}

/** A colleague to whom a case may be given. */
export type ProposedOwner = Workload & { title: string; roles: string[]; overloaded: boolean };

/** Everybody who keeps a case in the caller's scope or could, those with the most cases first. */
export async function caseload(
  queries: Queryable,
  caller: Caller,
  { workers, caseload: caps }: SupervisionDefinition,
): Promise<CaseloadRow[]> {
  const rows = await queries.query<Omit<Workload, 'agency'> & { title: string | null; agency: string | null }>(
    'caseload',
    `SELECT coalesce(s.id, k.owner) AS staff, s.title, s.agency, coalesce(k.active, 0) AS active,
       coalesce(k.high_risk, 0) AS "highRisk"
     FROM (SELECT c.owner, count(*)::int AS active, (count(*) FILTER (WHERE c.risk = 'high'))::int AS high_risk
           FROM case_summary c WHERE ${scopePredicate} AND NOT c.ended AND c.owner IS NOT NULL GROUP BY c.owner) k
       FULL JOIN (SELECT id, title, agency FROM staff WHERE tenant_id = $1 AND active AND roles && $5::text[]
           AND ARRAY['nation', 'agency:' || agency, 'province:' || province] && $4::text[]) s ON s.id = k.owner
     ORDER BY active DESC, "highRisk" DESC, staff`,
    [...scopeValues(queries.context.tenant, caller), workers],
  );
  return rows.map((row) => ({ ...row, overloaded: isOverloaded({ ...row, agency: row.agency ?? '' }, caps) }));
}

/**
 * Who of the agency that holds the case could keep it, whoever has least to do first. Nobody in conflict of interest on
 * any case of the child is among them.
 *
 * @returns undefined where there is no such case, or none that the caller may know of
 */
export async function proposedOwners(
  queries: Queryable,
  caseId: string,
  caller: Caller,
  { workers, caseload: caps }: SupervisionDefinition,
  role?: string,
): Promise<ProposedOwner[] | undefined> {
  const { tenant } = queries.context;
  const [held] = await queries.query<{ agency: string; barred: string[] }>(
    'proposal_case',
    `SELECT c.agency, ARRAY(SELECT DISTINCT ref FROM case_summary o, unnest(o.conflicts) ref
       WHERE o.tenant_id = c.tenant_id AND o.person_id = c.person_id) AS barred
     FROM case_summary c WHERE ${scopePredicate} AND c.stream_id = $5`,
    [...scopeValues(tenant, caller), caseId],
  );
  if (held === undefined) return undefined;
  if (held.barred.includes(held.agency)) return [];
  const colleagues = await queries.query<Workload & { title: string; roles: string[] }>(
    'proposal_colleagues',
    `SELECT s.id AS staff, s.title, s.agency, s.roles, count(c.stream_id)::int AS active,
       (count(c.stream_id) FILTER (WHERE c.risk = 'high'))::int AS "highRisk"
     FROM staff s LEFT JOIN case_summary c ON c.tenant_id = s.tenant_id AND c.owner = s.id AND NOT c.ended
       AND c.stream_id <> $5
     WHERE s.tenant_id = $1 AND s.active AND s.agency = $2 AND s.roles && $3::text[] AND NOT s.id = ANY ($4)
     GROUP BY s.id, s.title, s.agency, s.roles`,
    [tenant, held.agency, role === undefined ? workers : [role], held.barred, caseId],
  );
  return proposeWorkers(colleagues, caps).map((each) => ({
    ...each,
    title: colleagues.find(({ staff }) => staff === each.staff)?.title ?? each.staff,
    roles: colleagues.find(({ staff }) => staff === each.staff)?.roles ?? [],
    overloaded: isOverloaded(each, caps),
  }));
}
