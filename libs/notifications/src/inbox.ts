import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';
import type { OwedNotice } from './outbox.js';
import type { StaffMember } from './recipients.js';

/** A notice as one member of staff finds it in the program. */
export interface InboxNotice {
  readonly recipient: string;
  readonly code: string;
  readonly subject: string;
  readonly overdue: boolean;
  readonly createdAt: Instant;
}

const addText = `INSERT INTO inbox (tenant_id, stream_id, version, recipient, case_code, subject, overdue, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

export function addNotice(tx: Transaction, { streamId, version }: OwedNotice, notice: InboxNotice): void {
  const { recipient, code, subject, overdue, createdAt } = notice;
  const values = [tx.context.tenant, streamId, version, recipient, code, subject, overdue, createdAt];
  tx.send('inbox_add', addText, values);
}

const toldText = `SELECT i.recipient AS id, s.agency, s.roles, s.province, s.language, s.email, s.active, i.mailed_at
  FROM inbox i JOIN staff s ON s.tenant_id = i.tenant_id AND s.id = i.recipient
  WHERE i.tenant_id = $1 AND i.stream_id = $2 AND i.version = $3 ORDER BY i.recipient`;

export interface ToldMember extends StaffMember {
  readonly active: boolean;
  readonly mailed_at: Instant | null;
}

/** Who finds the notice in their inbox already. */
export async function toldOf(queries: Queryable, { streamId, version }: OwedNotice): Promise<ToldMember[]> {
  return queries.query<ToldMember>('inbox_told', toldText, [queries.context.tenant, streamId, version]);
}

const mailedText = `UPDATE inbox SET mailed_at = $5
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND recipient = $4`;

export function markMailed(tx: Transaction, { streamId, version }: OwedNotice, recipient: string, now: Instant): void {
  tx.send('inbox_mailed', mailedText, [tx.context.tenant, streamId, version, recipient, now]);
}
