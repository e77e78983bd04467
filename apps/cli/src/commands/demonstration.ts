import { InvalidArgumentError, Option, type Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import { migrate, withDatabase } from '#libs/database';
import { loadDemonstration, recordSets, writeRecords } from '#libs/demonstration';

export function addDemonstration(program: Command): void {
  const demonstration = program
    .command('demonstration')
    .description('made-up people and cases, to try the program with');
  demonstration
    .command('records')
    .description(
      'writes made-up records of Primero, OSCaR and rosters, with the faults of real ones; prints counts as JSON',
    )
    .addOption(new Option('--set <name>', 'how many children').choices(Object.keys(recordSets)).default('province'))
    .option('--seed <number>', 'the same seed writes the same bytes', wholeNumber, 1)
    .requiredOption('--out <folder>', 'where to write the files')
    .action(records);
  demonstration
    .command('load')
    .description('fills a database that holds no case yet; prints what it made as JSON')
    .option('--seed <number>', 'the same seed gives the same children', wholeNumber, 1)
    .action(load);
}

async function load({ seed }: { seed: number }, command: Command): Promise<void> {
  const configuration = readConfiguration(process.env);
  if (!configuration.demonstration) command.error('made-up cases do not belong among real ones');
  const loaded = await withDatabase(configuration, async ({ migrator, program }) => {
    await migrate(migrator);
    return loadDemonstration({ databaseUrl: program, masterKeys: configuration.masterKeys, seed });
  });
  process.stdout.write(`${JSON.stringify(loaded)}\n`);
}

async function records({ set, seed, out }: { set: keyof typeof recordSets; seed: number; out: string }): Promise<void> {
  process.stdout.write(`${JSON.stringify(await writeRecords(set, seed, out))}\n`);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('expected a whole number');
  return number;
}
