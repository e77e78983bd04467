import { Entrance } from './entrance.js';
import type { Stage } from './stage.js';

/** Headers with which each of these members of staff proves who they are to the program of a drill. */
export function signedIn({ address, api }: Stage, staffIds: readonly string[]): Promise<Record<string, string>[]> {
  const entrance = new Entrance(address, api);
  return Promise.all(staffIds.map(async (id) => ({ authorization: `Bearer ${await entrance.tokenOf(id)}` })));
}
