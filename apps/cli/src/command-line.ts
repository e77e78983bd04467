import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '#libs/configuration';
import { addDemonstration } from './commands/demonstration.js';
import { addErase } from './commands/erase.js';
import { addExchange } from './commands/exchange.js';
import { addIndex } from './commands/person-index.js';
import { addKeys } from './commands/keys.js';
import { addLog } from './commands/log.js';
import { addMigrate } from './commands/migrate.js';
import { addPathways } from './commands/pathways.js';
import { addRoster } from './commands/roster.js';
import { addSimulate } from './commands/simulate.js';
import { addStart } from './commands/start.js';
import { exitCodes, WrongCall } from './exit-codes.js';

/** Every command adds itself; it sets `process.exitCode` when its answer is not "done". */
const commands: readonly ((program: Command) => void)[] = [
  addStart,
  addMigrate,
  addPathways,
  addExchange,
  addRoster,
  addLog,
  addKeys,
  addIndex,
  addErase,
  addDemonstration,
  addSimulate,
];

/** Runs one command line and answers the exit code. Results go to standard output, messages to standard error. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const program = new Command('spean')
    .description('Case referral for children at risk: the commands of an operator')
    .exitOverride() // this and the next are inherited by the commands, so they come first
    .allowExcessArguments(false)
    .configureOutput({ writeOut: (text) => process.stderr.write(text) });
  for (const add of commands) add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongCall; // it has told the person already
  }
  process.stderr.write(`${error instanceof Error ? messages(error) : String(error)}\n`);
  return error instanceof ConfigurationError || error instanceof WrongCall ? exitCodes.wrongCall : exitCodes.checkFails;
}

/** The message and those of its causes. No stack: it helps nobody at a terminal, and says where the files are. */
function messages(error: Error): string {
  return error.cause instanceof Error ? `${error.message}\n  ${messages(error.cause)}` : error.message;
}
