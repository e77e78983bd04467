import type { Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import { start } from '../start/start.js';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('runs the whole of Spean on this machine until Ctrl-C')
    .option('--partners', 'also runs stand-ins for a Primero and an OSCaR, with which records are exchanged')
    .action(async ({ partners = false }: { partners?: boolean }) => {
      process.exitCode = await start(readConfiguration(process.env), { partners });
    });
}
