import type { Command } from 'commander';
import { ExportNotOpened, openExport, type ExportFile } from '#libs/exports';
import { exitCodes, WrongCall } from '../exit-codes.js';
import { parsedJson, readText } from '../files.js';
import { withSpean } from '../with-spean.js';

export function addExports(program: Command): void {
  program
    .command('trace-export')
    .description('says which export a leaked row or table came from, who took it out, and when')
    .argument('<file>', 'whatever leaked, as text: a row is enough')
    .action(traceExport);
  program
    .command('open-export')
    .description('decrypts the file of an export to standard output')
    .argument('<file>', 'the file as it was fetched')
    .requiredOption('--passphrase-file <file>', 'file that holds the passphrase')
    .action(openFile);
}

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

async function traceExport(file: string): Promise<void> {
  const rows = [...new Set((await readText(file)).match(ids) ?? [])];
  if (rows.length === 0) throw new WrongCall('there is no id of a row in the file');
  const found = await withSpean(({ exports }) => exports.trace(rows));
  const told = found.map(({ export: { id, askedBy, agency, askedAt, approvedBy, reason }, rows: known }) => ({
    ...{ export: id, askedBy, agency, askedAt, approvedBy, reason, rows: known },
  }));
  process.stdout.write(`${JSON.stringify({ rows: rows.length, exports: told })}\n`);
  if (found.length === 0) process.exitCode = exitCodes.checkFails;
}

async function openFile(file: string, { passphraseFile }: { passphraseFile: string }): Promise<void> {
  const encrypted = parsedJson(await readText(file)) as ExportFile;
  const passphrase = (await readText(passphraseFile)).replace(/\r?\n$/, '');
  try {
    process.stdout.write(await openExport(encrypted, passphrase));
  } catch (error) {
    if (error instanceof ExportNotOpened || error instanceof TypeError)
      throw new WrongCall('the file cannot be opened');
    throw error;
  }
}
