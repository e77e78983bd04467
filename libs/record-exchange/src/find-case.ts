import type { Queryable } from '#libs/database';
import type { Identifiers } from '#libs/interop';
import { validate as isUuid } from 'uuid';

/** The record names two of our cases at once; a person has to say which is meant. */
export class TwoCases extends Error {
  override readonly name = 'TwoCases';
}

/** Names under which an id is the same thing in both systems; display ids and slugs are not unique enough. */
const keys = ['id', 'case_id', 'global_id'] as const;

/**
 * The case that a record speaks of, by any id that either system has for it.
 *
 * @throws TwoCases
 */
export async function findCaseByIdentifiers(queries: Queryable, identifiers: Identifiers): Promise<string | undefined> {
  const wanted = keys.flatMap((name) => {
    const value = identifiers[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const rows = await queries.query<{ stream_id: string }>(
    'exchange_find_case',
    `SELECT stream_id FROM foreign_identifiers
     WHERE tenant_id = $1 AND value = ANY ($2::text[]) AND name || '=' || value = ANY ($3::text[])
     UNION SELECT stream_id FROM case_summary WHERE tenant_id = $1 AND stream_id = ANY ($4::uuid[])`,
    [queries.context.tenant, wanted.map((key) => key.slice(key.indexOf('=') + 1)), wanted, ownIds(identifiers)],
  );
  if (rows.length > 1) throw new TwoCases('identifiers of two cases');
  return rows[0]?.stream_id;
}

/** A case of ours went out under our own id, and comes back under it before they have given it one of theirs. */
const ownIds = ({ id, case_id: caseId }: Identifiers): string[] =>
  [id, caseId].filter((each): each is string => each !== undefined && isUuid(each));

/** A case by our own id, by its code, or by an id of another system. */
export async function findCaseByAnyId(queries: Queryable, id: string): Promise<string | undefined> {
  const [row] = await queries.query<{ stream_id: string }>(
    'exchange_find_any',
    `SELECT stream_id FROM case_summary WHERE tenant_id = $1 AND (stream_id::text = lower($2) OR code = upper($2))
     UNION SELECT stream_id FROM foreign_identifiers WHERE tenant_id = $1 AND value = $2 LIMIT 1`,
    [queries.context.tenant, id],
  );
  return row?.stream_id;
}
