import { sqlState, type Queryable, type Transaction } from '#libs/database';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { KeyReused } from './errors.js';
import type { Answer, Idempotency } from './request.js';

/** Namespace of command ids that are derived from idempotency keys. */
const namespace = '5f2d0f0e-7c0e-5a0b-9d2d-6b1d8f6f2a10';
const uniqueViolation = '23505';

/** The same key gives the same command id, so that a stream refuses to take it twice even if the answer was lost. */
export function commandIdOf(idempotency: Idempotency | undefined): string {
  return idempotency === undefined ? uuidv7() : uuidv5(`${idempotency.caller}|${idempotency.key}`, namespace);
}

/** @throws KeyReused when the key was used for another request. */
export async function findAnswer(
  queries: Queryable,
  idempotency: Idempotency | undefined,
): Promise<Answer | undefined> {
  if (idempotency === undefined) return undefined;
  const [row] = await queries.query<{ body_digest: Buffer; answer: Omit<Answer, 'repeated'> }>(
    'idempotency_find',
    'SELECT body_digest, answer FROM idempotency WHERE tenant_id = $1 AND caller = $2 AND key = $3',
    [queries.context.tenant, idempotency.caller, idempotency.key],
  );
  if (row === undefined) return undefined;
  if (!row.body_digest.equals(idempotency.bodyDigest)) throw new KeyReused('key used for another request');
  return { ...row.answer, repeated: true };
}

/** Kept in the transaction that did the work: either both are there or neither is. */
export function keepAnswer(tx: Transaction, idempotency: Idempotency | undefined, answer: Answer): void {
  if (idempotency === undefined) return;
  const { repeated: _, ...kept } = answer;
  tx.send(
    'idempotency_keep',
    'INSERT INTO idempotency (tenant_id, caller, key, body_digest, status, answer) VALUES ($1, $2, $3, $4, 200, $5)',
    [tx.context.tenant, idempotency.caller, idempotency.key, idempotency.bodyDigest, JSON.stringify(kept)],
  );
}

/** Two requests with one key raced and this one came second: its answer is there now. */
export function lostToSameKey(error: unknown): boolean {
  return sqlState(error) === uniqueViolation && (error as { table?: string }).table === 'idempotency';
}
