import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

import type { Session, SessionStage } from './session.js';

interface SessionRow {
  id: string;
  staff_id: string;
  stage: SessionStage;
  browser: boolean;
  device: string;
  opened_at: Instant;
  seen_at: Instant;
  proved_at: Instant | null;
}

const columns = 'id, staff_id, stage, browser, device, opened_at, seen_at, proved_at';

export const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  staffId: row.staff_id,
  stage: row.stage,
  browser: row.browser,
  device: row.device,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  provedAt: row.proved_at ?? undefined,
});

const findText = `SELECT ${columns} FROM sessions WHERE tenant_id = $1 AND token_hash = $2 AND ended_at IS NULL`;

export async function findByDigest(queries: Queryable, digest: Buffer): Promise<Session | undefined> {
  const [row] = await queries.query<SessionRow>('session_find', findText, [queries.context.tenant, digest]);
  return row && sessionOf(row);
}

const listText = `SELECT ${columns} FROM sessions
  WHERE tenant_id = $1 AND staff_id = $2 AND ended_at IS NULL ORDER BY seen_at DESC, id`;

export async function listOf(queries: Queryable, staffId: string): Promise<Session[]> {
  const rows = await queries.query<SessionRow>('sessions_of', listText, [queries.context.tenant, staffId]);
  return rows.map(sessionOf);
}

const addText = `INSERT INTO sessions (tenant_id, id, staff_id, token_hash, stage, browser, device, opened_at, seen_at, proved_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`;

export function addSession(tx: Transaction, session: Session, digest: Buffer): void {
  const { id, staffId, stage, browser, device, openedAt, provedAt } = session;
  tx.send('session_add', addText, [
    ...[tx.context.tenant, id, staffId, digest],
    ...[stage, browser, device, openedAt, provedAt ?? null],
  ]);
}

const seenText = 'UPDATE sessions SET seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND seen_at < $3';

export function markSeen(tx: Transaction, id: string, now: Instant): void {
  tx.send('session_seen', seenText, [tx.context.tenant, id, now]);
}

const renewText = `UPDATE sessions SET token_hash = $3, stage = 'open', proved_at = $4, seen_at = $4
  WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL RETURNING ${columns}`;

/** @returns undefined when the session has ended meanwhile */
export async function renew(tx: Transaction, id: string, digest: Buffer, now: Instant): Promise<Session | undefined> {
  const [row] = await tx.query<SessionRow>('session_renew', renewText, [tx.context.tenant, id, digest, now]);
  return row && sessionOf(row);
}

const endText = `UPDATE sessions SET ended_at = $4
  WHERE tenant_id = $1 AND staff_id = $2 AND id = $3 AND ended_at IS NULL RETURNING id`;

/** @returns whether there was such a session */
export async function endOne(tx: Transaction, staffId: string, id: string, now: Instant): Promise<boolean> {
  return (await tx.query('session_end', endText, [tx.context.tenant, staffId, id, now])).length > 0;
}

const endAllText = `UPDATE sessions SET ended_at = $3
  WHERE tenant_id = $1 AND staff_id = $2 AND ended_at IS NULL AND id IS DISTINCT FROM $4::uuid RETURNING id`;

/** @returns ids of those that ended */
export async function endAllBut(
  tx: Transaction,
  staffId: string,
  now: Instant,
  kept: string | undefined,
): Promise<string[]> {
  const values = [tx.context.tenant, staffId, now, kept ?? null];
  return (await tx.query<{ id: string }>('sessions_end', endAllText, values)).map(({ id }) => id);
}

const forgetText = 'DELETE FROM sessions WHERE tenant_id = $1 AND staff_id = $2 AND opened_at < $3';

/** Sessions that are long over; what happened in them stays among the identity events. */
export function forgetOld(tx: Transaction, staffId: string, before: Instant): void {
  tx.send('sessions_forget', forgetText, [tx.context.tenant, staffId, before]);
}
