import type { Command } from 'commander';
import { openCheckpoints, SigningKey } from '#libs/checkpoints';
import { readConfiguration } from '#libs/configuration';
import { createLog } from '#libs/logging';
import { Mailer } from '#libs/notifications';
import { exitCodes } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';

export function addCheckpoint(program: Command): void {
  program
    .command('checkpoint')
    .description('signs where every chain stands now, and hands it to all places that keep checkpoints')
    .option('--public-key', 'print instead what checkpoints are checked with, to be kept by whoever checks them')
    .action(({ publicKey }: { publicKey?: true }) => (publicKey === true ? printPublicKey() : takeCheckpoint()));
}

async function takeCheckpoint(): Promise<void> {
  const { checkpoint, sinks } = await withSpean(async ({ database, context, clock }, configuration) => {
    const { environment, mail, checkpoints: settings } = configuration;
    const mailer = mail === undefined ? undefined : new Mailer(mail);
    const mayCreate = environment !== 'production';
    const parts = { database, context, clock, log: createLog('cli', 'silent'), mailer, mayCreate };
    const checkpoints = await openCheckpoints(settings, parts);
    const taken = await checkpoints.take();
    const states = await checkpoints.deliver();
    mailer?.close();
    return { checkpoint: taken, sinks: states };
  });
  process.stdout.write(`${JSON.stringify({ checkpoint: checkpoint ?? null, sinks })}\n`);
  if (checkpoint === undefined)
    process.stderr.write(
      'None was taken: the worker is taking one at this moment, or a transaction has been running for minutes\n',
    );
  const failing = sinks.filter(({ failingSince }) => failingSince !== null);
  for (const { sink, failedBecause } of failing) process.stderr.write(`not kept by ${sink}: ${failedBecause ?? ''}\n`);
  if (failing.length > 0) process.exitCode = exitCodes.checkFails;
}

async function printPublicKey(): Promise<void> {
  const { environment, checkpoints } = readConfiguration(process.env);
  const key = await SigningKey.open(checkpoints.keyFile, { mayCreate: environment !== 'production' });
  process.stdout.write(key.publicKey.pem);
}
