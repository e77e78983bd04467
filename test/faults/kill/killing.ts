import { setTimeout as pause } from 'node:timers/promises';

import type { Ledger } from './ledger.js';
import type { Program, ProgramName } from './program.js';
import type { Stage } from './stage.js';

export interface Killing {
  /** Moments at which something was killed. */
  readonly kills: number;
  readonly killed: Readonly<Record<ProgramName, number>>;
  /** Commands acknowledged between one kill and the next: the fewest. Below 1 the drill would prove nothing. */
  readonly minAcknowledgedPerKill: number;
}

/** Time between the first acknowledgement after a restart and the next kill, at most. */
const longestLifeMs = 120;

/**
 * Kills the API, the worker or both, again and again: each time at a random moment soon after a command was
 * acknowledged with both running.
 */
export async function killAgainAndAgain(
  stage: Stage,
  ledger: Ledger,
  kills: number,
  stop: AbortSignal,
  progress: (done: number) => void,
): Promise<Killing> {
  const killed = { api: 0, worker: 0 };
  let fewest = Infinity;
  for (let done = 0; done < kills; done += 1) {
    const before = ledger.acknowledged;
    await Promise.race([ledger.next(), rejected(stop)]);
    await pause(Math.random() * longestLifeMs, undefined, { signal: stop });
    fewest = Math.min(fewest, ledger.acknowledged - before);
    const victims = chooseVictims(stage);
    await Promise.all(victims.map((victim) => victim.kill()));
    await Promise.all(victims.map((victim) => victim.start()));
    for (const { name } of victims) killed[name] += 1;
    progress(done + 1);
  }
  return { kills, killed, minAcknowledgedPerKill: fewest };
}

/** Half of the time both, as when a machine fails; otherwise one of them. */
function chooseVictims({ api, worker }: Stage): Program[] {
  const dice = Math.random();
  if (dice < 0.5) return [api, worker];
  return dice < 0.75 ? [api] : [worker];
}

function rejected(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stopped = () => reject(stop.reason as Error);
    if (stop.aborted) stopped();
    else stop.addEventListener('abort', stopped, { once: true });
  });
}
