import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

import type { Checkpoint, SignedCheckpoint } from './checkpoint.js';

/** How far a sink has got them. */
export interface SinkState {
  readonly sink: string;
  readonly deliveredUpTo: number;
  /** Null while it works. */
  readonly failingSince: Instant | null;
  /** Name and code of the error. */
  readonly failedBecause: string | null;
}

type Stored = Required<SignedCheckpoint> & { sequence: number };

const columns = 'sequence, signed, signature, heads';
const lastText = `SELECT ${columns} FROM log_checkpoints WHERE tenant_id = $1 ORDER BY sequence DESC LIMIT 1`;
const afterText = `SELECT ${columns} FROM log_checkpoints
  WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`;
const insertText = `INSERT INTO log_checkpoints (tenant_id, sequence, taken_at, cut, signed, signature, heads)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
const statesText = `SELECT sink, delivered_up_to AS "deliveredUpTo", failing_since AS "failingSince",
  failed_because AS "failedBecause" FROM checkpoint_sinks WHERE tenant_id = $1 ORDER BY sink`;
const deliveredText = `INSERT INTO checkpoint_sinks (tenant_id, sink, delivered_up_to) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, sink) DO UPDATE SET failing_since = NULL, failed_because = NULL,
    delivered_up_to = greatest(checkpoint_sinks.delivered_up_to, excluded.delivered_up_to)`;
const failedText = `INSERT INTO checkpoint_sinks (tenant_id, sink, delivered_up_to, failing_since, failed_because)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, sink) DO UPDATE SET failed_because = excluded.failed_because,
    failing_since = coalesce(checkpoint_sinks.failing_since, excluded.failing_since)`;

/** Held while one is taken: of several workers one does it. */
const lockText = 'SELECT pg_try_advisory_xact_lock(7716734, $1) AS locked';

/** Whether this transaction is now the only one that takes a checkpoint. */
export async function mayTake(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>('checkpoint_lock', lockText, [tx.context.tenant]);
  return row?.locked ?? false;
}

export async function lastCheckpoint(queries: Queryable): Promise<Stored | undefined> {
  const [row] = await queries.query<Stored>('checkpoint_last', lastText, [queries.context.tenant]);
  return row;
}

export function checkpointsAfter(queries: Queryable, sequence: number, atMost: number): Promise<Stored[]> {
  return queries.query<Stored>('checkpoint_after', afterText, [queries.context.tenant, sequence, atMost]);
}

export function keep(tx: Transaction, checkpoint: Checkpoint, { signed, signature, heads }: SignedCheckpoint): void {
  const { sequence, takenAt, cut } = checkpoint;
  tx.send('checkpoint_keep', insertText, [tx.context.tenant, sequence, takenAt, cut, signed, signature, heads]);
}

/** Every sink that was ever delivered to, or failed to be. */
export function sinkStates(queries: Queryable): Promise<SinkState[]> {
  return queries.query<SinkState>('checkpoint_sinks', statesText, [queries.context.tenant]);
}

export function noteDelivered(tx: Transaction, sink: string, upTo: number): void {
  tx.send('checkpoint_delivered', deliveredText, [tx.context.tenant, sink, upTo]);
}

export function noteFailed(
  tx: Transaction,
  { sink, deliveredUpTo }: Pick<SinkState, 'sink' | 'deliveredUpTo'>,
  { at, because }: { at: Instant; because: string },
): void {
  tx.send('checkpoint_failed', failedText, [tx.context.tenant, sink, deliveredUpTo, at, because]);
}
