import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { ForeignSystem } from '#libs/cases';
import type { Cell } from './cells.js';
import { csvRows } from './csv.js';
import { FileRefused } from './errors.js';
import { layouts } from './layouts.js';
import { recordsFromLines } from './records-from-lines.js';
import { workbookRows } from './xlsx/read-workbook.js';

/** A workbook has its directory at its end and is read whole; this is far more than a province's children. */
const largestWorkbook = 64 * 1024 * 1024;

/**
 * The records of a table that was written by `writeRecords`, or by hand with the same names of columns. A CSV file is
 * read as it comes, a workbook whole.
 *
 * @throws FileRefused
 */
export function readRecords(
  path: string,
  system: ForeignSystem,
  format: 'csv' | 'xlsx',
): AsyncGenerator<Record<string, unknown>> {
  const rows = format === 'csv' ? csvRows(createReadStream(path, 'utf8') as AsyncIterable<string>) : workbook(path);
  return recordsFromLines(layouts[system], rows);
}

async function* workbook(path: string): AsyncGenerator<Cell[]> {
  const { size } = await stat(path);
  if (size > largestWorkbook) throw new FileRefused('the workbook is larger than 64 megabytes');
  yield* workbookRows(await readFile(path));
}
