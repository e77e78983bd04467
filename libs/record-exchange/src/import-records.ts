import { localDateOf } from '#libs/calendar';
import { CommandRefused } from '#libs/case-commands';
import { loadCase, loadPerson } from '#libs/case-log';
import type { Actor, CaseState, ForeignSystem, KnownCase, PersonDetails, ReceivedReferral } from '#libs/cases';
import type { Spean } from '#libs/composition';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import { digestOf, fromOscar, fromPrimero, mergedDetails, recordsIn, type Translation } from '#libs/interop';
import { validate as isUuid, v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { newCaseCode } from './case-code.js';
import { findCaseByIdentifiers, TwoCases } from './find-case.js';
import { addEntry, findEntry, settle, type LedgerEntry } from './ledger.js';
import type { ExchangeParts } from './parts.js';

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

export type Fate =
  { kind: 'created' | 'updated' | 'unchanged' } | { kind: 'quarantined' | 'still_quarantined'; reason: string };

/** Where a record comes from. */
export interface Origin {
  readonly target?: string;
  readonly corrects?: string;
  /** Which referrals of ours theirs are, by their key; of others nothing. */
  readonly knownAs?: (caseId: string, theirs: readonly ReceivedReferral[]) => Promise<ReadonlyMap<string, string>>;
}

type Translated = Extract<Translation, { ok: true }>;

const translators = { primero: fromPrimero, oscar: fromOscar };

/**
 * Takes records of another system in, one by one: an unusable one is kept aside with its reason and stops no other. The
 * same records again change nothing.
 */
export async function importRecords(
  spean: Spean,
  system: ForeignSystem,
  json: unknown,
): Promise<{ summary: ImportSummary; still: StillQuarantined }> {
  const records = recordsIn(system, json);
  const summary: ImportSummary = { received: records.length, created: 0, updated: 0, unchanged: 0, quarantined: [] };
  const still: StillQuarantined = [];
  for (const [index, record] of records.entries()) {
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
 * Takes one record in. Whatever is wrong with it concerns it alone; only a database that is away stops the rest.
 *
 * @param origin the instance it was read from, or the unusable record that it corrects
 * @throws DatabaseUnavailable, CommitOutcomeUnknown
 */
export async function receiveRecord(
  spean: ExchangeParts,
  system: ForeignSystem,
  record: unknown,
  origin: Origin = {},
): Promise<Fate> {
  const digest = digestOf(record);
  const before = await spean.database.read(spean.context, (queries) => findEntry(queries, system, digest));
  if (before?.state === 'erased' || before?.state === 'ignored') return { kind: 'unchanged' };
  try {
    const translation = translate(spean, system, record);
    if (!translation.ok) return await quarantine(spean, system, digest, record, translation.reason, before, origin);
    return await takeIn(spean, system, digest, record, translation, before, origin);
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
    return quarantine(spean, system, digest, record, reasonOf(error), before, origin);
  }
}

function translate(spean: ExchangeParts, system: ForeignSystem, record: unknown): Translation {
  const today = localDateOf(spean.clock.now(), spean.calendar.zone);
  // The referral's own key stands in for its id until the case is known.
  return translators[system](record, { today, referralId: (key) => key });
}

/** Fields and problems where we know them; of any other error only its name, for its text could quote a child's data. */
function reasonOf(error: unknown): string {
  if (error instanceof TwoCases) return `identifiers: ${error.message}`;
  if (error instanceof CommandRefused) return error.message;
  return `record: ${error instanceof Error ? error.name : 'unknown error'}`;
}

async function takeIn(
  spean: ExchangeParts,
  system: ForeignSystem,
  digest: string,
  record: unknown,
  translation: Translated,
  before: LedgerEntry | undefined,
  origin: Origin,
): Promise<Fate> {
  const found = await spean.database.read(spean.context, (queries) =>
    findCaseByIdentifiers(queries, translation.identifiers),
  );
  const caseId = found ?? before?.stream_id ?? ownId(translation) ?? uuidv7();
  const { state } = await spean.database.read(spean.context, (queries) => loadCase(queries, caseId));
  if (state.status === 'known' && state.erased) return { kind: 'unchanged' };
  if (state.status === 'known' && isOldNews(state, system, digest, translation)) return { kind: 'unchanged' };
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
        target: origin.target,
        corrects: origin.corrects,
      }),
    );
  }
  const sender = envelope(system, origin);
  await registerPerson(spean, sender, personId, translation.person);
  await receiveCase(spean, sender, system, digest, caseId, personId, translation, state, origin);
  await spean.database.unitOfWork.run(spean.context, (tx) =>
    settle(tx, recordId, { state: 'taken_in', reason: null, streamId: caseId, at: spean.clock.now() }),
  );
  return { kind: state.status === 'known' ? 'updated' : 'created' };
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
  spean: ExchangeParts,
  sender: Envelope,
  personId: string,
  received: PersonDetails,
): Promise<void> {
  const { state } = await spean.database.read(spean.context, (queries) => loadPerson(queries, spean.sealer, personId));
  const { facts, identity, location } = state;
  const data = facts === undefined ? received : mergedDetails({ facts, identity, location }, received);
  await spean.commands.executePerson({
    ...sender,
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
  spean: ExchangeParts,
  sender: Envelope,
  system: ForeignSystem,
  digest: string,
  caseId: string,
  personId: string,
  { record, person }: Translated,
  state: CaseState,
  { knownAs }: Origin,
): Promise<void> {
  const ours = state.status === 'known' ? state.referrals : {};
  const known = await knownAs?.(caseId, record.referrals);
  const { province, district, synthetic } = person.facts;
  await spean.commands.execute({
    ...sender,
    caseId,
    command: {
      type: 'ReceiveRecord',
      data: {
        ...record,
        digest,
        referrals: record.referrals.map((referral): ReceivedReferral => ({
          ...referral,
          // A referral of ours went out under its own id and comes back under it.
          referralId:
            known?.get(referral.key) ??
            (referral.key in ours ? referral.key : uuidv5(`${system}|${referral.key}`, caseId)),
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

async function quarantine(
  spean: ExchangeParts,
  system: ForeignSystem,
  digest: string,
  record: unknown,
  reason: string,
  before: LedgerEntry | undefined,
  origin: Origin,
): Promise<Fate> {
  if (before?.state === 'quarantined' && before.reason === reason) return { kind: 'still_quarantined', reason };
  await spean.database.unitOfWork.run(spean.context, async (tx) => {
    const at = spean.clock.now();
    if (before !== undefined) return settle(tx, before.record_id, { state: 'quarantined', reason, streamId: null, at });
    const recordId = uuidv7();
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
      target: origin.target,
      corrects: origin.corrects,
    });
  });
  return { kind: 'quarantined', reason };
}

type Envelope = ReturnType<typeof envelope>;

/** Who brought it stands beside every event, so that an instance is not told what it told us. */
function envelope(system: ForeignSystem, { target }: Origin) {
  const actor: Actor = { id: `integration-${target ?? system}`, roles: ['INTEGRATION'], agency: 'spean' };
  return { actor, purpose: 'import', traceId: uuidv7() };
}
