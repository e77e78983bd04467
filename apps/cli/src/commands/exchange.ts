import { writeFile } from 'node:fs/promises';
import { Argument, Option, type Command } from 'commander';
import type { ForeignSystem } from '#libs/cases';
import { exportRecords, UnknownCase } from '#libs/record-exchange';
import type { FileFormat } from '#libs/record-files';
import { WrongCall } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';
import { exportToFile, formats, openRecordFile, tellFailed, tellWithheld } from './record-file.js';

const systems = ['primero', 'oscar'];
const system = () => new Argument('<system>', 'whose records').choices(systems);
/** What can be written besides records of cases: a table that gives no child away. */
const UNMET_NEEDS = 'unmet-needs';

export function addExchange(program: Command): void {
  program
    .command('import')
    .description('takes in records of Primero or OSCaR, from JSON or from a table; prints a summary as JSON')
    .addArgument(system())
    .argument('<file>', 'JSON: one record, a list, or their API envelope; or a table in .csv or .xlsx')
    .action(importFile);
  program
    .command('export')
    .description('writes cases in the shape of Primero or OSCaR, or unmet needs by district and service: {"data": […]}')
    .addArgument(new Argument('<what>', 'whose records, or which table').choices([...systems, UNMET_NEEDS]))
    .option('--case <id>', 'only this case: our id, its code, or an id of the other system')
    .option('--out <file>', 'write there instead of to standard output')
    .addOption(
      new Option(
        '--format <format>',
        'a file for an agency without a connection; beside it, a manifest with its checksum',
      ).choices(formats),
    )
    .action((what: ForeignSystem | typeof UNMET_NEEDS, options: ExportOptions) =>
      what === UNMET_NEEDS ? exportUnmetNeeds(options) : exportFile(what, options),
    );
}

interface ExportOptions {
  case?: string;
  out?: string;
  format?: FileFormat;
}

async function importFile(from: ForeignSystem, file: string): Promise<void> {
  const takeIn = await openRecordFile(from, file);
  const { summary, still } = await withSpean(takeIn);
  for (const { index, reason } of still) {
    process.stderr.write(`record ${index} is still in quarantine: ${reason}\n`);
  }
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}

async function exportFile(to: ForeignSystem, { case: id, out, format }: ExportOptions): Promise<void> {
  if (format !== undefined) return exportTable(to, format, out, id);
  const { data, withheld, failed } = await withSpean((spean) => exportRecords(spean, to, id)).catch(wrongCase);
  tellFailed({ failed });
  tellWithheld(withheld, to);
  await write({ data }, out);
}

async function exportTable(
  system: ForeignSystem,
  format: FileFormat,
  path: string | undefined,
  caseId: string | undefined,
): Promise<void> {
  if (path === undefined) throw new WrongCall('--format needs --out: a manifest is written beside the file');
  await withSpean((spean) => exportToFile(spean, { system, format, path, caseId })).catch(wrongCase);
}

/** One row a number: of the country, of a province, of a district. What could give a child away is null. */
async function exportUnmetNeeds({ case: id, out, format }: ExportOptions): Promise<void> {
  if (format !== undefined) throw new WrongCall('unmet needs are written as JSON');
  if (id !== undefined) throw new WrongCall('unmet needs are counted over all cases');
  const { meaning, services } = await withSpean(({ reports }) => reports.unmetNeeds());
  const data = services.flatMap(({ service, children, provinces, districts }) => [
    { service, province: null, district: null, children },
    ...provinces.map((each) => ({ service, province: each.province, district: null, children: each.children })),
    ...districts.map((each) => ({
      service,
      province: each.province,
      district: each.district,
      children: each.children,
    })),
  ]);
  await write({ meaning, data }, out);
}

async function write(result: object, out: string | undefined): Promise<void> {
  const text = `${JSON.stringify(result)}\n`;
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text, { mode: 0o600 });
}

function wrongCase(error: unknown): never {
  throw error instanceof UnknownCase ? new WrongCall(error.message) : error;
}
