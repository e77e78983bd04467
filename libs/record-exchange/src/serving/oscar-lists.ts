import type { Instant } from '#libs/calendar';
import type { Spean } from '#libs/composition';
import { servedOscar, stagedOscar, toOscar, type OutgoingRecord } from '#libs/interop';
import { tellable, traceTelling, type Asker } from './asker.js';
import { holdCases, type HeldCase } from './held-cases.js';

export interface ClientsAsked {
  /** Changed since then; with an end, opened between the two. */
  readonly since: Instant | undefined;
  readonly until: Instant | undefined;
}

/**
 * Every client that the program may be told of, one record for each organisation that has a part in the case.
 *
 * @throws ReadNotRecorded
 */
export async function listOscar(spean: Spean, asker: Asker, { since, until }: ClientsAsked): Promise<OutgoingRecord[]> {
  const wanted = until === undefined ? { changedFrom: since } : { openedFrom: since, openedTo: until };
  const held = await holdCases(spean, asker.caller, await tellable(spean, 'oscar', asker, wanted));
  await traceTelling(spean, asker, held);
  return held.flatMap((each) => clientsOf(each, asker));
}

function clientsOf({ seen, sight }: HeldCase, { caller: { agency } }: Asker): OutgoingRecord[] {
  const records = toOscar(seen);
  if (sight.has('progress')) return records.map((record) => servedOscar(record, seen));
  return records
    .filter(({ organization_name }) => organization_name === agency)
    .map((record) => servedOscar(stagedOscar(record, seen), seen));
}
