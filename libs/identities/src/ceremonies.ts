import { v7 as uuidv7 } from 'uuid';

import type { Instant } from '#libs/calendar';
import type { Transaction } from '#libs/database';

import { later, minuteMs } from './time.js';

type CeremonyKind = 'passkey_enrolment' | 'passkey_sign_in' | 'foreign_sign_in';

const validForMs = 10 * minuteMs;

/** Begins a proof that takes two steps. @returns the id under which the second step finds it, once */
export function beginCeremony(
  tx: Transaction,
  now: Instant,
  { kind, staffId, data }: { kind: CeremonyKind; staffId?: string; data: object },
): string {
  const id = uuidv7();
  const { tenant } = tx.context;
  tx.send('ceremonies_forget', 'DELETE FROM ceremonies WHERE tenant_id = $1 AND expires_at < $2', [tenant, now]);
  const text = `INSERT INTO ceremonies (tenant_id, id, kind, staff_id, data, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`;
  tx.send('ceremony_begin', text, [
    ...[tenant, id, kind, staffId ?? null],
    ...[JSON.stringify(data), later(now, validForMs)],
  ]);
  return id;
}

const takeText = `DELETE FROM ceremonies
  WHERE tenant_id = $1 AND id = $2 AND kind = $3 AND staff_id IS NOT DISTINCT FROM $4 AND expires_at > $5 RETURNING data`;

/** @returns undefined for what was never begun, took too long, or was answered before */
export async function takeCeremony<Data extends object>(
  tx: Transaction,
  now: Instant,
  { kind, staffId, id }: { kind: CeremonyKind; staffId?: string; id: string },
): Promise<Data | undefined> {
  const values = [tx.context.tenant, id, kind, staffId ?? null, now];
  const [row] = await tx.query<{ data: Data }>('ceremony_take', takeText, values);
  return row?.data;
}
