import type { Instant } from '#libs/calendar';
import { loadPerson, type LoadedPerson } from '#libs/case-log';
import { evolvePerson, type Actor, type CaseCommand, type PersonEvent, type PersonState } from '#libs/cases';
import type { Transaction } from '#libs/database';
import { loadChild, writePerson } from '#libs/read-models';
import { noteOnCase, writeDecided, type DecidedCase } from './decide-case.js';
import { ErasureLedgerMissing, type Erasure } from './erasure-ledger.js';
import type { CaseCommandsParts } from './parts.js';
import { purge } from './purge.js';
import { record } from './recording.js';
import type { Envelope, PersonRequest } from './request.js';

/** A child on the way to be forgotten: records and cases that the log has not closed yet. */
export interface ErasedChild {
  erasure: Erasure;
  people: { id: string; loaded: LoadedPerson }[];
  cases: DecidedCase[];
}

/**
 * Finds every record and case of the child, and has the line in the ledger before anything is done: when the program dies
 * in between, the erasure that two people agreed on is done by the replay of the ledger.
 *
 * @param approved the record as it was when the second person agreed
 * @throws ErasureLedgerMissing
 */
export async function prepareErasure(
  parts: CaseCommandsParts,
  { personId, actor }: PersonRequest,
  approved: PersonState,
  at: Instant,
): Promise<ErasedChild> {
  const { database, context, pathways, erasures } = parts;
  const { erasure: proposed } = approved;
  if (proposed === undefined) throw new TypeError('nobody proposed to forget the child');
  if (erasures === undefined) throw new ErasureLedgerMissing('no erasure ledger is configured');
  const child = await database.read(context, (queries) => loadChild(queries, pathways, personId));
  const others = child.records.map(({ id }) => id).filter((id) => id !== personId);
  const erasure: Erasure = {
    erasureId: proposed.erasureId,
    people: [personId, ...others],
    cases: child.cases.map(({ caseId }) => caseId),
    because: proposed.because,
    proposedBy: proposed.by,
    approvedBy: actor.id,
    at,
  };
  await erasures.add(erasure);
  const { people, cases } = await stillOpen(parts, erasure, actor, at);
  return { erasure, people: people.filter(({ id }) => id !== personId), cases };
}

/** What a database that was restored from before the erasure still knows of the child. */
export async function prepareAgain(
  parts: CaseCommandsParts,
  erasure: Erasure,
  actor: Actor,
  now: Instant,
): Promise<ErasedChild> {
  return { erasure, ...(await stillOpen(parts, erasure, actor, now)) };
}

async function stillOpen(
  parts: CaseCommandsParts,
  { erasureId, people, cases, at }: Erasure,
  actor: Actor,
  now: Instant,
): Promise<Omit<ErasedChild, 'erasure'>> {
  const { database, context, sealer } = parts;
  const loaded = await database.read(context, (queries) =>
    Promise.all(people.map(async (id) => ({ id, loaded: await loadPerson(queries, sealer, id) }))),
  );
  const command: CaseCommand<'ForgetChild'> = {
    type: 'ForgetChild',
    data: { erasureId },
    occurredAt: at,
    precision: 'moment',
  };
  const decided = cases.map((caseId) => noteOnCase(parts, { caseId, actor }, command, { now, birthDate: undefined }));
  return {
    people: loaded.filter(({ loaded: { state } }) => state.version > 0 && !state.erased),
    cases: await Promise.all(decided),
  };
}

/** Closes the child's records and cases in the log, and takes away everything that is kept outside it. */
export async function eraseChild(
  tx: Transaction,
  parts: CaseCommandsParts,
  envelope: Envelope,
  { erasure, people, cases }: ErasedChild,
  recordedAt: Instant,
): Promise<void> {
  const event: PersonEvent<'ChildErased'> = {
    type: 'ChildErased',
    data: { erasureId: erasure.erasureId },
    sealed: {},
    occurredAt: erasure.at,
    precision: 'moment',
  };
  for (const decided of cases) await writeDecided(tx, parts, envelope, decided);
  for (const { id, loaded } of people) {
    await record(tx, parts, envelope, { id, category: 'person', personId: id, loaded, events: [event], recordedAt });
    writePerson(tx, id, evolvePerson(loaded.state, { event, by: envelope.actor.id, recordedAt }));
  }
  await purge(tx, parts, erasure);
}
