import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { layouts, type FieldLayout, type Layout } from './layouts.js';

/** Support for the specs: records as exports hold them, with every kind of text that people write. */
export type Fields = Record<string, unknown>;

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'record-files-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

export const harmful = [
  ...['=1+1', '+855 12 345 678', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "'=1", "''", "'quoted'"],
  ...['=HYPERLINK("http://example.org";"x")', '"=1"', ' =1'],
];

const text = fc.oneof(
  fc.constantFrom(...harmful, 'ស្រីមុំ (Sreymom)', 'a,b;c', 'a "quoted" word', 'two\r\nlines', 'one\n', '\r', ' ', '007'),
  fc.constantFrom(
    '_x000D_',
    '_x005F_',
    'a\u0007b',
    '<b>&amp;</b>',
    '\uFEFFmark',
    'true',
    '12',
    '|',
    '\\|',
    '\u0000',
    '\uFFFE',
  ),
  fc.string({ minLength: 1, unit: 'grapheme', maxLength: 20 }),
  fc.string({ minLength: 1, unit: 'binary', maxLength: 20 }),
);

function valueOf({ kind, blank }: FieldLayout): fc.Arbitrary<unknown> {
  const empty = blank === 'absent' ? [undefined] : blank === 'empty' ? [''] : [[]];
  const filled: Record<FieldLayout['kind'], fc.Arbitrary<unknown>> = {
    text,
    day: fc.oneof(fc.constantFrom('2012-02-03', '2012/02/03'), text),
    number: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    flag: fc.boolean(),
    list: fc.array(text, { minLength: 1, maxLength: 3 }),
    number_or_text: fc.oneof(fc.nat(), fc.constantFrom('cif', 'agency-cif')),
  };
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...empty) }, { weight: 2, arbitrary: filled[kind] });
}

const fieldsOf = (columns: Layout['record']): fc.Arbitrary<Fields> =>
  fc
    .record(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valueOf(column)])))
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));

/** Any record that an export writes: a service says at least which one it is. */
export function recordOf(system: 'primero' | 'oscar'): fc.Arbitrary<Fields> {
  const { record, rows, row } = layouts[system];
  const named = system === 'primero' ? 'unique_id' : 'uuid';
  const services = fc.array(
    fc.tuple(fieldsOf(row), fc.uuid()).map(([fields, id]) => ({ ...fields, [named]: id })),
    { maxLength: 3 },
  );
  const known = system === 'primero' ? 'id' : 'status';
  return fc
    .tuple(fieldsOf(record), services, fc.uuid())
    .map(([fields, list, id]) => ({ ...fields, [known]: id, [rows]: list }));
}
