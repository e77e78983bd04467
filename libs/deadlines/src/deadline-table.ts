import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';
import type { WaitingRung } from './wake-up.js';

export interface DueRung extends WaitingRung {
  /** How often firing this very rung has failed. */
  readonly attempts: number;
}

export interface DueWindow {
  /** Rungs reached at this moment or before. */
  readonly until: Instant;
  /** Those that failed wait for their next try. */
  readonly now: Instant;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: WaitingRung | undefined;
}

/*
 * Nothing is locked while it is fired: firing is a command that decides anew, so two that fire the same rung do it once.
 * Pages follow each other by key rather than by what is left, so that deadlines that can't be fired are passed by.
 */
const dueText = `SELECT d.stream_id, d.deadline, d.next_rung_at, coalesce(f.attempts, 0) AS attempts
  FROM deadlines d
  LEFT JOIN deadline_failures f ON f.tenant_id = d.tenant_id AND f.stream_id = d.stream_id
    AND f.deadline = d.deadline AND f.rung_at = d.next_rung_at
  WHERE d.tenant_id = $1 AND d.status = 'armed' AND d.next_rung_at <= $2
    AND (f.next_try_at IS NULL OR f.next_try_at <= $3)
    AND (d.next_rung_at, d.stream_id, d.deadline) > ($5::timestamptz, $6::uuid, $7::text)
  ORDER BY d.next_rung_at, d.stream_id, d.deadline LIMIT $4`;

const first: WaitingRung = { rungAt: '-infinity', streamId: '00000000-0000-0000-0000-000000000000', deadline: '' };

/** The next page of rungs whose time has come, oldest first. */
export async function dueRungs(queries: Queryable, window: DueWindow): Promise<DueRung[]> {
  const { until, now, limit, after = first } = window;
  const values = [queries.context.tenant, until, now, limit, after.rungAt, after.streamId, after.deadline];
  const rows = await queries.query<DueRow>('deadlines_due', dueText, values);
  return rows.map((row) => ({
    streamId: row.stream_id,
    deadline: row.deadline,
    rungAt: row.next_rung_at,
    attempts: row.attempts,
  }));
}

interface DueRow {
  stream_id: string;
  deadline: string;
  next_rung_at: Instant;
  attempts: number;
}

const waitingText = `SELECT 1 FROM deadlines
  WHERE tenant_id = $1 AND stream_id = $2 AND deadline = $3 AND status = 'armed' AND next_rung_at = $4`;

/** Whether the deadline still waits for this very rung. */
export async function isWaiting(queries: Queryable, { streamId, deadline, rungAt }: WaitingRung): Promise<boolean> {
  const values = [queries.context.tenant, streamId, deadline, rungAt];
  return (await queries.query('deadline_waiting', waitingText, values)).length > 0;
}

const failedText = `INSERT INTO deadline_failures AS f
    (tenant_id, stream_id, deadline, rung_at, attempts, failed_at, next_try_at, last_error)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (tenant_id, stream_id, deadline) DO UPDATE SET rung_at = excluded.rung_at, attempts = excluded.attempts,
    failed_at = excluded.failed_at, next_try_at = excluded.next_try_at, last_error = excluded.last_error`;

export interface Failure {
  readonly attempts: number;
  readonly failedAt: Instant;
  readonly nextTryAt: Instant;
  readonly lastError: string;
}

export function keepFailure(tx: Transaction, { streamId, deadline, rungAt }: WaitingRung, failure: Failure): void {
  const { attempts, failedAt, nextTryAt, lastError } = failure;
  const values = [tx.context.tenant, streamId, deadline, rungAt, attempts, failedAt, nextTryAt, lastError];
  tx.send('deadline_failed', failedText, values);
}

const forgetText = 'DELETE FROM deadline_failures WHERE tenant_id = $1 AND stream_id = $2 AND deadline = $3';

export function forgetFailure(tx: Transaction, { streamId, deadline }: WaitingRung): void {
  tx.send('deadline_failure_over', forgetText, [tx.context.tenant, streamId, deadline]);
}
