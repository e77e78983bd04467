import { localDateOf, type Instant } from '#libs/calendar';
import { CommandRefused, type CaseRequest } from '#libs/case-commands';
import { loadCase, loadPerson } from '#libs/case-log';
import type { Actor, CaseState, ForeignSystem, KnownCase, PersonDetails, ReceivedReferral } from '#libs/cases';
import { CommitOutcomeUnknown, DatabaseUnavailable } from '#libs/database';
import {
  changedDetails,
  digestOf,
  fromOscar,
  fromPrimero,
  mergedDetails,
  sameReferrals,
  type Translation,
} from '#libs/interop';
import { validate as isUuid, v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { newCaseCode } from './case-code.js';
import { findCaseByIdentifiers, TwoCases } from './find-case.js';
import { addEntry, findEntry, settle, settleEarlier, type LedgerEntry } from './ledger.js';
import type { ExchangeParts } from './parts.js';
import { lastSaid, type SaidBefore } from './said-before.js';

/** What became of one record, where it can be found in the ledger, and of which case it speaks, where that is known. */
export type Fate = { recordId?: string; caseId?: string } & (
  { kind: 'created' | 'updated' | 'unchanged' } | { kind: 'quarantined' | 'still_quarantined'; reason: string }
);

/** Who brings a record in. */
export type Bringer = Pick<CaseRequest, 'actor' | 'purpose' | 'traceId'>;

/** Where a record comes from. */
export interface Origin {
  /** A program that sent it; absent: this program itself, which read it from a file or from the target. */
  readonly bringer?: Bringer;
  /** The instance it was read from. */
  readonly target?: string;
  /** The unusable record that it corrects. */
  readonly corrects?: string;
  /** It says so at this moment, and said something else a moment ago: it is news also where it said the same long ago. */
  readonly current?: true;
  /** What we last told the target of the case. */
  readonly toldLast?: (caseId: string) => Promise<SaidBefore | undefined>;
  /** Which referrals of ours theirs are, by their key; of others nothing. */
  readonly knownAs?: (caseId: string, theirs: readonly ReceivedReferral[]) => Promise<ReadonlyMap<string, string>>;
}

interface Incoming {
  readonly system: ForeignSystem;
  readonly digest: string;
  readonly record: unknown;
  readonly origin: Origin;
  /** The same record, where it came before. */
  readonly before: LedgerEntry | undefined;
}

type Translated = Extract<Translation, { ok: true }>;

const translators = { primero: fromPrimero, oscar: fromOscar };

/**
 * Takes one record in. Whatever is wrong with it concerns that record alone; only a database that is away is an error.
 *
 * @throws DatabaseUnavailable, CommitOutcomeUnknown
 */
export async function receiveRecord(
  spean: ExchangeParts,
  system: ForeignSystem,
  record: unknown,
  origin: Origin = {},
): Promise<Fate> {
  const incoming = await incomingOf(spean, system, record, origin);
  const { before } = incoming;
  if (before?.state === 'erased' || before?.state === 'ignored') {
    return { kind: 'unchanged', recordId: before.record_id };
  }
  try {
    const translation = await translate(spean, system, record);
    if (!translation.ok) return await quarantine(spean, incoming, translation.reason);
    return await takeIn(spean, incoming, translation);
  } catch (error) {
    if (error instanceof DatabaseUnavailable || error instanceof CommitOutcomeUnknown) throw error;
    return quarantine(spean, incoming, reasonOf(error));
  }
}

/**
 * Keeps aside a record that makes sense and cannot be attributed. The same one again for the same reason changes nothing.
 *
 * @param reason names fields and problems, never a value
 */
export async function keepAside(
  spean: ExchangeParts,
  system: ForeignSystem,
  record: unknown,
  reason: string,
): Promise<Fate> {
  return quarantine(spean, await incomingOf(spean, system, record, {}), reason);
}

/** A record in our words, as it is read today. */
export async function translate(spean: ExchangeParts, system: ForeignSystem, record: unknown): Promise<Translation> {
  const today = localDateOf(spean.clock.now(), spean.calendar.zone);
  // The referral's own key stands in for its id until the case is known.
  return translators[system](record, { today, codes: await spean.codes.inForce(), referralId: (key) => key });
}

async function incomingOf(
  spean: ExchangeParts,
  system: ForeignSystem,
  record: unknown,
  origin: Origin,
): Promise<Incoming> {
  const digest = digestOf(record);
  const before = await spean.database.read(spean.context, (queries) => findEntry(queries, system, digest));
  return { system, digest, record, origin, before };
}

/** Fields and problems where we know them; of any other error only its name, for its text could quote a child's data. */
function reasonOf(error: unknown): string {
  if (error instanceof TwoCases) return `identifiers: ${error.message}`;
  if (error instanceof CommandRefused) return error.message;
  return `record: ${error instanceof Error ? error.name : 'unknown error'}`;
}

async function takeIn(spean: ExchangeParts, incoming: Incoming, translation: Translated): Promise<Fate> {
  const { system, digest, record, before, origin } = incoming;
  const found = await spean.database.read(spean.context, (queries) =>
    findCaseByIdentifiers(queries, translation.identifiers),
  );
  const caseId = found ?? before?.stream_id ?? ownId(translation) ?? uuidv7();
  const { state } = await spean.database.read(spean.context, (queries) => loadCase(queries, caseId));
  if (state.status === 'known' && state.erased) return { kind: 'unchanged' };
  if (state.status === 'known' && isOldNews(state, incoming, translation)) {
    // This program was killed after the record was taken in and before that was written down.
    if (before?.state === 'received') await settleTakenIn(spean, before.record_id, caseId);
    return { kind: 'unchanged', caseId, ...(before === undefined ? {} : { recordId: before.record_id }) };
  }
  const personId = state.status === 'known' ? state.personId : (before?.person_id ?? uuidv7());
  const news = state.status === 'known' ? await newsIn(spean, incoming, caseId, translation) : translation.person;
  const recordId = before?.record_id ?? uuidv7();
  if (before === undefined) {
    await spean.database.unitOfWork.run(spean.context, (tx) =>
      addEntry(tx, spean.sealer, {
        ...{ recordId, system, digest, state: 'received', reason: null, personId, streamId: caseId, record },
        ...{ receivedAt: spean.clock.now(), target: origin.target, corrects: origin.corrects },
      }),
    );
  }
  const bringer = origin.bringer ?? ownEnvelope(system, origin);
  await registerPerson(spean, bringer, personId, news);
  await receiveCase(spean, bringer, incoming, { caseId, personId, state }, translation);
  await settleTakenIn(spean, recordId, caseId);
  return { kind: state.status === 'known' ? 'updated' : 'created', recordId, caseId };
}

function settleTakenIn({ database, context, clock }: ExchangeParts, recordId: string, caseId: string): Promise<void> {
  return database.unitOfWork.run(context, (tx) => {
    const at = clock.now();
    settle(tx, recordId, { state: 'taken_in', reason: null, streamId: caseId, at });
    settleEarlier(tx, recordId, at);
  });
}

/**
 * The record's UUID where it has one: a case that we exported comes back under the id it went out with, here or in
 * another database.
 */
function ownId({ identifiers: { id } }: Translated): string | undefined {
  return id !== undefined && isUuid(id) ? id.toLowerCase() : undefined;
}

/** Checked before the person is touched, so that an older record does not turn a name back. */
function isOldNews({ foreign }: KnownCase, { system, digest, origin }: Incoming, { record }: Translated): boolean {
  const known = foreign[system];
  if (known === undefined) return false;
  if (origin.current !== true && known.digests.includes(digest)) return true;
  return isOlder(record, known);
}

interface Modified {
  readonly modifiedAt?: Instant | undefined;
}

const isOlder = (one: Modified, other: Modified): boolean =>
  one.modifiedAt !== undefined && other.modifiedAt !== undefined && one.modifiedAt < other.modifiedAt;

/**
 * What has changed at their side since it was last said, by them or to them. The rest is no news, and does not undo what
 * was put right here and has not reached them yet.
 */
async function newsIn(
  spean: ExchangeParts,
  { system, origin: { target, toldLast } }: Incoming,
  caseId: string,
  { person, record }: Translated,
): Promise<PersonDetails> {
  const [said, told] = await Promise.all([lastSaid(spean, system, caseId, target), toldLast?.(caseId)]);
  const last = told !== undefined && (said === undefined || said.at < told.at) ? told : said;
  const before = last && (await translate(spean, system, last.record));
  if (before?.ok !== true) return person;
  // Two may be read at the same moment, and the older one come second.
  return isOlder(record, before.record) ? changedDetails(person, person) : changedDetails(before.person, person);
}

async function registerPerson(
  spean: ExchangeParts,
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
  spean: ExchangeParts,
  bringer: Bringer,
  { system, digest, origin: { knownAs, current } }: Incoming,
  { caseId, personId, state }: { caseId: string; personId: string; state: CaseState },
  { record, person }: Translated,
): Promise<void> {
  const ours = state.status === 'known' ? state.referrals : {};
  const asked = await knownAs?.(caseId, record.referrals);
  const same = state.status === 'known' ? sameReferrals(state, record, await spean.codes.inForce()) : undefined;
  /** A referral of ours went out under its own id and comes back under it. */
  const idOf = (key: string): string => {
    const theirs = uuidv5(`${system}|${key}`, caseId);
    const known = asked?.get(key) ?? (key in ours ? key : undefined);
    return known ?? (theirs in ours ? theirs : (same?.get(key) ?? theirs));
  };
  const { province, district, synthetic } = person.facts;
  await spean.commands.execute({
    ...bringer,
    caseId,
    command: {
      type: 'ReceiveRecord',
      data: {
        ...record,
        digest,
        ...(current === undefined ? {} : { current }),
        referrals: eachOnce(record.referrals.map((referral) => ({ ...referral, referralId: idOf(referral.key) }))),
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

/** Two rows may be about one referral; then the one that says something new of it counts. */
function eachOnce(referrals: readonly ReceivedReferral[]): ReceivedReferral[] {
  const byId = new Map<string, ReceivedReferral>();
  for (const referral of referrals) {
    if (!byId.has(referral.referralId) || referral.state !== 'SENT') byId.set(referral.referralId, referral);
  }
  return [...byId.values()];
}

/** Nobody's case is the provincial department's, and the ministry's where even the province is unknown (reference 2). */
function lastResort(province: string | undefined): string {
  return province === undefined ? 'mosvy' : `pdosvy-${province}`;
}

async function quarantine(spean: ExchangeParts, incoming: Incoming, reason: string): Promise<Fate> {
  const { system, digest, record, before, origin } = incoming;
  const recordId = before?.record_id ?? uuidv7();
  if (before?.state === 'quarantined' && before.reason === reason) {
    return { kind: 'still_quarantined', reason, recordId };
  }
  await spean.database.unitOfWork.run(spean.context, async (tx) => {
    const at = spean.clock.now();
    if (before !== undefined) return settle(tx, recordId, { state: 'quarantined', reason, streamId: null, at });
    return addEntry(tx, spean.sealer, {
      ...{ recordId, system, digest, state: 'quarantined', reason, personId: recordId, streamId: null, record },
      ...{ receivedAt: at, target: origin.target, corrects: origin.corrects },
    });
  });
  return { kind: 'quarantined', reason, recordId };
}

/** Who brought it stands beside every event, so that an instance is not told what it told us. */
function ownEnvelope(system: ForeignSystem, { target }: Origin): Bringer {
  const actor: Actor = { id: `integration-${target ?? system}`, roles: ['INTEGRATION'], agency: 'spean' };
  return { actor, purpose: 'import', traceId: uuidv7() };
}
