import type { Queryable } from '#libs/database';
import { validate as isUuid } from 'uuid';

const text = `SELECT c.stream_id FROM case_summary c WHERE c.tenant_id = $1 AND NOT c.erased AND (c.stream_id = ANY ($2::uuid[])
    OR c.stream_id IN (SELECT f.stream_id FROM foreign_identifiers f WHERE f.tenant_id = $1 AND f.value = ANY ($3::text[])))`;

/** The cases that any system knows by one of these ids, or that have it here. A child who was forgotten has none. */
export async function findByNames(queries: Queryable, names: readonly string[]): Promise<string[]> {
  const own = names.filter((name) => isUuid(name));
  const rows = await queries.query<{ stream_id: string }>('exchange_by_names', text, [
    queries.context.tenant,
    own,
    names,
  ]);
  return rows.map(({ stream_id }) => stream_id);
}
