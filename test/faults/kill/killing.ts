import { setTimeout as pause } from 'node:timers/promises';

import type { Ledger } from '../load/ledger.js';
import type { ProgramName } from '../installation/program.js';
import type { Stage } from '../installation/stage.js';

export interface Killing {
  /** Moments at which something was killed. */
  readonly kills: number;
  readonly killed: Readonly<Record<ProgramName, number>>;
  /** Commands acknowledged between one kill and the next: the fewest. Below 1 the drill would prove nothing. */
  readonly minAcknowledgedPerKill: number;
}

/** Time between the first acknowledgement after a restart and the next kill, at most. */
const longestLifeMs = 120;

type Victims = readonly ProgramName[];

/** Half of the time both, as when a machine fails; otherwise one of them, while the other goes on. */
export const anyOfThem: readonly Victims[] = [['api', 'worker'], ['api'], ['api', 'worker'], ['worker']];
export const apiAlone: readonly Victims[] = [['api']];

export interface KillingPlan {
  readonly kills: number;
  /** What is killed, in turn. */
  readonly victims: readonly Victims[];
}

/** Kills again and again: each time at a random moment soon after a command was acknowledged with both running. */
export async function killAgainAndAgain(
  stage: Stage,
  ledger: Ledger,
  { kills, victims }: KillingPlan,
  stop: AbortSignal,
  progress: (done: number) => void,
): Promise<Killing> {
  const killed = { api: 0, worker: 0 };
  const stopped = rejectedBy(stop);
  let fewest = Infinity;
  for (let done = 0; done < kills; done += 1) {
    const before = ledger.acknowledged;
    await Promise.race([ledger.next(), stopped]);
    await pause(Math.random() * longestLifeMs, undefined, { signal: stop });
    fewest = Math.min(fewest, ledger.acknowledged - before);
    const names = victims[done % victims.length] ?? [];
    await Promise.all(names.map((name) => stage[name].kill()));
    await Promise.all(names.map((name) => stage[name].start()));
    for (const name of names) killed[name] += 1;
    progress(done + 1);
  }
  return { kills, killed, minAcknowledgedPerKill: fewest };
}

function rejectedBy(stop: AbortSignal): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
    stop.throwIfAborted();
  });
  stopped.catch(() => undefined); // nobody may be waiting any more
  return stopped;
}
