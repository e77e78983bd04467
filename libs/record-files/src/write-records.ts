import type { ForeignSystem } from '#libs/cases';
import type { Cell } from './cells.js';
import { byteOrderMark, csvLine } from './csv.js';
import { RecordDoesNotFit } from './errors.js';
import { layouts } from './layouts.js';
import { headerOf, linesOf } from './lines.js';
import type { FileFormat } from './manifest.js';
import { writeWhole, type Write, type Written } from './sink.js';
import { refuseLongText, writeWorkbook } from './xlsx/write-workbook.js';

type Fields = Readonly<Record<string, unknown>>;

export interface WrittenRecords extends Written {
  readonly records: number;
  readonly services: number;
}

export interface RecordWriting {
  readonly system: ForeignSystem;
  readonly format: FileFormat;
  /** Told of a record that doesn't fit into the file; the others are written. */
  readonly onUnfit: (record: Fields, reason: string) => void;
}

/** Writes records into a new file as they come. There is never more than one of them in memory. */
export async function writeRecords(
  path: string,
  { system, format, onUnfit }: RecordWriting,
  records: AsyncIterable<Fields>,
): Promise<WrittenRecords> {
  const layout = layouts[system];
  const counts = { records: 0, services: 0 };
  const count = (record: Fields): void => {
    const rows = record[layout.rows];
    counts.records += 1;
    counts.services += Array.isArray(rows) ? rows.length : 0;
  };

  async function* lines(): AsyncGenerator<readonly Cell[]> {
    yield headerOf(layout);
    for await (const record of records) {
      const made = fitting(record);
      if (made === undefined) continue;
      count(record);
      yield* made;
    }
  }

  function fitting(record: Fields): Cell[][] | undefined {
    try {
      const made = linesOf(layout, record, counts.records + 1);
      if (format === 'xlsx') made.forEach(refuseLongText);
      return made;
    } catch (error) {
      if (!(error instanceof RecordDoesNotFit)) throw error;
      onUnfit(record, error.message);
      return undefined;
    }
  }

  const written = await writeWhole(path, async (write) => {
    if (format === 'json') return writeJson(write, records, count);
    if (format === 'xlsx') return writeWorkbook(write, system, lines());
    await write(byteOrderMark);
    for await (const cells of lines()) await write(csvLine(cells));
  });
  return { ...written, ...counts };
}

/** The same text as one `JSON.stringify` over all of them. */
async function writeJson(write: Write, records: AsyncIterable<Fields>, count: (record: Fields) => void): Promise<void> {
  let before = '{"data":[';
  for await (const record of records) {
    await write(before + JSON.stringify(record));
    before = ',';
    count(record);
  }
  await write(before === ',' ? ']}\n' : `${before}]}\n`);
}
