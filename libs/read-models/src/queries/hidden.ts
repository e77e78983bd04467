import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import { sameChild } from '../child.js';
import { noConflict, shutOut } from './scope.js';

interface Asking {
  id: string;
  agency: string;
}

/** What of a case somebody may know. */
interface Known {
  sealed: boolean;
  unsealedUntil: Instant | null;
}

/**
 * What somebody may know of a case, as things are now: what was learned or sealed since hides its past, too. Undefined
 * when they may not know of it at all.
 */
export async function knownCase(
  queries: Queryable,
  caseId: string,
  { id, agency }: Asking,
): Promise<Known | undefined> {
  const [known] = await queries.query<Known>(
    'case_known',
    `SELECT c.sealed, c.unsealed_until AS "unsealedUntil" FROM case_summary c WHERE c.tenant_id = $1 AND c.stream_id = $4 AND NOT c.erased AND ${noConflict}`,
    [queries.context.tenant, id, agency, caseId],
  );
  return known;
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
