import type { Instant } from '#libs/calendar';
import type { Queryable, Transaction } from '#libs/database';

/** One field that was changed. What is sealed is told by its name alone. */
export interface FieldChange {
  field: string;
  before?: unknown;
  after?: unknown;
}

/** Who changed what in an entry, and when. */
export interface DirectoryChange {
  version: number;
  changedAt: Instant;
  changedBy: string;
  changes: FieldChange[];
}

/** Fields that differ, in the order of their names. Clear values are told; of sealed ones only that they changed. */
export function changesBetween(before: object, after: object, sealed = ''): FieldChange[] {
  const [left, right] = [before, after].map((each) => new Map(Object.entries(each) as [string, unknown][])) as [
    Map<string, unknown>,
    Map<string, unknown>,
  ];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((field) => JSON.stringify(left.get(field)) !== JSON.stringify(right.get(field)))
    .toSorted()
    .map((field) => {
      if (sealed !== '') return { field: `${sealed}.${field}` };
      return { field, ...(left.has(field) ? { before: left.get(field) } : {}), after: right.get(field) };
    });
}

export interface Trace {
  subject: 'service' | 'carer';
  id: string;
  version: number;
  at: Instant;
  by: string;
}

/** The history is a table of its own, which the program can add to and never change. */
export function keepChanges(tx: Transaction, { subject, id, version, at, by }: Trace, changes: FieldChange[]): void {
  tx.send(
    'directory_trace',
    `INSERT INTO directory_changes (tenant_id, subject_id, version, subject, changed_at, changed_by, changes)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.context.tenant, id, version, subject, at, by, JSON.stringify(changes)],
  );
}

/** The history of one entry, oldest first; empty where there is no such entry. */
export async function changesOf(queries: Queryable, subject: Trace['subject'], id: string): Promise<DirectoryChange[]> {
  const rows = await queries.query<{ version: number; changed_at: string; changed_by: string; changes: FieldChange[] }>(
    'directory_changes',
    `SELECT version, changed_at, changed_by, changes FROM directory_changes
     WHERE tenant_id = $1 AND subject_id = $2 AND subject = $3 ORDER BY version`,
    [queries.context.tenant, id, subject],
  );
  return rows.map((row) => ({
    version: row.version,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
    changes: row.changes,
  }));
}
