import type { Command } from 'commander';
import { rebuildTokens } from '#libs/read-models';
import { withSpean } from '../with-spean.js';

export function addIndex(program: Command): void {
  program
    .command('index')
    .description('by which people are found without their names being stored')
    .command('rebuild')
    .description('puts everybody under tokens of a new key, beside the old ones, and then retires those')
    .action(async () => {
      const rebuilt = await withSpean(rebuildTokens);
      process.stdout.write(`${JSON.stringify(rebuilt)}\n`);
    });
}
