import type { Queryable } from '#libs/database';
import { sameChild } from '../child.js';
import { shutOut } from './scope.js';

interface Asking {
  id: string;
  agency: string;
}

/**
 * Whether somebody must not know of a person: in conflict of interest on a case of the child, under whichever record, or
 * shut out (GR-COI). Nobody may know of one who was forgotten.
 */
export async function isHiddenFrom(queries: Queryable, personId: string, { id, agency }: Asking): Promise<boolean> {
  const rows = await queries.query(
    'person_hidden',
    `${sameChild}
     SELECT FROM case_summary WHERE tenant_id = $1 AND person_id IN (SELECT id FROM same)
       AND conflicts && ARRAY[$3::text, $4::text]
     UNION ALL SELECT FROM person_summary WHERE tenant_id = $1 AND stream_id = $2 AND erased
     UNION ALL SELECT WHERE ${shutOut('ANY (ARRAY(SELECT id FROM same))', '$4::text')} LIMIT 1`,
    [queries.context.tenant, personId, id, agency],
  );
  return rows.length > 0;
}
