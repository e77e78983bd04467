import type { Queryable } from '#libs/database';
import { scopePredicate, scopeValues, type Caller } from './scope.js';

/** What a table of cases says of one, beside what has to be unsealed. */
export interface CaseToTakeOut {
  caseId: string;
  personId: string;
  code: string;
  pathway: string | null;
  state: string | null;
  risk: string | null;
  agency: string;
  owner: string | null;
  province: string | null;
  district: string | null;
  openedAt: string;
  ended: boolean;
}

const columns = `c.stream_id AS "caseId", c.person_id AS "personId", c.code, c.pathway, c.state, c.risk, c.agency, c.owner,
  c.province, c.district, c.opened_at AS "openedAt", c.ended`;

/**
 * The cases that a caller may see, in the order of their codes.
 *
 * @param among only these; absent: all
 */
export function casesToTakeOut(
  queries: Queryable,
  caller: Caller,
  among: readonly string[] | null = null,
): Promise<CaseToTakeOut[]> {
  return queries.query<CaseToTakeOut>(
    'cases_to_take_out',
    `SELECT ${columns} FROM case_summary c
     WHERE ${scopePredicate} AND NOT c.sealed AND NOT c.erased AND ($5::uuid[] IS NULL OR c.stream_id = ANY ($5)) ORDER BY c.code`,
    [...scopeValues(queries.context.tenant, caller), among],
  );
}
