import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 120_000;

/**
 * Waits until the API says that all is well, the worker included.
 *
 * @returns false when asked to stop before it did
 * @throws Error with the last answer when it does not within two minutes
 */
export async function waitUntilHealthy(address: string, stop: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!stop.aborted) {
    const complaint = await complaintOf(address);
    if (complaint === undefined) return true;
    if (performance.now() > deadline) throw new Error(`${address}/health is not well: ${complaint}`);
    await pause(100);
  }
  return false;
}

async function complaintOf(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${address}/health`, { signal: AbortSignal.timeout(5_000) });
    return response.status === 200 ? undefined : `${response.status} ${await response.text()}`;
  } catch {
    return 'no answer'; // not listening yet
  }
}
