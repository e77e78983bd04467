import type { Instant } from '#libs/calendar';
import type { ForeignSystem } from '#libs/cases';
import type { Queryable, Transaction } from '#libs/database';
import type { Sealer } from '#libs/privacy';

/** What became of a record as received. */
export interface LedgerEntry {
  record_id: string;
  /**
   * `ignored`: a person put a corrected one in its place. `erased`: it was of a child who was forgotten since, and is not
   * taken in again.
   */
  state: 'received' | 'taken_in' | 'quarantined' | 'ignored' | 'erased';
  reason: string | null;
  person_id: string;
  stream_id: string | null;
}

export async function findEntry(
  queries: Queryable,
  system: ForeignSystem,
  digest: string,
): Promise<LedgerEntry | undefined> {
  const [entry] = await queries.query<LedgerEntry>(
    'ledger_find',
    'SELECT record_id, state, reason, person_id, stream_id FROM received_records WHERE tenant_id = $1 AND system = $2 AND digest = $3',
    [queries.context.tenant, system, digest],
  );
  return entry;
}

export interface NewEntry {
  recordId: string;
  system: ForeignSystem;
  digest: string;
  state: 'received' | 'quarantined';
  reason: string | null;
  personId: string;
  streamId: string | null;
  receivedAt: Instant;
  record: unknown;
  target: string | undefined;
  corrects: string | undefined;
}

/** Keeps the record as it came, sealed, before anything is made of it. */
export async function addEntry(tx: Transaction, sealer: Sealer, entry: NewEntry): Promise<void> {
  const { recordId, personId } = entry;
  const sealed = await sealer.seal(
    tx,
    { personId, streamId: recordId, version: 1 },
    { identity: { record: entry.record } },
  );
  tx.send(
    'ledger_add',
    `INSERT INTO received_records (tenant_id, record_id, system, digest, state, reason, person_id, stream_id, received_at, sealed,
       target, corrects)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.context.tenant,
      recordId,
      entry.system,
      entry.digest,
      entry.state,
      entry.reason,
      personId,
      entry.streamId,
      entry.receivedAt,
      sealed,
      entry.target ?? null,
      entry.corrects ?? null,
    ],
  );
}

/** What became of a record, and when that was known. */
export interface Settled {
  readonly state: LedgerEntry['state'];
  readonly reason: string | null;
  /** Null leaves the case it was attributed to as it is. */
  readonly streamId: string | null;
  readonly at: Instant;
}

export function settle(tx: Transaction, recordId: string, { state, reason, streamId, at }: Settled): void {
  tx.send(
    'ledger_settle',
    `UPDATE received_records SET state = $3, reason = $4, stream_id = coalesce($5, stream_id), settled_at = $6,
       attempts = attempts + CASE WHEN settled_at IS NULL THEN 0 ELSE 1 END
     WHERE tenant_id = $1 AND record_id = $2`,
    [tx.context.tenant, recordId, state, reason, streamId, at],
  );
}

/** Nobody goes back to records of a case that were left half done when a later one of the same instance was taken in. */
export function settleEarlier(tx: Transaction, recordId: string, at: Instant): void {
  tx.send(
    'ledger_settle_earlier',
    `UPDATE received_records e SET state = 'taken_in', reason = 'superseded', settled_at = $3 FROM received_records l
     WHERE l.tenant_id = $1 AND l.record_id = $2 AND e.tenant_id = $1 AND e.stream_id = l.stream_id
       AND e.system = l.system AND e.target IS NOT DISTINCT FROM l.target AND e.state = 'received'
       AND e.received_at < l.received_at`,
    [tx.context.tenant, recordId, at],
  );
}
