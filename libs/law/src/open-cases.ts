import type { Database, DatabaseContext } from '#libs/database';

/** A case that has not ended, by the codes that may be told. */
export interface OpenCase {
  caseId: string;
  code: string;
  pathway: string;
  province: string | null;
}

const BATCH = 200;
const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * Cases that have not ended and are pinned to one of these versions (`A_OCSEA@1.0.0`), or to an overlay of one; batch by
 * batch, so that any number of them can be gone through.
 */
export async function* openCasesOf(
  database: Database,
  context: DatabaseContext,
  keys: readonly string[],
): AsyncGenerator<OpenCase> {
  let after = lowestId;
  for (;;) {
    const from = after;
    const batch = await database.read(context, (queries) =>
      queries.query<OpenCase>(
        'open_cases_of_versions',
        `SELECT stream_id AS "caseId", code, pathway, province FROM case_summary
         WHERE tenant_id = $1 AND NOT ended AND split_part(pathway, '+', 1) = ANY ($2::text[]) AND stream_id > $3
         ORDER BY stream_id LIMIT ${BATCH}`,
        [queries.context.tenant, keys, from],
      ),
    );
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined) return;
    after = last.caseId;
  }
}
