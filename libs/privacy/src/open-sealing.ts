import type { MasterKeySources } from '#libs/configuration';
import type { Database, DatabaseContext } from '#libs/database';

import { BlindIndex } from './blind-index.js';
import { IndexKeys } from './index-keys.js';
import type { KeyRing } from './key-ring.js';
import { KeyStore } from './key-store.js';
import { assertAllOpen } from './keys-in-use.js';
import { openMasterKey } from './open-master-key.js';
import { Sealer } from './sealer.js';
import { ownColumns, type WrappedColumn } from './wrapped-column.js';

/** Everything that seals, opens and finds sealed things, over one database. */
export interface Sealing {
  masterKey: KeyRing;
  keyStore: KeyStore;
  sealer: Sealer;
  indexKeys: IndexKeys;
  blindIndex: BlindIndex;
}

/**
 * @param mayCreate whether a missing master key is made; never in production
 * @param elsewhere what other libraries have had wrapped, which must open, too
 * @throws MasterKeyUnusable when there is no key, or another one than the database needs
 */
export async function openSealing(
  database: Database,
  context: DatabaseContext,
  sources: MasterKeySources,
  { mayCreate, elsewhere = [] }: { mayCreate: boolean; elsewhere?: readonly WrappedColumn[] },
): Promise<Sealing> {
  const masterKey = await openMasterKey(sources, { mayCreate });
  await assertAllOpen(database, context, masterKey, [...ownColumns, ...elsewhere]);
  const keyStore = new KeyStore(masterKey);
  const indexKeys = new IndexKeys(database, context, masterKey);
  return { masterKey, keyStore, sealer: new Sealer(keyStore), indexKeys, blindIndex: new BlindIndex(indexKeys) };
}
