import { decideAccess, rolesCalledUpon, type CaseRelations } from '#libs/access';
import type { Instant } from '#libs/calendar';
import type { Actor } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import { sameChild } from '../child.js';
import type { Shown } from './shown.js';

type CaseRow = Omit<CaseRelations, 'owner' | 'province' | 'district' | 'calledUpon' | 'emergencies'> & {
  owner: string | null;
  province: string | null;
  district: string | null;
  pathway: string | null;
  state: string | null;
};

/**
 * What somebody may see of a child's own record: what they may see of any of the child's cases. A record without a case
 * is seen where it was made.
 *
 * @returns undefined when they may not know of the child
 */
export async function personShownTo(
  queries: Queryable,
  pathways: PathwayRegistry,
  personId: string,
  caller: Actor,
  now: Instant,
): Promise<Shown | undefined> {
  const rows = await queries.query<CaseRow>(
    'person_cases_relations',
    `${sameChild} SELECT c.owner, c.agency, c.province, c.district, c.conflicts, c.pathway, c.state,
       coalesce((SELECT json_agg(json_build_object('toAgency', r.to_agency, 'state', r.state,
         'grant', CASE WHEN r.grant_until IS NOT NULL THEN json_build_object('purpose', r.grant_purpose,
           'classes', r.grant_classes, 'until', to_char(r.grant_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END)) FROM referrals r
         WHERE r.tenant_id = $1 AND r.stream_id = c.stream_id), '[]') AS referrals,
       ARRAY(SELECT l.facility FROM facility_stays l WHERE l.tenant_id = $1 AND l.stream_id = c.stream_id
         AND l.facility IS NOT NULL AND l.until_at IS NULL AND l.replaced_at IS NULL) AS "livesAt",
       ARRAY(SELECT DISTINCT a.code FROM facility_stays l JOIN facility_summary a ON a.tenant_id = $1 AND a.code = l.facility
         WHERE l.tenant_id = $1 AND l.person_id IN (SELECT id FROM same) AND a.accused AND l.replaced_at IS NULL) AS "shutOut"
     FROM case_summary c WHERE c.tenant_id = $1 AND c.person_id IN (SELECT id FROM same)`,
    [queries.context.tenant, personId],
  );
  if (rows.length === 0) return madeBy(queries, personId, caller);
  const shown = rows.map((row) => decideAccess('case.read', caller, relationsOfRow(row, pathways), now));
  const seen = shown.filter((each) => each !== undefined);
  return seen.length === 0 ? undefined : new Set(seen.flatMap((each) => [...each]));
}

function relationsOfRow(
  { owner, province, district, pathway, state, ...row }: CaseRow,
  pathways: PathwayRegistry,
): CaseRelations {
  const definition = pathway === null ? undefined : pathways.find(pathway);
  return {
    ...row,
    owner: owner ?? undefined,
    province: province ?? undefined,
    district: district ?? undefined,
    calledUpon: state === null ? [] : rolesCalledUpon(definition, state),
    emergencies: [],
  };
}

/** Whoever registered a child, and their agency, see the record until there is a case. */
async function madeBy(queries: Queryable, personId: string, { id, agency }: Actor): Promise<Shown | undefined> {
  const rows = await queries.query(
    'person_made_by',
    `SELECT FROM events e WHERE e.tenant_id = $1 AND e.stream_id = $2 AND e.version = 1
       AND (e.meta->>'actor' = $3
         OR EXISTS (SELECT FROM staff s WHERE s.tenant_id = $1 AND s.id = e.meta->>'actor' AND s.agency = $4))`,
    [queries.context.tenant, personId, id, agency],
  );
  return rows.length === 0 ? undefined : new Set(['staged', 'progress', 'identity', 'location'] as const);
}
