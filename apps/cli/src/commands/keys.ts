import type { Command } from 'commander';
import { wrappedElsewhere } from '#libs/composition';
import { readConfiguration } from '#libs/configuration';
import { openMasterKey, rotateKeys } from '#libs/privacy';
import { exitCodes } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the master key, which wraps all other keys');
  keys
    .command('create')
    .description('makes the master key that the settings name, where there is none yet; prints its id')
    .action(createKey);
  keys
    .command('rotate')
    .description('wraps by the master key what SPEAN_OTHER_MASTER_KEY… still wraps; may be broken off and called again')
    .action(rotate);
}

async function createKey(): Promise<void> {
  const { id } = await openMasterKey(readConfiguration(process.env).masterKeys, { mayCreate: true });
  process.stdout.write(`${JSON.stringify({ masterKey: id })}\n`);
}

async function rotate(): Promise<void> {
  const rotation = await withSpean((spean) =>
    rotateKeys(spean, wrappedElsewhere, (rewrapped) => process.stderr.write(`${rewrapped} keys are wrapped anew\n`)),
  );
  process.stdout.write(`${JSON.stringify(rotation)}\n`);
  if (rotation.stillInUse.length > 0) process.exitCode = exitCodes.checkFails;
}
