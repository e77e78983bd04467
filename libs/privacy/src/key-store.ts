import { randomBytes, randomUUID } from 'node:crypto';

import type { Queryable, Transaction } from '#libs/database';

import { keyBytes } from './aes-gcm.js';
import { KeyCache, type DataKey, type PersonKeys } from './key-cache.js';
import { fieldClasses, type FieldClass } from './field-class.js';
import type { MasterKey } from './master-key.js';

interface KeyRow {
  person_id: string;
  field_class: FieldClass;
  key_id: string;
  wrapped: string | null;
}

const findText = `SELECT person_id, field_class, key_id, wrapped FROM child_keys
  WHERE tenant_id = $1 AND person_id = ANY ($2::uuid[])`;

const addText = `INSERT INTO child_keys (tenant_id, person_id, field_class, key_id, master_key_id, wrapped)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

const destroyText = `UPDATE child_keys SET wrapped = NULL, destroyed_at = clock_timestamp()
  WHERE tenant_id = $1 AND person_id = $2 AND destroyed_at IS NULL RETURNING field_class`;

/** A class that never had a key gets none any more. */
const barText = `INSERT INTO child_keys (tenant_id, person_id, field_class, key_id, master_key_id, destroyed_at)
  SELECT $1, $2, field_class, gen_random_uuid(), $4, clock_timestamp() FROM unnest($3::text[]) AS field_class
  ON CONFLICT DO NOTHING`;

/**
 * The data keys of children, one for each child and field class. They lie in the database wrapped by the master key, and
 * unwrapped in a small cache of this process for a minute at most.
 */
export class KeyStore {
  readonly #master: MasterKey;
  readonly #cache = new KeyCache();
  /** Keys made in a transaction that may still be rolled back: only it may use them. */
  readonly #fresh = new WeakMap<Queryable, Map<string, PersonKeys>>();

  constructor(master: MasterKey) {
    this.#master = master;
  }

  /**
   * The keys of a child that can still be used, of these classes at least. A class that never had a key, or whose key
   * was destroyed, is missing. Keys that the cache lacks may have been made elsewhere since, so they are looked up.
   */
  async keysOf(queries: Queryable, personId: string, classes: readonly FieldClass[]): Promise<PersonKeys> {
    const known = this.#known(queries, personId);
    if (known !== undefined && classes.every((fieldClass) => known.has(fieldClass))) {
      return known;
    }
    return (await this.#fetch(queries, [personId])).get(personId) ?? new Map();
  }

  /** Fetches the keys of many children in one query, so that reading their records needs no further one. */
  async prefetch(queries: Queryable, personIds: readonly string[]): Promise<void> {
    const missing = personIds.filter((personId) => this.#known(queries, personId) === undefined);
    if (missing.length > 0) {
      await this.#fetch(queries, missing);
    }
  }

  /**
   * The keys of a child for these classes, made where there are none yet. They count from the commit on.
   *
   * @throws KeyDestroyed when the child was erased: nothing may be written about it any more.
   */
  async keysFor(tx: Transaction, personId: string, classes: readonly FieldClass[]): Promise<PersonKeys> {
    const known = await this.keysOf(tx, personId, classes);
    if (classes.every((fieldClass) => known.has(fieldClass))) {
      return known;
    }
    const missing = classes.filter((fieldClass) => !known.has(fieldClass));
    await Promise.all(missing.map((fieldClass) => this.#add(tx, personId, fieldClass)));
    const present = (await this.#read(tx, [personId])).get(personId) ?? new Map<FieldClass, DataKey>();
    if (!classes.every((fieldClass) => present.has(fieldClass))) {
      throw new KeyDestroyed(personId);
    }
    this.#keepForNow(tx, personId, present);
    return present;
  }

  /** Destroys all keys of a child: from the commit on, what they sealed is unreadable for good. */
  async destroy(tx: Transaction, personId: string): Promise<FieldClass[]> {
    const values = [tx.context.tenant, personId];
    const destroyed = await tx.query<{ field_class: FieldClass }>('child_keys_destroy', destroyText, values);
    tx.send('child_keys_bar', barText, [...values, fieldClasses, this.#master.id]);
    this.#keepForNow(tx, personId, new Map());
    tx.afterCommit(() => this.#cache.forget(tx.context.tenant, personId));
    return destroyed.map((row) => row.field_class);
  }

  #known(queries: Queryable, personId: string): PersonKeys | undefined {
    return this.#fresh.get(queries)?.get(personId) ?? this.#cache.get(queries.context.tenant, personId);
  }

  async #fetch(queries: Queryable, personIds: readonly string[]): Promise<Map<string, PersonKeys>> {
    const found = await this.#read(queries, personIds);
    for (const personId of personIds) {
      const keys = found.get(personId);
      if (keys !== undefined) {
        this.#cache.put(queries.context.tenant, personId, keys);
      }
    }
    return found;
  }

  async #read(queries: Queryable, personIds: readonly string[]): Promise<Map<string, PersonKeys>> {
    const { tenant } = queries.context;
    const rows = await queries.query<KeyRow>('child_keys_find', findText, [tenant, personIds]);
    const found = new Map<string, Map<FieldClass, DataKey>>();
    await Promise.all(
      rows.map(async ({ person_id, field_class, key_id, wrapped }) => {
        const keys = found.get(person_id) ?? new Map<FieldClass, DataKey>();
        found.set(person_id, keys);
        if (wrapped !== null) {
          const key = await this.#master.unwrap(wrapped, wrapContext(tenant, person_id, field_class, key_id));
          keys.set(field_class, { id: key_id, key });
        }
      }),
    );
    return found;
  }

  async #add(tx: Transaction, personId: string, fieldClass: FieldClass): Promise<void> {
    const { tenant } = tx.context;
    const keyId = randomUUID();
    const context = wrapContext(tenant, personId, fieldClass, keyId);
    const wrapped = await this.#master.wrap(randomBytes(keyBytes), context);
    tx.send('child_keys_add', addText, [tenant, personId, fieldClass, keyId, this.#master.id, wrapped]);
  }

  #keepForNow(tx: Transaction, personId: string, keys: PersonKeys): void {
    const ofTransaction = this.#fresh.get(tx) ?? new Map<string, PersonKeys>();
    this.#fresh.set(tx, ofTransaction.set(personId, keys));
    if (keys.size > 0) {
      tx.afterCommit(() => this.#cache.put(tx.context.tenant, personId, keys));
    }
  }
}

/** The child's keys were destroyed; its record is closed for good. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
  readonly personId: string;

  constructor(personId: string) {
    super(`the keys of person ${personId} are destroyed`);
    this.personId = personId;
  }
}

export const wrapContext = (tenant: number, personId: string, fieldClass: FieldClass, keyId: string) =>
  `${tenant}|${personId}|${fieldClass}|${keyId}`;
