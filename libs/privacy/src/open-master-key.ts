import type { MasterKeySource, MasterKeySources } from '#libs/configuration';

import { FileMasterKey } from './file-master-key.js';
import { KeyRing } from './key-ring.js';
import { LocalMasterKey } from './local-master-key.js';
import type { MasterKey } from './master-key.js';
import { Pkcs11MasterKey } from './pkcs11-master-key.js';

/**
 * The master key from where the configuration says it is, and the other one if keys are being rotated.
 *
 * @param mayCreate whether a key that is not there is made; never in production
 * @throws MasterKeyUnusable
 */
export async function openMasterKey(
  { active, other }: MasterKeySources,
  { mayCreate }: { mayCreate: boolean },
): Promise<KeyRing> {
  return new KeyRing(await open(active, mayCreate), other === undefined ? undefined : await open(other, false));
}

function open(source: MasterKeySource, mayCreate: boolean): Promise<MasterKey> {
  switch (source.kind) {
    case 'file':
      return FileMasterKey.open(source.file, { mayCreate });
    case 'environment':
      return Promise.resolve(source.key).then((key) => LocalMasterKey.fromText(key));
    case 'pkcs11':
      return Pkcs11MasterKey.open(source, { mayCreate });
  }
}
