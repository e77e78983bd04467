import { caseEventOf, facilityEventOf, personEventOf, upcast } from '#libs/case-log';
import {
  evolve,
  evolveFacility,
  evolvePerson,
  noCase,
  noFacility,
  noPerson,
  type CaseState,
  type FacilityState,
  type PersonState,
} from '#libs/cases';
import type { Database, DatabaseContext, Queryable, Transaction } from '#libs/database';
import { load, type StoredEvent } from '#libs/event-store';
import type { PathwayRegistry } from '#libs/pathway-files';
import { evolvePathway, noHistory, pathwayCategory, pathwayEventOf } from '#libs/pathway-versions';
import { caseRows, caseTables } from './case-rows.js';
import { escalationRows, escalationTable } from './deadline-rows.js';
import { facilityRows, facilityTables, historyRows, historyTable } from './facilities/rows.js';
import { pathwayVersionRows, pathwayVersionTable } from './pathway-rows.js';
import { personRow, personTable } from './person-rows.js';
import { putRows, type Table } from './table.js';

/** A place where a read model says something else than the log. Only clear columns are ever compared. */
export interface Difference {
  table: string;
  stream: string;
  key: string;
  column: string;
  live: unknown;
  log: unknown;
}

export interface ReplayParts {
  database: Database;
  context: DatabaseContext;
  pathways: PathwayRegistry;
}

interface StreamId {
  stream_id: string;
  category: string;
}

type AnyTable = Table<Record<string, unknown>>;
type Rows = [AnyTable, Record<string, unknown>[]][];

const BATCH = 200;

/** Rebuilds every inline read model from the log, stream by stream, each in one transaction. Returns how many streams. */
export async function replay(parts: ReplayParts): Promise<number> {
  // What a case looks like depends on its version of the pathway, so versions come first.
  const versions = await rebuild(parts, pathwayStreams(parts));
  await parts.pathways.refresh();
  return versions + (await rebuild(parts, otherStreams(parts)));
}

async function rebuild({ database, context, pathways }: ReplayParts, all: AsyncGenerator<StreamId>): Promise<number> {
  let streams = 0;
  for await (const { stream_id: id, category } of all) {
    await database.unitOfWork.run(context, async (tx) => {
      // Holding the stream's row keeps a command from writing between reading the log and putting the rows.
      await tx.query('replay_lock', 'SELECT FROM streams WHERE tenant_id = $1 AND stream_id = $2 FOR UPDATE', [
        tx.context.tenant,
        id,
      ]);
      const rows = rowsOf(id, category, await load(tx, id, { upcast }), pathways);
      for (const [table, expected] of rows) {
        clear(tx, table, id);
        putRows(tx, table, expected);
      }
    });
    streams += 1;
  }
  return streams;
}

/** Compares every inline read model with a replay of the log (what must always hold, 8). */
export async function* differences(parts: ReplayParts): AsyncGenerator<Difference> {
  yield* differencesIn(parts, pathwayStreams(parts));
  await parts.pathways.refresh();
  yield* differencesIn(parts, otherStreams(parts));
}

async function* differencesIn(
  { database, context, pathways }: ReplayParts,
  all: AsyncGenerator<StreamId>,
): AsyncGenerator<Difference> {
  for await (const { stream_id: id, category } of all) {
    const found = await database.read(context, async (queries) => {
      const rows = rowsOf(id, category, await load(queries, id, { upcast }), pathways);
      const compared = await Promise.all(
        rows.map(async ([table, expected]) => compare(table, id, await liveRows(queries, table, id), expected)),
      );
      return compared.flat();
    });
    yield* found;
  }
}

function rowsOf(id: string, category: string, stored: StoredEvent[], pathways: PathwayRegistry): Rows {
  switch (category) {
    case 'person':
      return rowsOfPerson(id, stored);
    case 'facility':
      return rowsOfFacility(id, stored);
    case pathwayCategory:
      return rowsOfPathway(id, stored);
    default:
      return rowsOfCase(id, stored, pathways);
  }
}

