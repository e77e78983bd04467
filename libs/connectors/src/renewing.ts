import type { Log } from '#libs/logging';

/** How long a claim counts without being renewed: a worker that was killed leaves its work to others then (milliseconds). */
export const claimMs = 60_000;
const renewEveryMs = 15_000;

/** Does work that may take longer than a claim counts, and renews the claim meanwhile. */
export async function whileRenewing<Result>(
  renew: () => Promise<unknown>,
  log: Log,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn('a claim could not be renewed', { error }));
  }, renewEveryMs);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
