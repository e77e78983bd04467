import type { Instant } from '#libs/calendar';
import { loadCase, loadPerson } from '#libs/case-log';
import { noCase, noPerson, type CaseState, type PersonState } from '#libs/cases';
import type { Queryable } from '#libs/database';
import type { Sealer } from '#libs/privacy';
import { isDeepStrictEqual } from 'node:util';

/** For what a roster is taken in; by it we find again what a roster told. */
export const rosterPurpose = 'roster';

/** A child and their case as they were when a roster told of them last. */
export interface ToldBefore {
  person: PersonState;
  state: CaseState;
}

export async function toldBefore(
  queries: Queryable,
  sealer: Sealer,
  ids: { personId: string; caseId: string },
): Promise<ToldBefore> {
  const rows = await queries.query<{ stream_id: string; told_at: Instant }>(
    'roster_told_before',
    `SELECT stream_id, max(recorded_at) AS told_at FROM events
     WHERE tenant_id = $1 AND stream_id IN ($2, $3) AND meta->>'purpose' = $4 GROUP BY stream_id`,
    [queries.context.tenant, ids.personId, ids.caseId, rosterPurpose],
  );
  const moments = new Map(rows.map(({ stream_id, told_at }) => [stream_id, told_at]));
  const [personAt, caseAt] = [moments.get(ids.personId), moments.get(ids.caseId)];
  return {
    person: personAt === undefined ? noPerson : (await loadPerson(queries, sealer, ids.personId, personAt)).state,
    state: caseAt === undefined ? noCase : (await loadCase(queries, ids.caseId, caseAt)).state,
  };
}

/**
 * What is told now and was not told before: what a worker has corrected since then stays corrected, and what a roster
 * leaves open is no news.
 */
export function newsIn<Told extends object>(told: Told, before: object | undefined): Partial<Told> {
  const known = new Map<string, unknown>(Object.entries(before ?? {}));
  const news = Object.entries(told).filter(
    ([field, value]) => value !== 'unknown' && !isDeepStrictEqual(known.get(field), value),
  );
  return Object.fromEntries(news) as Partial<Told>;
}