function rowsOfPerson(id: string, stored: StoredEvent[]): Rows {
  const state = stored.map((event) => personEventOf(event)).reduce<PersonState>(evolvePerson, noPerson);
  const row = personRow(id, state);
  return [rowsIn(personTable, row === undefined ? [] : [row])];
}

function rowsOfFacility(id: string, stored: StoredEvent[]): Rows {
  const recorded = stored.map(facilityEventOf);
  const rows = facilityRows(id, recorded.reduce<FacilityState>(evolveFacility, noFacility));
  const events = recorded.map(({ event }) => event);
  return [
    rowsIn(facilityTables.facility_summary, rows.facility_summary),
    rowsIn(facilityTables.deadlines, rows.deadlines),
    rowsIn(historyTable, historyRows(id, noFacility, recorded)),
    rowsIn(escalationTable, escalationRows(id, 0, events)),
  ];
}

function rowsOfPathway(id: string, stored: StoredEvent[]): Rows {
  const history = stored.map(pathwayEventOf).reduce(evolvePathway, noHistory);
  return [rowsIn(pathwayVersionTable, pathwayVersionRows(id, history))];
}

function rowsOfCase(id: string, stored: StoredEvent[], pathways: PathwayRegistry): Rows {
  const recorded = stored.map(caseEventOf);
  const state = recorded.reduce<CaseState>(evolve, noCase);
  const key = state.status === 'known' ? state.enrolment?.pathway : undefined;
  const rows = caseRows(id, state, key === undefined ? undefined : pathways.find(key));
  const events = recorded.map(({ event }) => event);
  return [
    ...(Object.keys(caseTables) as (keyof typeof caseTables)[]).map((name) =>
      rowsIn(caseTables[name] as unknown as AnyTable, rows[name]),
    ),
    rowsIn(escalationTable, escalationRows(id, 0, events)),
  ];
}

function rowsIn<Row extends object>(table: Table<Row>, rows: readonly object[]): Rows[number] {
  return [table as unknown as AnyTable, rows.map((row) => ({ ...row }))];
}

function clear(tx: Transaction, { name }: AnyTable, id: string): void {
  tx.send(`replay_clear_${name}`, `DELETE FROM ${name} WHERE tenant_id = $1 AND stream_id = $2`, [
    tx.context.tenant,
    id,
  ]);
}

function liveRows(queries: Queryable, { name, columns }: AnyTable, id: string): Promise<Record<string, unknown>[]> {
  return queries.query(
    `replay_live_${name}`,
    `SELECT ${columns.join(', ')} FROM ${name} WHERE tenant_id = $1 AND stream_id = $2`,
    [queries.context.tenant, id],
  );
}

function compare(
  table: AnyTable,
  stream: string,
  live: Record<string, unknown>[],
  expected: Record<string, unknown>[],
): Difference[] {
  const keyOf = (row: Record<string, unknown>) => table.key.map((column) => String(row[column])).join(' ');
  const left = new Map(live.map((row) => [keyOf(row), row]));
  const right = new Map(expected.map((row) => [keyOf(row), row]));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    table.columns
      .map((column) => ({ column, live: left.get(key)?.[column] ?? null, log: right.get(key)?.[column] ?? null }))
      .filter((each) => JSON.stringify(each.live) !== JSON.stringify(each.log))
      .map((each) => ({ table: table.name, stream, key, ...each })),
  );
}

const pathwayStreams = (parts: ReplayParts): AsyncGenerator<StreamId> => streamsOf(parts, true);
const otherStreams = (parts: ReplayParts): AsyncGenerator<StreamId> => streamsOf(parts, false);

async function* streamsOf({ database, context }: ReplayParts, ofPathways: boolean): AsyncGenerator<StreamId> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const from = after;
    const batch = await database.read(context, (queries) =>
      queries.query<StreamId>(
        'replay_streams',
        `SELECT stream_id, category FROM streams
         WHERE tenant_id = $1 AND stream_id > $2 AND (category = '${pathwayCategory}') = $3 ORDER BY stream_id LIMIT $4`,
        [queries.context.tenant, from, ofPathways, BATCH],
      ),
    );
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined) return;
    after = last.stream_id;
  }
}
