import { loadPerson } from '#libs/case-log';
import type { PersonState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Text } from '#libs/pathways';
import type { Sealer } from '#libs/privacy';
import { loadChild } from '../child.js';
import { scopePredicate, scopeValues, type Caller } from './scope.js';

/** A child with what ties the records and cases together. Cases out of the caller's sight are not even counted. */
export interface ChildView {
  /** Ids of all records that are known to be of this child. */
  records: string[];
  /** Flags that stand. Which case one came from is told to nobody, and who raised it to those alone who see that case. */
  flags: { flagId: string; personId: string; kind: string; title: Text | null; by: string | null }[];
  cases: { caseId: string; personId: string; code: string; pathway: string | null; agency: string; ended: boolean }[];
}

export async function childView(
  queries: Queryable,
  { pathways, sealer }: { pathways: PathwayRegistry; sealer: Sealer },
  personId: string,
  caller: Caller,
): Promise<ChildView> {
  const child = await loadChild(queries, pathways, personId);
  const ids = [...new Set([personId, ...child.records.map(({ id }) => id)])];
  const [people, cases] = await Promise.all([
    Promise.all(ids.map((id) => loadPerson(queries, sealer, id))),
    casesInSight(queries, ids, caller),
  ]);
  const inSight = new Set(cases.map(({ caseId }) => caseId));
  const flags = people.flatMap(({ state }, index) => flagsOf(ids[index] ?? personId, state, { pathways, inSight }));
  return { records: ids, flags, cases };
}

interface Looking {
  pathways: PathwayRegistry;
  /** Ids of the child's cases that the caller may see. */
  inSight: ReadonlySet<string>;
}

function flagsOf(personId: string, { flags }: PersonState, { pathways, inSight }: Looking): ChildView['flags'] {
  return flags.map(({ flagId, kind, by, caseId }) => ({
    flagId,
    personId,
    kind,
    title: pathways.common.personFlags[kind]?.title ?? null,
    by: inSight.has(caseId) ? by : null,
  }));
}

function casesInSight(queries: Queryable, ids: string[], caller: Caller): Promise<ChildView['cases']> {
  return queries.query<ChildView['cases'][number]>(
    'child_cases_in_sight',
    `SELECT c.stream_id AS "caseId", c.person_id AS "personId", c.code, CASE WHEN c.sealed AND c.agency <> $3 THEN NULL ELSE c.pathway END AS pathway, c.agency, c.ended
     FROM case_summary c WHERE ${scopePredicate} AND c.person_id = ANY ($5::uuid[]) ORDER BY c.opened_at, c.stream_id`,
    [...scopeValues(queries.context.tenant, caller), ids],
  );
}
