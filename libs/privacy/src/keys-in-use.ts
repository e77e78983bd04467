import type { Database, DatabaseContext, Queryable } from '#libs/database';

import type { KeyRing } from './key-ring.js';
import { MasterKeyUnusable } from './local-master-key.js';

/** Steps from one id to the next in the index, so that it does not read a row for every child. */
const inUseText = `WITH RECURSIVE used(id) AS (
    SELECT min(master_key_id) FROM child_keys WHERE tenant_id = $1 AND wrapped IS NOT NULL
    UNION
    SELECT (SELECT min(master_key_id) FROM child_keys
            WHERE tenant_id = $1 AND wrapped IS NOT NULL AND master_key_id > used.id)
    FROM used WHERE used.id IS NOT NULL)
  SELECT id FROM used WHERE id IS NOT NULL UNION SELECT master_key_id FROM index_keys WHERE tenant_id = $1 ORDER BY id`;

/** Ids of the master keys that still wrap anything. */
export async function masterKeysInUse(queries: Queryable): Promise<string[]> {
  const rows = await queries.query<{ id: string }>('master_keys_in_use', inUseText, [queries.context.tenant]);
  return rows.map(({ id }) => id);
}

/**
 * Makes sure that whatever is wrapped can be opened: a wrong key is found out at the start, not with the first child.
 *
 * @throws MasterKeyUnusable
 */
export async function assertAllOpen(database: Database, context: DatabaseContext, ring: KeyRing): Promise<void> {
  const inUse = await database.read(context, masterKeysInUse);
  const missing = inUse.filter((id) => !ring.ids.includes(id));
  if (missing.length > 0) {
    throw new MasterKeyUnusable(
      `keys of this database are wrapped by the master key ${missing.join(' and ')}, and the configuration names ` +
        `${ring.ids.join(' and ')} (SPEAN_MASTER_KEY…, SPEAN_OTHER_MASTER_KEY…)`,
    );
  }
}
