import type { Database, DatabaseContext, Queryable } from '#libs/database';

import type { KeyRing } from './key-ring.js';
import { MasterKeyUnusable } from './local-master-key.js';
import type { WrappedColumn } from './wrapped-column.js';

/** Steps from one id to the next in the index, so that it does not read a row for every child. */
const inUseText = ({ table, wrapped, masterKeyId: id }: WrappedColumn): string => `WITH RECURSIVE used(id) AS (
    SELECT min(${id}) FROM ${table} WHERE tenant_id = $1 AND ${wrapped} IS NOT NULL
    UNION
    SELECT (SELECT min(${id}) FROM ${table} WHERE tenant_id = $1 AND ${wrapped} IS NOT NULL AND ${id} > used.id)
    FROM used WHERE used.id IS NOT NULL)
  SELECT id FROM used WHERE id IS NOT NULL`;

/** Ids of the master keys that still wrap anything. */
export async function masterKeysInUse(queries: Queryable, columns: readonly WrappedColumn[]): Promise<string[]> {
  const values = [queries.context.tenant];
  const found = await Promise.all(
    columns.map((column) =>
      queries.query<{ id: string }>(`in_use_${column.table}_${column.wrapped}`, inUseText(column), values),
    ),
  );
  return [...new Set(found.flat().map(({ id }) => id))].sort();
}

/**
 * Makes sure that whatever is wrapped can be opened: a wrong key is found out at the start, not with the first child.
 *
 * @throws MasterKeyUnusable
 */
export async function assertAllOpen(
  database: Database,
  context: DatabaseContext,
  ring: KeyRing,
  columns: readonly WrappedColumn[],
): Promise<void> {
  const inUse = await database.read(context, (queries) => masterKeysInUse(queries, columns));
  const missing = inUse.filter((id) => !ring.ids.includes(id));
  if (missing.length > 0) {
    throw new MasterKeyUnusable(
      `keys of this database are wrapped by the master key ${missing.join(' and ')}, and the configuration names ` +
        `${ring.ids.join(' and ')} (SPEAN_MASTER_KEY…, SPEAN_OTHER_MASTER_KEY…)`,
    );
  }
}
