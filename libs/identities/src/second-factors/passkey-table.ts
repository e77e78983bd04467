import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

/** A passkey as its owner sees it. */
export interface Passkey {
  readonly id: string;
  readonly title: string;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
}

/** A passkey with what an answer of it is checked against. */
export interface KeptPasskey {
  readonly id: string;
  readonly staffId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
}

const listText = `SELECT credential_id AS id, title, added_at AS "addedAt", used_at AS "usedAt" FROM passkeys
  WHERE tenant_id = $1 AND staff_id = $2 ORDER BY added_at, credential_id`;

export const passkeysOf = (queries: Queryable, staffId: string): Promise<Passkey[]> =>
  queries.query<Passkey>('passkeys_of', listText, [queries.context.tenant, staffId]);

const lockText = `SELECT credential_id AS id, staff_id AS "staffId", public_key AS "publicKey", counter FROM passkeys
  WHERE tenant_id = $1 AND credential_id = $2 FOR UPDATE`;

export async function lockPasskey(tx: Transaction, id: string): Promise<KeptPasskey | undefined> {
  const [row] = await tx.query<KeptPasskey>('passkey_lock', lockText, [tx.context.tenant, id]);
  return row;
}

const usedText = 'UPDATE passkeys SET counter = $3, used_at = $4 WHERE tenant_id = $1 AND credential_id = $2';

export function markUsed(tx: Transaction, id: string, counter: number, now: Instant): void {
  tx.send('passkey_used', usedText, [tx.context.tenant, id, counter, now]);
}

const addText = `INSERT INTO passkeys (tenant_id, credential_id, staff_id, public_key, counter, transports, title, added_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

export interface NewPasskey extends KeptPasskey {
  readonly transports: readonly string[];
  readonly title: string;
}

export function addPasskey(tx: Transaction, passkey: NewPasskey, now: Instant): void {
  const { id, staffId, publicKey, counter, transports, title } = passkey;
  tx.send('passkey_add', addText, [tx.context.tenant, id, staffId, publicKey, counter, transports, title, now]);
}

const removeText =
  'DELETE FROM passkeys WHERE tenant_id = $1 AND staff_id = $2 AND credential_id = $3 RETURNING staff_id';

export async function removePasskey(tx: Transaction, staffId: string, id: string): Promise<boolean> {
  return (await tx.query('passkey_remove', removeText, [tx.context.tenant, staffId, id])).length > 0;
}
