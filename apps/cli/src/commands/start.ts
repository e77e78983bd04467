import type { Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import { start } from '../start/start.js';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('runs the whole of Spean on this machine until Ctrl-C')
    .action(async () => {
      process.exitCode = await start(readConfiguration(process.env));
    });
}
