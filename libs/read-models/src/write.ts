import type { CaseEvent, CaseState, FacilityEvent, FacilityState, PersonState, Recorded } from '#libs/cases';
import type { Transaction } from '#libs/database';
import type { PathwayHistory } from '#libs/pathway-versions';
import type { Pathway } from '#libs/pathways';
import { caseRows, caseTables, type CaseRows } from './case-rows.js';
import { escalationRows, escalationTable, type EscalationRow } from './deadline-rows.js';
import { facilityRows, facilityTables, historyRows, historyTable } from './facilities/rows.js';
import { pathwayVersionRows, pathwayVersionTable } from './pathway-rows.js';
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
  const { id, before, events } = change;
  const [left, right] = [rowsOf(change, before), rowsOf(change, change.after)];
  for (const name of Object.keys(caseTables) as (keyof CaseRows)[]) {
    putChanged(tx, caseTables[name] as unknown as Table<Row>, left[name], right[name]);
  }
  writeEscalations(tx, id, before.version, events);
}

/** A facility before and after a command, with the events in between as they are recorded. */
export interface FacilityChange {
  id: string;
  before: FacilityState;
  after: FacilityState;
  recorded: readonly Recorded<FacilityEvent>[];
}

export function writeFacility(tx: Transaction, { id, before, after, recorded }: FacilityChange): void {
  const [left, right] = [facilityRows(id, before), facilityRows(id, after)];
  putChanged(tx, facilityTables.facility_summary, left.facility_summary, right.facility_summary);
  putChanged(tx, facilityTables.deadlines, left.deadlines, right.deadlines);
  putRows(tx, historyTable, historyRows(id, before, recorded));
  const events = recorded.map(({ event }) => event);
  writeEscalations(tx, id, before.version, events);
}

export function writePerson(tx: Transaction, id: string, state: PersonState): void {
  const row = personRow(id, state);
  if (row !== undefined) putRows(tx, personTable, [row]);
}

/** Writes what is known of the versions of a pathway. */
export function writePathway(tx: Transaction, id: string, history: PathwayHistory): void {
  putRows(tx, pathwayVersionTable, pathwayVersionRows(id, history));
}

type Row = Record<string, unknown>;

function rowsOf({ id, pathway }: CaseChange, state: CaseState): Record<keyof CaseRows, Row[]> {
  const key = state.status === 'known' ? state.enrolment?.pathway : undefined;
  const rows = caseRows(id, state, key === undefined ? undefined : pathway(key));
  return rows as unknown as Record<keyof CaseRows, Row[]>;
}

function putChanged<Row extends object>(
  tx: Transaction,
  table: Table<Row>,
  before: readonly Row[],
  after: readonly Row[],
): void {
  const known = new Set(before.map((row) => JSON.stringify(row)));
  putRows(
    tx,
    table,
    after.filter((row) => !known.has(JSON.stringify(row))),
  );
  dropRows(tx, table, goneRows(table, before, after));
}

/** What no longer holds is no row any more: a list that the case is off again. */
function goneRows<Row extends object>({ key }: Table<Row>, before: readonly Row[], after: readonly Row[]): Row[] {
  const keyOf = (row: Row): string => JSON.stringify(key.map((column) => row[column]));
  const still = new Set(after.map(keyOf));
  return before.filter((row) => !still.has(keyOf(row)));
}

/** Rungs that were reached, and whatever else somebody must hear of. */
function writeEscalations(
  tx: Transaction,
  id: string,
  before: number,
  events: readonly { type: string; occurredAt: string }[],
): void {
  addEscalations(tx, escalationRows(id, before, events));
  oweNotices(tx, id, before, events);
}

/** A plain insert: UNIQUE (deadline, rung) is what makes each rung happen once, whoever fires it. */
function addEscalations(tx: Transaction, rows: readonly EscalationRow[]): void {
  if (rows.length === 0) return;
  const columns = escalationTable.columns.join(', ');
  tx.send(
    'add_escalations',
    `INSERT INTO escalations (tenant_id, ${columns})
     SELECT tenant_id, ${columns} FROM json_populate_recordset(null::escalations, $1)`,
    [JSON.stringify(rows.map((row) => ({ tenant_id: tx.context.tenant, ...row })))],
  );
}

function oweNotices(
  tx: Transaction,
  id: string,
  before: number,
  events: readonly { type: string; occurredAt: string }[],
): void {
  const owed = events.flatMap(({ type, occurredAt }, index) =>
    type === 'EscalationRaised' || type === 'AlertRaised'
      ? [{ version: before + index + 1, raised_at: occurredAt }]
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
