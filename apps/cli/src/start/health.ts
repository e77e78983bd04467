import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 120_000;

/**
 * Waits until the API says that all is well, the worker included.
 *
 * @throws Error with the last answer when it does not within two minutes
 */
export async function waitUntilHealthy(address: string, stop: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let answer = 'no answer'; !stop.aborted; await pause(100)) {
    try {
      const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(5_000) });
      if (response.status === 200) return;
      answer = `${response.status} ${await response.text()}`;
    } catch {
      answer = 'no answer'; // not listening yet
    }
    if (performance.now() > deadline) throw new Error(`${address}/health is not well: ${answer}`);
  }
}
