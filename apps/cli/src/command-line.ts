import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '#libs/configuration';
import { addCheckpoint } from './commands/checkpoint.js';
import { addConnectors } from './commands/connectors.js';
import { addDemonstration } from './commands/demonstration.js';
import { addErase } from './commands/erase.js';
import { addExchange } from './commands/exchange.js';
import { addAccess } from './commands/access.js';
import { addExports } from './commands/exports.js';
import { addIndex } from './commands/person-index.js';
import { addKeys } from './commands/keys.js';
import { addMigrate } from './commands/migrate.js';
import { addPathways } from './commands/pathways.js';
import { addReplay } from './commands/replay.js';
import { addRoster } from './commands/roster.js';
import { addSimulate } from './commands/simulate.js';
import { addStaff } from './commands/staff.js';
import { addStart } from './commands/start.js';
import { addVerify } from './commands/verify.js';
import { addWebhooks } from './commands/webhooks.js';
import { exitCodes, WrongCall } from './exit-codes.js';

/** Every command adds itself; it sets `process.exitCode` when its answer is not "done". */
const commands: readonly ((program: Command) => void)[] = [
  addStart,
  addStaff,
  addMigrate,
  addAccess,
  addPathways,
  addExchange,
  addConnectors,
  addExports,
  addRoster,
  addVerify,
  addCheckpoint,
  addReplay,
  addKeys,
  addIndex,
  addErase,
  addDemonstration,
  addSimulate,
  addWebhooks,
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
