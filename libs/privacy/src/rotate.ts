import type { Database, DatabaseContext, Transaction } from '#libs/database';

import { indexKeyContext } from './index-keys.js';
import type { KeyRing } from './key-ring.js';
import { wrapContext } from './key-store.js';
import { masterKeysInUse } from './keys-in-use.js';
import type { FieldClass } from './field-class.js';

export interface Rotation {
  /** The master key that wraps everything when this is done. */
  masterKey: string;
  rewrapped: number;
  /** Other master keys that still wrap something; a key that is not among them can be destroyed. */
  stillInUse: string[];
}

interface RotationParts {
  database: Database;
  context: DatabaseContext;
  masterKey: KeyRing;
}

interface ChildKeyRow {
  person_id: string;
  field_class: FieldClass;
  key_id: string;
  wrapped: string;
}

interface IndexKeyRow {
  purpose: string;
  version: number;
  wrapped: string;
}

const childKeysText = `SELECT person_id, field_class, key_id, wrapped FROM child_keys
  WHERE tenant_id = $1 AND master_key_id = ANY ($2::text[]) AND wrapped IS NOT NULL
  ORDER BY person_id, field_class LIMIT $3 FOR UPDATE`;

const putChildKeysText = `UPDATE child_keys SET master_key_id = $2, wrapped = again.wrapped
  FROM unnest($3::uuid[], $4::text[]) AS again(key_id, wrapped)
  WHERE tenant_id = $1 AND child_keys.person_id = ANY ($5::uuid[]) AND child_keys.key_id = again.key_id`;

const indexKeysText = `SELECT purpose, version, wrapped FROM index_keys
  WHERE tenant_id = $1 AND master_key_id = ANY ($2::text[]) FOR UPDATE`;

const putIndexKeyText = `UPDATE index_keys SET master_key_id = $4, wrapped = $5
  WHERE tenant_id = $1 AND purpose = $2 AND version = $3`;

const batch = 500;

/**
 * Wraps by the present master key what another one wrapped, batch by batch, each in one transaction. What it seals stays
 * as it is. Broken off, it goes on where it stopped when it is called again.
 *
 * @param progress told after each batch how many keys were wrapped anew
 */
export async function rotateKeys(
  { database, context, masterKey }: RotationParts,
  progress: (rewrapped: number) => void = () => undefined,
): Promise<Rotation> {
  const others = masterKey.ids.filter((id) => id !== masterKey.id);
  let rewrapped = await database.unitOfWork.run(context, (tx) => rewrapIndexKeys(tx, masterKey, others));
  for (let again = batch; again === batch;) {
    again = await database.unitOfWork.run(context, (tx) => rewrapChildKeys(tx, masterKey, others));
    rewrapped += again;
    progress(rewrapped);
  }
  const inUse = await database.read(context, masterKeysInUse);
  return { masterKey: masterKey.id, rewrapped, stillInUse: inUse.filter((id) => id !== masterKey.id) };
}

async function rewrapChildKeys(tx: Transaction, ring: KeyRing, others: readonly string[]): Promise<number> {
  const { tenant } = tx.context;
  const rows = await tx.query<ChildKeyRow>('rotate_child_keys', childKeysText, [tenant, others, batch]);
  const wrapped = await Promise.all(
    rows.map(async (row) => {
      const context = wrapContext(tenant, row.person_id, row.field_class, row.key_id);
      return ring.wrap(await ring.unwrap(row.wrapped, context), context);
    }),
  );
  const [keyIds, people] = [rows.map((row) => row.key_id), [...new Set(rows.map((row) => row.person_id))]];
  tx.send('rotate_child_keys_put', putChildKeysText, [tenant, ring.id, keyIds, wrapped, people]);
  return rows.length;
}

async function rewrapIndexKeys(tx: Transaction, ring: KeyRing, others: readonly string[]): Promise<number> {
  const { tenant } = tx.context;
  const rows = await tx.query<IndexKeyRow>('rotate_index_keys', indexKeysText, [tenant, others]);
  for (const { purpose, version, wrapped } of rows) {
    const context = indexKeyContext(tenant, purpose, version);
    const again = await ring.wrap(await ring.unwrap(wrapped, context), context);
    tx.send('rotate_index_key_put', putIndexKeyText, [tenant, purpose, version, ring.id, again]);
  }
  return rows.length;
}
