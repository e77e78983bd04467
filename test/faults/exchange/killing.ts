import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '../../simulators/shared/random.js';
import type { Stage } from '../installation/stage.js';
import type { Partners } from './partners.js';

/** Time between the first request after a restart and the next kill, at most (milliseconds). */
const longestLifeMs = 1_500;
const lookEveryMs = 20;

/** Kills the worker again and again, each time at a random moment after it was seen at work. @returns how often */
export async function killWorker(
  { worker }: Stage,
  { primero, oscar }: Partners,
  { kills, random, over }: { kills: number; random: Random; over: AbortSignal },
): Promise<number> {
  const asked = (): number => primero.requests.length + oscar.requests.length;
  for (let killed = 0; killed < kills; killed += 1) {
    const before = asked();
    while (asked() === before && !over.aborted) await pause(lookEveryMs);
    await pause(random.next() * longestLifeMs);
    if (over.aborted) return killed;
    await worker.kill();
    await worker.start();
  }
  return kills;
}
