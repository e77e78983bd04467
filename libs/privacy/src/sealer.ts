import type { Queryable, Transaction } from '#libs/database';

import { decrypt, encrypt } from './aes-gcm.js';
import { fieldClasses, type ClearFields, type FieldClass } from './field-class.js';
import type { DataKey } from './key-cache.js';
import type { KeyStore } from './key-store.js';

/** What a ciphertext belongs to. It opens nowhere else. */
export interface SealedPlace {
  readonly personId: string;
  readonly streamId: string;
  readonly version: number;
}

/** A ciphertext was changed, or moved here from another event, class or child. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const format = 'v1';

/** Seals a child's fields class by class and opens them again. A sealed class reads `v1.<key id>.<iv>.<tag>.<text>`. */
export class Sealer {
  readonly #keys: KeyStore;

  constructor(keys: KeyStore) {
    this.#keys = keys;
  }

  /**
   * The sealed fields as JSON text, or null when there are none.
   *
   * @throws KeyDestroyed when the child was erased.
   */
  async seal(tx: Transaction, place: SealedPlace, fields: ClearFields): Promise<string | null> {
    const classes = fieldClasses.filter((fieldClass) => fields[fieldClass] !== undefined);
    if (classes.length === 0) {
      return null;
    }
    const keys = await this.#keys.keysFor(tx, place.personId, classes);
    const sealed = classes.map((fieldClass) => {
      const key = keys.get(fieldClass) as DataKey;
      const plain = Buffer.from(JSON.stringify(fields[fieldClass]));
      return [fieldClass, `${format}.${key.id}.${encrypt(key.key, plain, associated(place, fieldClass, key.id))}`];
    });
    return JSON.stringify(Object.fromEntries(sealed));
  }

  /** Fetches what opens the fields of many children in one query. */
  async prefetch(queries: Queryable, personIds: readonly string[]): Promise<void> {
    await this.#keys.prefetch(queries, personIds);
  }

  /**
   * The fields that can still be read. A class whose key was destroyed is missing: forgetting a child must not stop a
   * read.
   *
   * @throws SealBroken
   */
  async unseal(queries: Queryable, place: SealedPlace, sealed: string | null): Promise<ClearFields> {
    if (sealed === null) {
      return {};
    }
    const ciphertexts = Object.entries(JSON.parse(sealed) as Record<FieldClass, string>) as [FieldClass, string][];
    const classes = ciphertexts.map(([fieldClass]) => fieldClass);
    const keys = await this.#keys.keysOf(queries, place.personId, classes);
    const fields: ClearFields = {};
    for (const [fieldClass, text] of ciphertexts) {
      const key = keys.get(fieldClass);
      if (key !== undefined) {
        fields[fieldClass] = open(place, fieldClass, key, text);
      }
    }
    return fields;
  }
}

function open(place: SealedPlace, fieldClass: FieldClass, key: DataKey, text: string): Record<string, unknown> {
  const [version, keyId, ...parts] = text.split('.');
  if (version !== format || keyId !== key.id) {
    throw new SealBroken(`${fieldClass} of version ${place.version} in stream ${place.streamId} names another key`);
  }
  try {
    const plain = decrypt(key.key, parts.join('.'), associated(place, fieldClass, key.id));
    return JSON.parse(plain.toString()) as Record<string, unknown>;
  } catch (error) {
    throw new SealBroken(`${fieldClass} of version ${place.version} in stream ${place.streamId} does not open`, {
      cause: error,
    });
  }
}

const associated = (place: SealedPlace, fieldClass: FieldClass, keyId: string) =>
  `${place.streamId}|${place.version}|${fieldClass}|${keyId}`;
