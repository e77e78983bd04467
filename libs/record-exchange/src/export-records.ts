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
  failed: FailedCase[];
}

interface FailedCase {
  caseId: string;
  reason: string;
}

/** What came of some of the cases, and how far the export is. */
export interface ExportedPart extends Export {
  /** Cases looked at so far, of all that there were at the beginning. */
  done: number;
  total: number;
}

const translators = { primero: toPrimero, oscar: toOscar };
/** Cases that are read, traced and handed over together. */
const partSize = 50;

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
  const result: Export = { data: [], withheld: 0, failed: [] };
  for await (const { data, withheld, failed } of exportInParts(spean, system, caseId)) {
    result.data.push(...data);
    result.withheld += withheld;
    result.failed.push(...failed);
  }
  return result;
}

/**
 * The same part by part, so that no more than a part is ever in memory. Each part is traced before it is handed over.
 *
 * @throws UnknownCase, ReadNotRecorded
 */
export async function* exportInParts(
  spean: Spean,
  system: ForeignSystem,
  caseId?: string,
): AsyncGenerator<ExportedPart> {
  const read = <T>(work: (queries: Queryable) => Promise<T>): Promise<T> => spean.database.read(spean.context, work);
  const only = caseId === undefined ? undefined : await read((queries) => knownCase(queries, caseId));
  const total = only === undefined ? await read(countCases) : 1;
  let done = 0;
  let after: string | undefined;
  for (;;) {
    const last = after;
    const ids = only === undefined ? await read((queries) => idsAfter(queries, last)) : [only];
    const part = await exportPart(spean, system, ids);
    done += ids.length;
    yield { ...part, done, total };
    after = ids.at(-1);
    if (only !== undefined || ids.length < partSize) return;
  }
}

async function exportPart(spean: Spean, system: ForeignSystem, ids: readonly string[]): Promise<Export> {
  const part: Export = { data: [], withheld: 0, failed: [] };
  const leaving: string[] = [];
  for (const id of ids) {
    const input = await spean.database.read(spean.context, (queries) => exportInput(spean, queries, id));
    if (input === undefined) continue;
    if (!mayLeave(input.case, system, [system], { now: spean.clock.now(), zone: spean.calendar.zone })) {
      part.withheld += 1;
      continue;
    }
    try {
      part.data.push(...[translators[system](input)].flat());
      leaving.push(id);
    } catch (error) {
      part.failed.push({ caseId: id, reason: error instanceof Error ? error.name : 'unknown error' });
    }
  }
  if (leaving.length > 0) await trace(spean, system, leaving);
  return part;
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

/** @throws UnknownCase */
async function knownCase(queries: Queryable, caseId: string): Promise<string> {
  const id = await findCaseByAnyId(queries, caseId);
  if (id === undefined) throw new UnknownCase('no such case');
  return id;
}

async function countCases(queries: Queryable): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    'exchange_count',
    'SELECT count(*)::int AS count FROM case_summary WHERE tenant_id = $1',
    [queries.context.tenant],
  );
  return row?.count ?? 0;
}

async function idsAfter(queries: Queryable, last: string | undefined): Promise<string[]> {
  const rows = await queries.query<{ stream_id: string }>(
    'exchange_page',
    `SELECT stream_id FROM case_summary WHERE tenant_id = $1 AND ($2::uuid IS NULL OR stream_id > $2::uuid)
     ORDER BY stream_id LIMIT $3`,
    [queries.context.tenant, last ?? null, partSize],
  );
  return rows.map(({ stream_id }) => stream_id);
}
