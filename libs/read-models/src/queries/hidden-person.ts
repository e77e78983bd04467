import type { Queryable } from '#libs/database';

/** Whether a member of staff or their agency is in conflict of interest on a case of this person (GR-COI). */
export async function isHiddenFrom(
  queries: Queryable,
  personId: string,
  { id, agency }: { id: string; agency: string },
): Promise<boolean> {
  const rows = await queries.query(
    'person_hidden',
    `SELECT 1 AS hidden FROM case_summary
     WHERE tenant_id = $1 AND person_id = $2 AND conflicts && ARRAY[$3::text, $4::text] LIMIT 1`,
    [queries.context.tenant, personId, id, agency],
  );
  return rows.length > 0;
}
