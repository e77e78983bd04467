import { randomBytes } from 'node:crypto';

import { localDateOf, type Instant } from '#libs/calendar';
import { loadCase, loadPerson, type LoadedCase } from '#libs/case-log';
import { sealOf, type ForeignSystem, type KnownCase, type SealedFields } from '#libs/cases';
import type { Spean } from '#libs/composition';
import type { Queryable } from '#libs/database';
import { toOscar, toPrimero, type ExportInput, type OutgoingRecord } from '#libs/interop';
import { findCaseByAnyId } from './find-case.js';

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
    const input = await spean.database.read(spean.context, (queries) => inputFor(spean, queries, id));
    if (input === undefined) continue;
    if (!mayLeave(input.case, system, { now: spean.clock.now(), zone: spean.calendar.zone })) {
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

/**
 * A system gets back what it told us. Everything else leaves only with a consent in force that names the system as
 * recipient; and nothing leaves to it once such a consent was withdrawn.
 */
export function mayLeave(
  state: KnownCase,
  system: ForeignSystem,
  { now, zone }: { now: Instant; zone: string },
): boolean {
  const sharing = state.consents.filter(({ kind, recipient }) => kind === 'CONSENT_SHARING' && recipient === system);
  const today = localDateOf(now, zone);
  if (sharing.some(({ withdrawn, endsOn }) => !withdrawn && (endsOn === undefined || endsOn >= today))) return true;
  return state.foreign[system] !== undefined && sharing.length === 0;
}

async function inputFor(spean: Spean, queries: Queryable, id: string): Promise<ExportInput | undefined> {
  const loaded = await loadCase(queries, id);
  const { state } = loaded;
  if (state.status === 'none' || state.erased) return undefined;
  const person = await loadPerson(queries, spean.sealer, state.personId);
  const { facts, identity, location } = person.state;
  if (facts === undefined) return undefined;
  const pathway = state.enrolment && spean.pathways.find(state.enrolment.pathway);
  // A court order opens a sealed record to people, never to another system.
  if (sealOf(state, pathway) !== undefined) return undefined;
  const present = state.enrolment && pathway?.definition.states[state.enrolment.state];
  return {
    caseId: id,
    person: { facts, identity, location },
    case: state,
    ...(await sealedWords(spean, queries, state.personId, loaded)),
    ...(present === undefined ? {} : { workflow: present.primeroWorkflow }),
    closed: present?.terminal === true,
    codes: await spean.codes.inForce(),
    now: spean.clock.now(),
  };
}

/** Opens what other systems told us in words: the latest of each system, and of each referral. */
async function sealedWords(spean: Spean, queries: Queryable, personId: string, { stored }: LoadedCase) {
  const sealedForeign: ExportInput['sealedForeign'] = {};
  const referralTexts: Record<string, SealedFields> = {};
  for (const { streamId, version, type, data, sealed } of stored) {
    if (type !== 'ForeignRecordReceived' && type !== 'ReferralReceived' && type !== 'ReferralDrafted') continue;
    const opened = (await spean.sealer.unseal(queries, { personId, streamId, version }, sealed)) as SealedFields;
    if (type === 'ForeignRecordReceived') sealedForeign[data['system'] as ForeignSystem] = opened;
    else referralTexts[data['referralId'] as string] = opened;
  }
  return { sealedForeign, referralTexts };
}
