import { readText, splitList, type Cell } from './cells.js';
import { FileRefused } from './errors.js';
import type { FieldLayout, Layout } from './layouts.js';
import { RECORD } from './lines.js';

/** Rows of cells, the header first. */
export type Table = AsyncIterable<readonly Cell[]>;

interface Column {
  readonly name: string;
  /** Of a row of the list, not of the record. */
  readonly inRow: boolean;
  readonly layout: FieldLayout;
}

interface Pending {
  readonly mark: Cell;
  readonly line: number;
  readonly fields: Record<string, unknown>;
  readonly rows: Record<string, unknown>[];
}

/** Columns that we don't write ourselves are text; what reads the record then decides what they mean. */
const unknown: FieldLayout = { kind: 'text', blank: 'absent' };

/**
 * Records out of a table, one at a time. Lines of one record stand together; without a column that numbers the records,
 * each line is one.
 *
 * @throws FileRefused
 */
export async function* recordsFromLines(layout: Layout, table: Table): AsyncGenerator<Record<string, unknown>> {
  let columns: (Column | undefined)[] | undefined;
  let markAt = -1;
  let pending: Pending | undefined;
  const ended = new Set<Cell>();
  let line = 0;
  for await (const cells of table) {
    line += 1;
    if (columns === undefined) {
      columns = columnsOf(layout, cells);
      markAt = cells.findIndex((cell) => cell === RECORD);
      continue;
    }
    if (cells.every((cell) => isBlank(cell))) continue;
    if (cells.length > columns.length) throw new FileRefused(`line ${line}: more cells than columns`);
    const mark = markAt < 0 ? line : cells[markAt];
    if (isBlank(mark)) throw new FileRefused(`line ${line}, ${RECORD}: empty`);
    if (pending !== undefined && String(pending.mark) !== String(mark)) {
      ended.add(String(pending.mark));
      yield finished(layout, pending);
      pending = undefined;
    }
    if (ended.has(String(mark)))
      throw new FileRefused(`line ${line}, ${RECORD}: apart from the other lines of its record`);
    pending = taken(pending ?? { mark, line, fields: {}, rows: [] }, columns, cells, line);
  }
  if (columns === undefined) throw new FileRefused('line 1: there is no header');
  if (pending !== undefined) yield finished(layout, pending);
}

function columnsOf(layout: Layout, header: readonly Cell[]): (Column | undefined)[] {
  const names = header.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const twice = names.findIndex((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice >= 0) throw new FileRefused(`line 1: column ${twice + 1} has the name of another`);
  const known = names.some((name) => Object.hasOwn(layout.record, name));
  if (!known) throw new FileRefused('line 1: no column of that system');
  const prefix = `${layout.rows}/`;
  return names.map((column) => {
    if (column === '' || column === RECORD) return undefined;
    const inRow = column.startsWith(prefix);
    const name = inRow ? column.slice(prefix.length) : column;
    const fields = inRow ? layout.row : layout.record;
    return { name, inRow, layout: (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? unknown };
  });
}

function taken(
  pending: Pending,
  columns: readonly (Column | undefined)[],
  cells: readonly Cell[],
  line: number,
): Pending {
  const row: Record<string, unknown> = {};
  columns.forEach((column, index) => {
    const cell = cells[index];
    if (column === undefined || isBlank(cell)) return;
    const value = valueOf(column.layout, cell);
    if (column.inRow) {
      row[column.name] = value;
      return;
    }
    const before = pending.fields[column.name];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) {
      throw new FileRefused(`line ${line}, ${column.name}: another value than in the first line of its record`);
    }
    pending.fields[column.name] = value;
  });
  if (Object.keys(row).length > 0) pending.rows.push(row);
  return pending;
}

/** With what empty cells stand for. Fields come in the order of the columns, so that the same record is the same text. */
const finished = (layout: Layout, { fields, rows }: Pending): Record<string, unknown> => ({
  ...withBlanks(layout.record, fields),
  [layout.rows]: rows.map((row) => withBlanks(layout.row, row)),
});

function withBlanks(columns: Layout['record'], fields: Record<string, unknown>): Record<string, unknown> {
  const blanks = Object.entries(columns).flatMap(([name, { blank }]) =>
    blank === 'absent' || name in fields ? [] : [[name, blank === 'empty' ? '' : []] as const],
  );
  return { ...fields, ...Object.fromEntries(blanks) };
}

const isBlank = (cell: Cell): boolean => cell === undefined || cell === '';

/** What can't be read as its kind stays text: whoever reads the record then names the field. */
function valueOf({ kind }: FieldLayout, cell: Cell): unknown {
  const text = typeof cell === 'string' ? readText(cell) : String(cell);
  switch (kind) {
    case 'number':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case 'number_or_text':
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case 'flag':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'list':
      return splitList(text);
    case 'day':
      return typeof cell === 'number' ? dayOf(cell) : text;
    default:
      return text;
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** A spreadsheet counts days, the first of which it puts at the end of 1899. */
const dayOf = (count: number): string =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(count) * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
