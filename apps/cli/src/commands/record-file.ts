import { access } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { exportInParts, importEach, importRecords, type ExportedPart, type Import } from '#libs/record-exchange';
import {
  checkManifest,
  FileRefused,
  readRecords,
  writeManifest,
  writeRecords,
  type FileFormat,
} from '#libs/record-files';
import { WrongCall } from '../exit-codes.js';
import { parsedJson, readText, unreadable } from '../files.js';

export const formats: readonly FileFormat[] = ['csv', 'xlsx', 'json'];

interface FileExport {
  readonly system: ForeignSystem;
  readonly format: FileFormat;
  readonly path: string;
  readonly caseId: string | undefined;
}

/** Cases between two lines about how far it is. */
const everySoMany = 1000;

/**
 * Writes cases into a file for an agency without a connection, and beside it what the file is. How far it is, and what
 * was left out, goes to standard error.
 *
 * @throws UnknownCase
 */
export async function exportToFile(spean: Spean, { system, format, path, caseId }: FileExport): Promise<void> {
  const left = { withheld: 0, failed: 0 };
  async function* records(): AsyncGenerator<Record<string, unknown>> {
    let told = 0;
    for await (const part of exportInParts(spean, system, caseId)) {
      yield* part.data;
      left.withheld += part.withheld;
      left.failed += part.failed.length;
      tellFailed(part);
      if (part.done - told < everySoMany && part.done < part.total) continue;
      told = part.done;
      process.stderr.write(`${part.done} of ${part.total} cases\n`);
    }
  }
  const onUnfit = (_record: object, reason: string): void => {
    left.failed += 1;
    process.stderr.write(`a record does not fit into the file: ${reason}\n`);
  };
  const written = await writeRecords(path, { system, format, onUnfit }, records());
  tellWithheld(left.withheld, system);
  await writeManifest(path, { system, format, ...written, ...left, at: spean.clock.now() });
}

export function tellFailed({ failed }: Pick<ExportedPart, 'failed'>): void {
  for (const { caseId, reason } of failed) {
    process.stderr.write(`case ${caseId} could not be put into that shape: ${reason}\n`);
  }
}

export function tellWithheld(withheld: number, system: ForeignSystem): void {
  if (withheld === 0) return;
  process.stderr.write(`${withheld} cases were left out: they hold no consent to share with ${system}\n`);
}

/**
 * Looks through a file of records, and answers how to take it in: a table by its ending, anything else as JSON. All of a
 * table is read before any of it is taken in, for a line in the wrong place could be another child's.
 *
 * @throws WrongCall
 */
export async function openRecordFile(system: ForeignSystem, path: string): Promise<(spean: Spean) => Promise<Import>> {
  await access(path).catch(unreadable);
  await checkManifest(path).catch(refused);
  const format = tables[extname(path).toLowerCase()];
  if (format === undefined) {
    const json = parsedJson(await readText(path));
    return (spean) => importRecords(spean, system, json);
  }
  await readThrough(readRecords(path, system, format)).catch(refused);
  return (spean) => importEach(spean, system, readRecords(path, system, format));
}

const tables: Readonly<Record<string, 'csv' | 'xlsx'>> = { '.csv': 'csv', '.xlsx': 'xlsx' };

async function readThrough(records: AsyncGenerator): Promise<void> {
  while ((await records.next()).done !== true) continue;
}

function refused(error: unknown): never {
  throw error instanceof FileRefused ? new WrongCall(error.message) : error;
}
