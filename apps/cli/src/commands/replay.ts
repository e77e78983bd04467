import type { Command } from 'commander';
import { differences, replay, restartFlow } from '#libs/read-models';
import { exitCodes } from '../exit-codes.js';
import { withSpean } from '../with-spean.js';

/** Differences shown at most; the count is always complete. */
const SHOWN = 100;

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('rebuilds the read models from the log; those that follow it begin again with the worker')
    .option('--check', 'compare with the live ones instead, and print the differences')
    .action(replayLog);
}

async function replayLog({ check }: { check?: true }): Promise<void> {
  if (check !== true) {
    const streams = await withSpean(async (spean) => {
      await spean.database.unitOfWork.run(spean.context, (tx) => restartFlow(tx));
      return replay(spean);
    });
    process.stdout.write(`${JSON.stringify({ streams })}\n`);
    return;
  }
  const found = await withSpean(async (spean) => {
    const shown = [];
    let count = 0;
    for await (const difference of differences(spean)) {
      count += 1;
      if (shown.length < SHOWN) shown.push(difference);
    }
    return { count, differences: shown };
  });
  process.stdout.write(`${JSON.stringify(found)}\n`);
  if (found.count > 0) process.exitCode = exitCodes.checkFails;
}
