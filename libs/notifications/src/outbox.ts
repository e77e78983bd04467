import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

/** A notice owed for one event of a case or facility. */
export interface OwedNotice {
  readonly streamId: string;
  readonly version: number;
}

const dueText = `SELECT stream_id, version FROM outbox
  WHERE tenant_id = $1 AND kind = 'notification' AND done_at IS NULL AND next_try_at <= $2
  ORDER BY next_try_at, stream_id, version LIMIT $3`;

/** Notices whose time has come, those that have waited longest first. */
export async function dueNotices(queries: Queryable, now: Instant, limit: number): Promise<OwedNotice[]> {
  const values = [queries.context.tenant, now, limit];
  const rows = await queries.query<{ stream_id: string; version: number }>('notices_due', dueText, values);
  return rows.map(({ stream_id: streamId, version }) => ({ streamId, version }));
}

const claimText = `UPDATE outbox SET attempts = attempts + 1, next_try_at = $5
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND kind = 'notification'
    AND done_at IS NULL AND next_try_at <= $4
  RETURNING attempts`;

/**
 * Takes a notice for a while, so that nobody else sends it at the same time. Whoever dies meanwhile leaves it to others
 * once the time is over.
 *
 * @returns the number of this attempt, or undefined when it is not there to be taken
 */
export async function claim(
  tx: Transaction,
  { streamId, version }: OwedNotice,
  now: Instant,
  until: Instant,
): Promise<number | undefined> {
  const values = [tx.context.tenant, streamId, version, now, until];
  const [row] = await tx.query<{ attempts: number }>('notice_claim', claimText, values);
  return row?.attempts;
}

const doneText = `UPDATE outbox SET done_at = $4, last_error = $5
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND kind = 'notification'`;

/** @param gaveUpOn what kept failing until it was too late to matter */
export function markDone(tx: Transaction, { streamId, version }: OwedNotice, now: Instant, gaveUpOn?: string): void {
  tx.send('notice_done', doneText, [tx.context.tenant, streamId, version, now, gaveUpOn ?? null]);
}

const failedText = `UPDATE outbox SET next_try_at = $4, last_error = $5
  WHERE tenant_id = $1 AND stream_id = $2 AND version = $3 AND kind = 'notification' AND done_at IS NULL`;

export function markFailed(
  tx: Transaction,
  { streamId, version }: OwedNotice,
  nextTryAt: Instant,
  lastError: string,
): void {
  tx.send('notice_failed', failedText, [tx.context.tenant, streamId, version, nextTryAt, lastError]);
}
