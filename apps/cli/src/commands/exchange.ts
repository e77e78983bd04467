import { readFile, writeFile } from 'node:fs/promises';
import { Argument, type Command } from 'commander';
import type { ForeignSystem } from '#libs/cases';
import { exportRecords, importRecords } from '#libs/record-exchange';
import { withSpean } from '../with-spean.js';

const system = () => new Argument('<system>', 'whose records').choices(['primero', 'oscar']);

export function addExchange(program: Command): void {
  program
    .command('import')
    .description('takes in records of Primero or OSCaR: one, a list, or their API envelope; prints a summary as JSON')
    .addArgument(system())
    .argument('<file>', 'JSON file')
    .action(importFile);
  program
    .command('export')
    .description('writes cases in the shape of Primero or OSCaR: {"data": […]}')
    .addArgument(system())
    .option('--case <id>', 'only this case: our id, its code, or an id of the other system')
    .option('--out <file>', 'write there instead of to standard output')
    .action(exportFile);
}

async function importFile(from: ForeignSystem, file: string): Promise<void> {
  const json = parse(await readFile(file, 'utf8'));
  const { summary, still } = await withSpean((spean) => importRecords(spean, from, json));
  for (const { index, reason } of still) {
    process.stderr.write(`record ${index} is still in quarantine: ${reason}\n`);
  }
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}

async function exportFile(to: ForeignSystem, { case: id, out }: { case?: string; out?: string }): Promise<void> {
  const { data, withheld } = await withSpean((spean) => exportRecords(spean, to, id));
  if (withheld > 0) {
    process.stderr.write(`${withheld} cases were left out: they hold no consent to share with ${to}\n`);
  }
  const text = `${JSON.stringify({ data })}\n`;
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text, { mode: 0o600 });
}

/** The parser's own message would quote the file, and with it a child's data. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('the file is not JSON');
  }
}
