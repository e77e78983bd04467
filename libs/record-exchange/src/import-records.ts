import type { ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { recordsIn } from '#libs/interop';
import { receiveRecord } from './receive-record.js';

/** What came of an import. Every record is counted once: received = created + updated + unchanged + quarantined. */
export interface ImportSummary {
  received: number;
  created: number;
  updated: number;
  unchanged: number;
  quarantined: { index: number; reason: string }[];
}

/** Records that were in quarantine before and still are: nothing changed, but somebody should look. */
export type StillQuarantined = { index: number; reason: string }[];

export interface Import {
  summary: ImportSummary;
  still: StillQuarantined;
}

/** Whatever was handed over: one record, a list, an answer of the other system's interface. */
export const importRecords = (spean: Spean, system: ForeignSystem, json: unknown): Promise<Import> =>
  importEach(spean, system, recordsIn(system, json));

/**
 * Takes records of another system in, one by one: an unusable one is kept aside with its reason and stops no other. The
 * same records again change nothing.
 */
export async function importEach(
  spean: Spean,
  system: ForeignSystem,
  records: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<Import> {
  const summary: ImportSummary = { received: 0, created: 0, updated: 0, unchanged: 0, quarantined: [] };
  const still: StillQuarantined = [];
  for await (const record of records) {
    const index = summary.received;
    summary.received += 1;
    const fate = await receiveRecord(spean, system, record);
    if (fate.kind === 'quarantined') summary.quarantined.push({ index, reason: fate.reason });
    else if (fate.kind === 'still_quarantined') {
      summary.unchanged += 1;
      still.push({ index, reason: fate.reason });
    } else summary[fate.kind] += 1;
  }
  return { summary, still };
}
