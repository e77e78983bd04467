import { randomBytes } from 'node:crypto';

import type { ForeignSystem } from '#libs/cases';
import type { Spean } from '#libs/composition';
import type { Queryable } from '#libs/database';
import { toOscar, toPrimero, type OutgoingRecord } from '#libs/interop';
import { exportInput } from './export-input.js';
import { findCaseByAnyId } from './find-case.js';
import { mayLeave } from './may-leave.js';

export interface Export {
  data: OutgoingRecord[];
  /** Cases of our own that hold no consent to share with that system: they are not in `data`. */
  withheld: number;
  /** Cases that can't be put into that shape, each with the name of what went wrong. They stop no other. */
  failed: { caseId: string; reason: string }[];
}

const translators = { primero: toPrimero, oscar: toOscar };

/** No such case. */
export class UnknownCase extends Error {
  override readonly name = 'UnknownCase';
}

/**
 * Cases in another system's shape, as far as they may leave. That they were read is written down before anything leaves.
 *
 * @throws UnknownCase, ReadNotRecorded
 */
export async function exportRecords(spean: Spean, system: ForeignSystem, caseId?: string): Promise<Export> {
  const ids = await spean.database.read(spean.context, (queries) => idsOf(queries, caseId));
  const result: Export = { data: [], withheld: 0, failed: [] };
  const leaving: string[] = [];
  for (const id of ids) {
    const input = await spean.database.read(spean.context, (queries) => exportInput(spean, queries, id));
    if (input === undefined) continue;
    if (!mayLeave(input.case, system, [system], { now: spean.clock.now(), zone: spean.calendar.zone })) {
      result.withheld += 1;
      continue;
    }
    try {
      result.data.push(...[translators[system](input)].flat());
      leaving.push(id);
    } catch (error) {
      result.failed.push({ caseId: id, reason: error instanceof Error ? error.name : 'unknown error' });
    }
  }
  if (leaving.length > 0) await trace(spean, system, leaving);
  return result;
}

/** Whoever asks who saw a child is told that the program read the record for another system, and when. */
async function trace({ readAudit, clock }: Spean, system: ForeignSystem, caseIds: readonly string[]): Promise<void> {
  await readAudit.record({
    ...{ reader: `export ${system}`, agency: null, roles: ['SYSTEM'], purpose: 'exchange', route: 'export' },
    ...{ caseIds, personIds: [], classes: ['identity', 'location', 'narrative'] },
    traceId: randomBytes(16).toString('hex'),
    at: clock.now(),
  });
}

async function idsOf(queries: Queryable, caseId: string | undefined): Promise<string[]> {
  if (caseId !== undefined) {
    const id = await findCaseByAnyId(queries, caseId);
    if (id === undefined) throw new UnknownCase('no such case');
    return [id];
  }
  const rows = await queries.query<{ stream_id: string }>(
    'exchange_all',
    'SELECT stream_id FROM case_summary WHERE tenant_id = $1 ORDER BY stream_id',
    [queries.context.tenant],
  );
  return rows.map(({ stream_id }) => stream_id);
}
