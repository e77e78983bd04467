import type { Command } from 'commander';
import type { Actor } from '#libs/cases';
import { BrokenCsv, importRoster, rowsOfCsv } from '#libs/facilities';
import { WrongCall } from '../exit-codes.js';
import { parsedJson, readText } from '../files.js';
import { withSpean } from '../with-spean.js';

export function addRoster(program: Command): void {
  program
    .command('roster')
    .description('rosters of facilities')
    .command('import')
    .description('takes in the children on a roster, CSV with a header or a JSON list; prints a summary as JSON')
    .argument('<file>', 'one row a child: facility, rosterNumber, names, sex, birthDate, and facts of the pathway')
    .option('--facility <code>', 'the facility whose roster it is, where the rows do not name theirs')
    .action(importFile);
}

/** Whoever runs the command line acts for the program. */
const operator: Actor = { id: 'roster-import', roles: ['INTEGRATION'], agency: 'spean' };

async function importFile(file: string, { facility }: { facility?: string }): Promise<void> {
  const rows = rowsIn(await readText(file));
  const summary = await withSpean((spean) =>
    importRoster(spean, rows, { actor: operator, ...(facility === undefined ? {} : { facility }) }),
  );
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}

function rowsIn(text: string): unknown[] {
  if (/^\s*[[{]/u.test(text)) {
    const rows = parsedJson(text);
    if (!Array.isArray(rows)) throw new WrongCall('the file holds no list');
    return rows;
  }
  try {
    return rowsOfCsv(text);
  } catch (error) {
    throw error instanceof BrokenCsv ? new WrongCall(error.message) : error;
  }
}
