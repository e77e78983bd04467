import type { Log } from '#libs/logging';

/** How long a claim counts without being renewed: a worker that was killed leaves its work to others then (milliseconds). */
export const claimMs = 60_000;
/**
 * The same for reading a target, which two may do at once without harm: it is shorter, so that answers from there are not
 * held up by a worker that was killed.
 */
export const pullClaimMs = 12_000;
/** Each claim is renewed so many times before it would end. */
const renewals = 4;

/**
 * Does work that may take longer than a claim counts, and renews the claim meanwhile.
 *
 * @param countsMs how long the claim counts, in milliseconds
 */
export async function whileRenewing<Result>(
  countsMs: number,
  renew: () => Promise<unknown>,
  log: Log,
  work: () => Promise<Result>,
): Promise<Result> {
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn('a claim could not be renewed', { error }));
  }, countsMs / renewals);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
