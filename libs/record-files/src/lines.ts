import { harmlessText, joinedList, type Cell } from './cells.js';
import { RecordDoesNotFit } from './errors.js';
import type { FieldLayout, Layout } from './layouts.js';

type Fields = Readonly<Record<string, unknown>>;

/** The column that says which lines belong together: a line for each service, the first one with the record's own fields. */
export const RECORD = 'record';

/** Names of all columns, in their order. */
export const headerOf = ({ record, rows, row }: Layout): string[] => [
  RECORD,
  ...Object.keys(record),
  ...Object.keys(row).map((name) => `${rows}/${name}`),
];

/**
 * The lines of one record.
 *
 * @throws RecordDoesNotFit for a field that has no column: nothing is left out in silence
 */
export function linesOf(layout: Layout, record: Fields, number: number): Cell[][] {
  const { [layout.rows]: list, ...fields } = record;
  const rows = Array.isArray(list) ? (list as Fields[]) : [];
  const own = cellsOf(layout.record, fields, '');
  const none = own.map(() => undefined);
  const lines = rows.length === 0 ? [{}] : rows;
  return lines.map((row, index) => [
    number,
    ...(index === 0 ? own : none),
    ...cellsOf(layout.row, row, `${layout.rows}/`, rows.length === 0),
  ]);
}

function cellsOf(columns: Layout['record'], fields: Fields, path: string, isEmpty = false): Cell[] {
  const homeless = Object.keys(fields).find((name) => !Object.hasOwn(columns, name));
  if (homeless !== undefined) throw new RecordDoesNotFit(`${path}${homeless}: there is no column for it`);
  return Object.entries(columns).map(([name, column]) => (isEmpty ? undefined : cellOf(column, fields[name])));
}

function cellOf({ kind }: FieldLayout, value: unknown): Cell {
  if (value === undefined || value === null || value === '') return undefined;
  if (kind === 'list' && Array.isArray(value)) {
    return value.length === 0 ? undefined : harmlessText(joinedList(value as string[]));
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return harmlessText(value);
  throw new RecordDoesNotFit('a value that is no text, number or flag');
}
