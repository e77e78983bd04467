import type { CaseEvent, CaseState, PersonState } from '#libs/cases';
import type { Transaction } from '#libs/database';
import type { Pathway } from '#libs/pathways';
import { caseRows, caseTables, escalationRow, escalationTable, type CaseRows } from './case-rows.js';
import { personRow, personTable } from './person-rows.js';
import { dropRows, putRows, type Table } from './table.js';

/** A case before and after a command, with the events in between. */
export interface CaseChange {
  id: string;
  before: CaseState;
  after: CaseState;
  events: readonly CaseEvent[];
  /** The definition that a case is pinned to. */
  pathway: (key: string) => Pathway;
}

/** Brings every inline read model of the case level with its new state: only rows that changed are written. */
export function writeCase(tx: Transaction, change: CaseChange): void {
  const before = rowsOf(change, change.before);
  const after = rowsOf(change, change.after);
  for (const name of Object.keys(caseTables) as (keyof CaseRows)[]) {
    const table = caseTables[name] as unknown as Table<Row>;
    putRows(tx, table, changedRows(before[name], after[name]));
    dropRows(tx, table, goneRows(table, before[name], after[name]));
  }
  writeEscalations(tx, change);
  oweNotices(tx, change);
}

export function writePerson(tx: Transaction, id: string, state: PersonState): void {
  const row = personRow(id, state);
  if (row !== undefined) putRows(tx, personTable, [row]);
}

type Row = Record<string, unknown>;

function rowsOf({ id, pathway }: CaseChange, state: CaseState): Record<keyof CaseRows, Row[]> {
  const key = state.status === 'known' ? state.enrolment?.pathway : undefined;
  const rows = caseRows(id, state, key === undefined ? undefined : pathway(key));
  return rows as unknown as Record<keyof CaseRows, Row[]>;
}

function changedRows(before: readonly Row[], after: readonly Row[]): Row[] {
  const known = new Set(before.map((row) => JSON.stringify(row)));
  return after.filter((row) => !known.has(JSON.stringify(row)));
}

/** What no longer holds is no row any more: a list that the case is off again. */
function goneRows({ key }: Table<Row>, before: readonly Row[], after: readonly Row[]): Row[] {
  const keyOf = (row: Row): string => JSON.stringify(key.map((column) => row[column]));
  const still = new Set(after.map(keyOf));
  return before.filter((row) => !still.has(keyOf(row)));
}

/** A plain insert: UNIQUE (deadline, rung) is what makes each rung happen once, whoever fires it. */
function writeEscalations(tx: Transaction, { id, before, events }: CaseChange): void {
  const rows = events.flatMap((event, index) =>
    event.type === 'EscalationRaised' ? [escalationRow(id, before.version + index + 1, event)] : [],
  );
  if (rows.length === 0) return;
  const columns = escalationTable.columns.join(', ');
  tx.send(
    'add_escalations',
    `INSERT INTO escalations (tenant_id, ${columns})
     SELECT tenant_id, ${columns} FROM json_populate_recordset(null::escalations, $1)`,
    [JSON.stringify(rows.map((row) => ({ tenant_id: tx.context.tenant, ...row })))],
  );
}

/** What somebody must hear of: rungs that were reached, and alerts. */
function oweNotices(tx: Transaction, { id, before, events }: CaseChange): void {
  const owed = events.flatMap(({ type, occurredAt }, index) =>
    type === 'EscalationRaised' || type === 'AlertRaised'
      ? [{ version: before.version + index + 1, raised_at: occurredAt }]
      : [],
  );
  if (owed.length === 0) return;
  tx.send(
    'owe_notifications',
    `INSERT INTO outbox (tenant_id, stream_id, version, kind, created_at, next_try_at)
     SELECT $1, $2, version, 'notification', raised_at, raised_at
     FROM json_to_recordset($3) AS owed(version int, raised_at timestamptz)`,
    [tx.context.tenant, id, JSON.stringify(owed)],
  );
}
