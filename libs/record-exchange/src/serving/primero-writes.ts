import { isDeepStrictEqual } from 'node:util';
import {
  changedFields,
  mergePrimero,
  toPrimero,
  withRowIds,
  type OutgoingRecord,
  type Translation,
} from '#libs/interop';
import type { Spean } from '#libs/composition';
import { receiveRecord, translate, type Fate } from '../receive-record.js';
import { bringerOf, findHeld, type Asker } from './asker.js';
import { findByNames } from './names.js';
import { primeroRecord } from './primero-lists.js';
import { serially } from './serially.js';

type Data = Record<string, unknown>;

/** What became of a record that a program sent. */
export interface Written {
  readonly fate: Fate;
  /** The fields that were sent, as they are now. */
  readonly changed: OutgoingRecord;
}

/** Ids by which a new case is known already. */
const ownIds = ['id', 'case_id'] as const;

/** @returns undefined when there is a case of this id already */
export async function createPrimero(spean: Spean, asker: Asker, data: Data): Promise<Written | undefined> {
  const ids = ownIds.map((name) => data[name]).filter((id) => typeof id === 'string' && id !== '') as string[];
  const known = await spean.database.read(spean.context, (queries) => findByNames(queries, ids));
  if (ids.length > 0 && known.length > 0) return undefined;
  const fate = await receiveRecord(spean, 'primero', withRowIds(data), { bringer: bringerOf(asker) });
  return writtenOf(spean, asker, data, fate);
}

/** What a change does not reach: ids, what Primero works out itself, and who keeps the case, which is for us to say. */
const notForThem: ReadonlySet<string> = new Set([
  ...['id', 'case_id', 'case_id_display', 'short_id', 'unique_identifier', 'created_by', 'created_at'],
  ...['last_updated_at', 'enabled', 'name', 'owned_by', 'owned_by_id', 'owned_by_phone', 'owned_by_agency_id'],
  ...['owned_by_agency', 'assigned_user_names'],
]);

/**
 * Changes a case by the fields that were sent: they are merged over the record as it would go out, so that what was not
 * sent stays. A change that says what is known already changes nothing.
 *
 * @returns undefined when the program may not know of such a case
 */
export async function changePrimero(spean: Spean, asker: Asker, id: string, data: Data): Promise<Written | undefined> {
  const found = await findHeld(spean, 'primero', asker, id, { alsoUntold: true });
  if (found === undefined) return undefined;
  return serially(found.caseId, async () => {
    const held = (await findHeld(spean, 'primero', asker, found.caseId, { alsoUntold: true })) ?? found;
    const changes = Object.fromEntries(Object.entries(data).filter(([name]) => !notForThem.has(name)));
    const known = toPrimero(held.whole);
    const fate = await receiveChange(spean, asker, known, mergePrimero(known, changes));
    return writtenOf(spean, asker, data, { caseId: held.caseId, ...fate });
  });
}

async function receiveChange(spean: Spean, asker: Asker, known: OutgoingRecord, merged: OutgoingRecord): Promise<Fate> {
  const [before, after] = await Promise.all([translate(spean, 'primero', known), translate(spean, 'primero', merged)]);
  if (!after.ok) return receiveRecord(spean, 'primero', merged, { bringer: bringerOf(asker) });
  if (before.ok && isDeepStrictEqual(meaningOf(before), meaningOf(after))) return { kind: 'unchanged' };
  // The moment makes it another record than one that said the same before something else was said.
  const record = { ...merged, last_updated_at: spean.clock.now() };
  return receiveRecord(spean, 'primero', record, { bringer: bringerOf(asker) });
}

type Readable = Extract<Translation, { ok: true }>;

const meaningOf = ({ person, record: { digest: _digest, ...record } }: Readable) => ({ person, record });

async function writtenOf(spean: Spean, asker: Asker, data: Data, fate: Fate): Promise<Written> {
  const held = fate.caseId === undefined ? undefined : await findHeld(spean, 'primero', asker, fate.caseId);
  const named = Object.fromEntries(ownIds.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));
  if (held === undefined || 'reason' in fate) {
    return { fate, changed: { id: fate.caseId ?? fate.recordId, ...named } };
  }
  return { fate, changed: changedFields(primeroRecord(held), data) };
}
