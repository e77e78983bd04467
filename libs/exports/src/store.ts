import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

/** An export as it was asked for, and what became of that. */
export interface StoredExport {
  readonly id: string;
  readonly askedBy: string;
  readonly agency: string;
  readonly askedAt: Instant;
  readonly reason: string;
  readonly purpose: string;
  readonly classes: readonly string[];
  readonly caseIds: readonly string[];
  readonly honey: string;
  readonly needsApproval: boolean;
  readonly approvedBy: string | null;
  /** From when on it can be fetched; null until a second person agreed. */
  readonly opensAt: Instant | null;
  readonly wrappedKey: string;
  /** Of the ids of its rows; null where the master key derives it. */
  readonly wrappedRowKey: string | null;
  readonly salt: string;
}

const columns = `export_id AS id, asked_by AS "askedBy", agency, asked_at AS "askedAt", reason, purpose, classes,
  case_ids AS "caseIds", honey, needs_approval AS "needsApproval", approved_by AS "approvedBy", opens_at AS "opensAt",
  wrapped_key AS "wrappedKey", wrapped_row_key AS "wrappedRowKey", salt`;

const addText = `INSERT INTO exports (tenant_id, export_id, asked_by, agency, asked_at, reason, purpose, classes, case_ids,
    honey, needs_approval, opens_at, salt, wrapped_key, wrapped_row_key, wrapped_key_master_key_id,
    wrapped_row_key_master_key_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9::uuid[], $10, $11, $12, $13, $14, $15, $16, $16)`;
const findText = `SELECT ${columns} FROM exports WHERE tenant_id = $1 AND export_id = $2`;
const allText = `SELECT ${columns} FROM exports WHERE tenant_id = $1 ORDER BY asked_at DESC`;
const approveText = `UPDATE exports SET approved_by = $3, opens_at = $4
  WHERE tenant_id = $1 AND export_id = $2 AND approved_by IS NULL`;
const alertText = `INSERT INTO export_alerts (tenant_id, export_id, at, reader, route, trace_id)
  SELECT $1, export_id, $3, $4, $5, $6 FROM exports WHERE tenant_id = $1 AND honey = $2 RETURNING export_id`;

/** @param masterKeyId of the key that wrapped the keys */
export function addExport(tx: Transaction, stored: StoredExport, masterKeyId: string): void {
  const { id, askedBy, agency, askedAt, reason, purpose, classes, caseIds, honey, needsApproval } = stored;
  const who = [tx.context.tenant, id, askedBy, agency, askedAt, reason, purpose];
  const what = [classes, caseIds, honey, needsApproval, stored.opensAt, stored.salt];
  tx.send('export_add', addText, [...who, ...what, stored.wrappedKey, stored.wrappedRowKey, masterKeyId]);
}

export async function findExport(queries: Queryable, id: string): Promise<StoredExport | undefined> {
  const [row] = await queries.query<StoredExport>('export_find', findText, [queries.context.tenant, id]);
  return row;
}

export function allExports(queries: Queryable): Promise<StoredExport[]> {
  return queries.query<StoredExport>('export_all', allText, [queries.context.tenant]);
}

/** Of two who agree at once, the first counts. */
export function approveExport(tx: Transaction, id: string, { by, at }: { by: string; at: Instant }): void {
  tx.send('export_approve', approveText, [tx.context.tenant, id, by, at]);
}

export interface LookUp {
  readonly reader: string;
  readonly route: string;
  readonly traceId: string;
  readonly at: Instant;
}

/** Raises an alert if the id is bait. @returns whether it is */
export async function alertIfHoney(
  tx: Transaction,
  id: string,
  { at, reader, route, traceId }: LookUp,
): Promise<boolean> {
  const values = [tx.context.tenant, id, at, reader, route, traceId];
  return (await tx.query('export_alert', alertText, values)).length > 0;
}
