import type { Instant } from '#libs/calendar';
import { loadPerson } from '#libs/case-log';
import { birthDateOf, type DecideContext, type PersonCase, type PersonCircumstances } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { PathwayRegistry } from '#libs/pathway-files';
import type { Sealer } from '#libs/privacy';

/** One record of a child; another may have been found to be of the same child. */
interface ChildRecord {
  id: string;
  mergedInto: string | null;
  flags: string[];
  agreements: { at: Instant; caseId: string }[];
}

/** A child as the cases see it: every record that is known to be of this child, and every case. */
export interface Child {
  records: ChildRecord[];
  cases: (PersonCase & { personId: string })[];
}

/** The records that are one child: whatever was merged into `$2`, or `$2` into. `$1` is the tenant. */
export const sameChild = `WITH RECURSIVE same(id) AS (
  SELECT $2::uuid
  UNION
  SELECT CASE person.stream_id WHEN same.id THEN person.merged_into ELSE person.stream_id END
  FROM same JOIN person_summary person ON person.stream_id = same.id OR person.merged_into = same.id
  WHERE person.tenant_id = $1 AND person.merged_into IS NOT NULL)`;

export async function loadChild(queries: Queryable, pathways: PathwayRegistry, personId: string): Promise<Child> {
  const { tenant } = queries.context;
  const [records, cases] = await Promise.all([
    queries.query<ChildRecord>(
      'child_records',
      `${sameChild} SELECT stream_id AS id, merged_into AS "mergedInto", flags, agreements
       FROM person_summary WHERE tenant_id = $1 AND stream_id IN (SELECT id FROM same) ORDER BY stream_id`,
      [tenant, personId],
    ),
    queries.query<CaseOfChild>(
      'child_cases',
      `${sameChild} SELECT stream_id AS "caseId", person_id AS "personId", agency, owner, ended, pathway
       FROM case_summary WHERE tenant_id = $1 AND person_id IN (SELECT id FROM same) ORDER BY opened_at, stream_id`,
      [tenant, personId],
    ),
  ]);
  return { records, cases: cases.map((row) => caseOf(row, pathways)) };
}

interface CaseOfChild {
  caseId: string;
  personId: string;
  agency: string;
  owner: string | null;
  ended: boolean;
  pathway: string | null;
}

function caseOf({ owner, pathway, ...row }: CaseOfChild, pathways: PathwayRegistry): Child['cases'][number] {
  const definition = pathway === null ? undefined : pathways.find(pathway)?.definition;
  return { ...row, owner: owner ?? undefined, ownsSafety: !row.ended && definition?.ownsSafety === true };
}

/** The record that holds what is true of the child: a merged one gives way to the one that it was merged into. */
export function survivorOf(child: Pick<Child, 'records'>, personId: string): string {
  const into = child.records.find(({ id }) => id === personId)?.mergedInto ?? null;
  return into === null ? personId : survivorOf(child, into);
}

/** A record and all that were merged into it. */
export function recordsBehind(child: Pick<Child, 'records'>, personId: string): ReadonlySet<string> {
  const merged = child.records.filter(({ mergedInto }) => mergedInto === personId);
  return new Set([personId, ...merged.flatMap(({ id }) => [...recordsBehind(child, id)])]);
}

/** What the child's other cases mean for this one. A case that owns the child's safety itself asks nobody. */
export function circumstancesOf({ records, cases }: Child, caseId: string): PersonCircumstances {
  const ownsItself = cases.some((each) => each.caseId === caseId && each.ownsSafety);
  const agreements = records.flatMap((record) => record.agreements.filter((each) => each.caseId === caseId));
  return {
    flags: [...new Set(records.flatMap(({ flags }) => flags))],
    safetyOwnedElsewhere: !ownsItself && cases.some((each) => each.ownsSafety && each.caseId !== caseId),
    moveAgreedAt: agreements
      .map(({ at }) => at)
      .sort()
      .at(-1),
  };
}

/** What a decision on a case must know of the child: age, flags and the other cases. */
export async function loadCircumstances(
  queries: Queryable,
  { pathways, sealer }: { pathways: PathwayRegistry; sealer: Sealer },
  { personId, caseId }: { personId: string; caseId: string },
): Promise<Pick<DecideContext, 'birthDate' | 'person'>> {
  const [child, person] = await Promise.all([
    loadChild(queries, pathways, personId),
    loadPerson(queries, sealer, personId),
  ]);
  const survivor = survivorOf(child, personId);
  const { state } = survivor === personId ? person : await loadPerson(queries, sealer, survivor);
  return { birthDate: birthDateOf(state.identity), person: circumstancesOf(child, caseId) };
}
