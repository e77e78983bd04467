import { localDateOf } from '#libs/calendar';
import { CommandRefused, type CaseRequest } from '#libs/case-commands';
import { loadCase, loadPerson } from '#libs/case-log';
import type { Actor, CaseState, ForeignSystem, KnownCase, PersonDetails, ReceivedReferral } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import { digestOf, fromOscar, fromPrimero, mergedDetails, recordsIn, type Translation } from '#libs/interop';
import { validate as isUuid, v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { newCaseCode } from './case-code.js';
import { findCaseByIdentifiers, TwoCases } from './find-case.js';
import { addEntry, findEntry, setState, type LedgerEntry } from './ledger.js';

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

/** What became of one record, where it can be found in the ledger, and of which case it speaks, where that is known. */
export type Fate = { recordId?: string; caseId?: string } & (
  { kind: 'created' | 'updated' | 'unchanged' } | { kind: 'quarantined' | 'still_quarantined'; reason: string }
);

/** Who brings a record in. */
export type Bringer = Pick<CaseRequest, 'actor' | 'purpose' | 'traceId'>;
type Translated = Extract<Translation, { ok: true }>;

const translators = { primero: fromPrimero, oscar: fromOscar };

/** What came of it, and of the records that were in quarantine before. */
export interface Import {
  summary: ImportSummary;
  still: StillQuarantined;
}

/** Takes in the records inside whatever was handed over: one, a list, or an envelope of either. */
export async function importRecords(spean: Spean, system: ForeignSystem, json: unknown): Promise<Import> {
  return importEach(spean, system, recordsIn(system, json));
}

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

/**
 * Takes one record in. Whatever is wrong with it concerns that record alone; only a database that is away is an error.
 *
 * @throws DatabaseUnavailable, CommitOutcomeUnknown
 */
export async function receiveRecord(
  spean: Spean,
  system: ForeignSystem,
  record: unknown,
  bringer: Bringer = importing(system),
): Promise<Fate> {
  const digest = digestOf(record);
  const before = await spean.database.read(spean.context, (queries) => findEntry(queries, system, digest));
  if (before?.state === 'erased') return { kind: 'unchanged', recordId: before.record_id };
  try {
    const translation = await translate(spean, system, record);
    if (!translation.ok) return await quarantine(spean, system, digest, record, translation.reason, before);
    return await takeIn(spean, bringer, digest, record, translation, before);
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
    return quarantine(spean, system, digest, record, reasonOf(error), before);
  }
}

/** A record in our words, as it is read today. */
export async function translate(spean: Spean, system: ForeignSystem, record: unknown): Promise<Translation> {
  const today = localDateOf(spean.clock.now(), spean.calendar.zone);
  // The referral's own key stands in for its id until the case is known.
  return translators[system](record, { today, codes: await spean.codes.inForce(), referralId: (key) => key });
}

/** Fields and problems where we know them; of any other error only its name, for its text could quote a child's data. */
function reasonOf(error: unknown): string {
  if (error instanceof TwoCases) return `identifiers: ${error.message}`;
  if (error instanceof CommandRefused) return error.message;
  return `record: ${error instanceof Error ? error.name : 'unknown error'}`;
}

async function takeIn(
  spean: Spean,
  bringer: Bringer,
  digest: string,
  record: unknown,
  translation: Translated,
  before: LedgerEntry | undefined,
): Promise<Fate> {
  const { system } = translation.record;
  const found = await spean.database.read(spean.context, (queries) =>
    findCaseByIdentifiers(queries, translation.identifiers),
  );
  const caseId = found ?? before?.stream_id ?? ownId(translation) ?? uuidv7();
  const { state } = await spean.database.read(spean.context, (queries) => loadCase(queries, caseId));
  const known = { caseId, ...(before === undefined ? {} : { recordId: before.record_id }) };
  if (state.status === 'known' && state.erased) return { kind: 'unchanged' };
  if (state.status === 'known' && isOldNews(state, system, digest, translation)) return { kind: 'unchanged', ...known };
  const personId = state.status === 'known' ? state.personId : (before?.person_id ?? uuidv7());
  const recordId = before?.record_id ?? uuidv7();
  if (before === undefined) {
    await spean.database.unitOfWork.run(spean.context, (tx) =>
      addEntry(tx, spean.sealer, {
        recordId,
        system,
        digest,
        state: 'received',
        reason: null,
        personId,
        streamId: caseId,
        receivedAt: spean.clock.now(),
        record,
      }),
    );
  }
  await registerPerson(spean, bringer, personId, translation.person);
  await receiveCase(spean, bringer, digest, caseId, personId, translation, state);
  await spean.database.unitOfWork.run(spean.context, (tx) => setState(tx, recordId, 'taken_in', null, caseId));
  return { kind: state.status === 'known' ? 'updated' : 'created', recordId, caseId };
}

/**
 * The record's UUID where it has one: a case that we exported comes back under the id it went out with, here or in
 * another database.
 */
function ownId({ identifiers: { id } }: Translated): string | undefined {
  return id !== undefined && isUuid(id) ? id.toLowerCase() : undefined;
}

/** Checked before the person is touched, so that an older record does not turn a name back. */
function isOldNews({ foreign }: KnownCase, system: ForeignSystem, digest: string, { record }: Translated): boolean {
  const known = foreign[system];
  if (known === undefined) return false;
  if (known.digests.includes(digest)) return true;
  return record.modifiedAt !== undefined && known.modifiedAt !== undefined && record.modifiedAt < known.modifiedAt;
}

async function registerPerson(
  spean: Spean,
  bringer: Bringer,
  personId: string,
  received: PersonDetails,
): Promise<void> {
  const { state } = await spean.database.read(spean.context, (queries) => loadPerson(queries, spean.sealer, personId));
  const { facts, identity, location } = state;
  const data = facts === undefined ? received : mergedDetails({ facts, identity, location }, received);
  await spean.commands.executePerson({
    ...bringer,
    personId,
    command: {
      type: facts === undefined ? 'RegisterPerson' : 'ChangePersonDetails',
      data,
      occurredAt: spean.clock.now(),
      precision: 'moment',
    },
  });
}

async function receiveCase(
  spean: Spean,
  bringer: Bringer,
  digest: string,
  caseId: string,
  personId: string,
  { record, person }: Translated,
  state: CaseState,
): Promise<void> {
  const ours = state.status === 'known' ? state.referrals : {};
  const { province, district, synthetic } = person.facts;
  await spean.commands.execute({
    ...bringer,
    caseId,
    command: {
      type: 'ReceiveRecord',
      data: {
        ...record,
        digest,
        referrals: record.referrals.map((referral): ReceivedReferral => ({
          ...referral,
          // A referral of ours went out under its own id and comes back under it.
          referralId: referral.key in ours ? referral.key : uuidv5(`${record.system}|${referral.key}`, caseId),
        })),
        open: {
          code: newCaseCode(),
          personId,
          agency: lastResort(province),
          synthetic,
          ...(province === undefined ? {} : { province }),
          ...(district === undefined ? {} : { district }),
        },
      },
      occurredAt: spean.clock.now(),
      precision: 'moment',
    },
  });
}

/** Nobody's case is the provincial department's, and the ministry's where even the province is unknown (reference 2). */
function lastResort(province: string | undefined): string {
  return province === undefined ? 'mosvy' : `pdosvy-${province}`;
}

/**
 * Keeps aside a record that makes sense and cannot be attributed. The same one again for the same reason changes nothing.
 *
 * @param reason names fields and problems, never a value
 */
export async function keepAside(spean: Spean, system: ForeignSystem, record: unknown, reason: string): Promise<Fate> {
  const digest = digestOf(record);
  const before = await spean.database.read(spean.context, (queries) => findEntry(queries, system, digest));
  return quarantine(spean, system, digest, record, reason, before);
}

async function quarantine(
  spean: Spean,
  system: ForeignSystem,
  digest: string,
  record: unknown,
  reason: string,
  before: LedgerEntry | undefined,
): Promise<Fate> {
  const recordId = before?.record_id ?? uuidv7();
  if (before?.state === 'quarantined' && before.reason === reason)
    return { kind: 'still_quarantined', reason, recordId };
  await spean.database.unitOfWork.run(spean.context, async (tx) => {
    if (before !== undefined) return setState(tx, recordId, 'quarantined', reason, null);
    return addEntry(tx, spean.sealer, {
      recordId,
      system,
      digest,
      state: 'quarantined',
      reason,
      personId: recordId,
      streamId: null,
      receivedAt: spean.clock.now(),
      record,
    });
  });
  return { kind: 'quarantined', reason, recordId };
}

/** The program itself, where an operator imports a file. */
function importing(system: ForeignSystem): Bringer {
  const actor: Actor = { id: `integration-${system}`, roles: ['INTEGRATION'], agency: 'spean' };
  return { actor, purpose: 'import', traceId: uuidv7() };
}
