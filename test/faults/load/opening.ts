import { randomUUID } from 'node:crypto';

import type { Counter, Told } from './counter.js';

/**
 * Registers a made-up child and opens a case of contact abuse, whose deadlines DA05, DA06 and DA07 run from the exposure.
 *
 * @param worker who opens and keeps it
 * @returns undefined when an answer was lost and the worker gave up
 */
export async function openSurvivorCase(
  counter: Counter,
  worker: string,
  exposureAt: string,
): Promise<Told | undefined> {
  const personId = randomUUID();
  const person = { personId, sex: 'unknown', synthetic: true };
  const registered = await counter.ask(
    { kind: 'registration', mark: personId, path: '/persons', body: person },
    worker,
  );
  if (registered === undefined) return undefined;
  const facts = { contactAbuse: true, exposureAt };
  const opening = { personId, owner: worker, pathway: 'A_OCSEA', facts, synthetic: true };
  return counter.ask({ kind: 'opening', mark: personId, path: '/cases', body: opening }, worker);
}
