import type { Checkpoint } from '#libs/checkpoints';
import type { Random } from '#libs/demonstration';

import type { Forger } from './forger.js';
import { minus } from './moments.js';

/** An event of the log before anybody touched it. */
export interface Victim {
  readonly streamId: string;
  readonly version: number;
  /** Of its stream. */
  readonly lastVersion: number;
  readonly txid: number;
  readonly position: number;
}

export interface Chance {
  readonly forger: Forger;
  readonly random: Random;
  readonly checkpoint: Checkpoint;
  /** Events that the last checkpoint covers. */
  readonly covered: readonly Victim[];
  /** All of them. */
  readonly all: readonly Victim[];
}

/**
 * One way to bend the log; answers the streams that were touched, of which a finding must name one. Of rows that belong
 * to no stream, none.
 */
export type Way = (chance: Chance) => Promise<string[]>;

const values: readonly string[] = [
  "data = replace(data::text, ':', ': ')::json",
  "data = json_build_object('note', 7)",
  "sealed = coalesce(sealed, '') || ' '",
  "meta = replace(meta::text, 'worker', 'nobody')::json",
  "occurred_at = occurred_at - interval '1 day'",
  "recorded_at = recorded_at + interval '1 millisecond'",
  "precision = 'day'",
  "type = type || 'Again'",
  'schema_ver = schema_ver + 1',
  'command_id = gen_random_uuid()',
  'command_ord = command_ord + 7',
  'hash = sha256(hash)',
];

/** Among values that any chain covers, so it may hit what was added since the last checkpoint. */
const changeValue: Way = async ({ forger, random, all }) => {
  const { streamId, version } = random.pick(all);
  await forger.query(`UPDATE events SET ${random.pick(values)} WHERE stream_id = $1 AND version = $2`, [
    streamId,
    version,
  ]);
  return [streamId];
};

const changePlace: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered);
  const change = random.pick([
    'position = position + 1000000',
    'txid = txid + 1',
    'txid = txid - 1',
    'txid = txid + 100000',
  ]);
  await forger.query(`UPDATE events SET ${change} WHERE stream_id = $1 AND version = $2`, [streamId, version]);
  return [streamId];
};

const changeCategory: Way = async ({ forger, random, covered }) => {
  const { streamId } = random.pick(covered);
  await forger.query(`UPDATE streams SET category = 'facility' WHERE stream_id = $1`, [streamId]);
  return [streamId];
};

const deleteEvent: Way = async ({ forger, random, all }) => {
  const { streamId, version } = random.pick(all);
  await forger.query('DELETE FROM events WHERE stream_id = $1 AND version = $2', [streamId, version]);
  return [streamId];
};

const deleteStream: Way = async ({ forger, random, covered }) => {
  const { streamId } = random.pick(covered);
  await forger.cutOff(streamId, 1);
  return [streamId];
};

const cutOffEnd: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered);
  await forger.cutOff(streamId, version);
  return [streamId];
};

const emptyTables: Way = async ({ forger, random, all }) => {
  await forger.query(random.pick(['TRUNCATE events', 'TRUNCATE events, streams', 'TRUNCATE streams']));
  return all.map(({ streamId }) => streamId);
};

/** As if it had never been otherwise: every later hash and the stream's row fit. */
const rewrite: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered);
  const change = random.pick(values.filter((each) => !each.startsWith('hash')));
  await forger.query(`UPDATE events SET ${change} WHERE stream_id = $1 AND version = $2`, [streamId, version]);
  await forger.rehash(streamId, version);
  return [streamId];
};

/** Takes one event out of the middle, closes the gap and makes all hashes fit. */
const rewriteWithout: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered.filter((each) => each.version < each.lastVersion));
  await forger.query('DELETE FROM events WHERE stream_id = $1 AND version = $2', [streamId, version]);
  await shift(forger, streamId, version, -1);
  await forger.rehash(streamId, version);
  return [streamId];
};

const swapWithinStream: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered.filter((each) => each.version > 1));
  const move = 'UPDATE events SET version = $3 WHERE stream_id = $1 AND version = $2';
  await forger.query(move, [streamId, version, 0]);
  await forger.query(move, [streamId, version - 1, version]);
  await forger.query(move, [streamId, 0, version - 1]);
  return [streamId];
};

/** Two children's events change places; `fitting` with hashes made to fit. */
const swapBetweenStreams =
  (fitting: boolean): Way =>
  async ({ forger, random, covered }) => {
    const one = random.pick(covered);
    const other = random.pick(covered.filter(({ streamId }) => streamId !== one.streamId));
    const swap = `UPDATE events SET data = there.data, sealed = there.sealed, type = there.type FROM events there
      WHERE (events.stream_id, events.version, there.stream_id, there.version) IN (($1::uuid, $2::int, $3::uuid, $4::int),
        ($3::uuid, $4::int, $1::uuid, $2::int))`;
    await forger.query(swap, [one.streamId, one.version, other.streamId, other.version]);
    for (const { streamId, version } of fitting ? [one, other] : []) await forger.rehash(streamId, version);
    return [one.streamId, other.streamId];
  };

/** Puts a copy of an event in behind it, as old as it is, with room made and hashes that fit. */
const insertEvent: Way = async ({ forger, random, covered }) => {
  const { streamId, version } = random.pick(covered);
  await shift(forger, streamId, version + 1, 1);
  await copyEvent(forger, { from: streamId, version }, { to: streamId, as: version + 1, change: {} });
  await forger.rehash(streamId, version + 1);
  return [streamId];
};

/** A case that never was, as old as another. */
const insertStream: Way = async ({ forger, random, covered }) => {
  const { streamId } = random.pick(covered);
  const to = random.id();
  await forger.query(
    `INSERT INTO streams SELECT tenant_id, $2, category, 1, last_txid, head_hash, status FROM streams WHERE stream_id = $1`,
    [streamId, to],
  );
  await copyEvent(forger, { from: streamId, version: 1 }, { to, as: 1, change: {} });
  await forger.rehash(to, 1);
  return [to];
};

/** Added as the program adds, after the last checkpoint; only the time it is said to have been recorded at lies. */
const backdate: Way = async ({ forger, random, all, checkpoint }) => {
  const { streamId, lastVersion } = random.pick(all);
  const recordedAt = minus(checkpoint.takenAt, random.integer(3, 100_000));
  const change = { txid: 'txid_current()', recorded_at: `'${recordedAt}'` };
  await copyEvent(forger, { from: streamId, version: lastVersion }, { to: streamId, as: lastVersion + 1, change });
  await forger.rehash(streamId, lastVersion + 1);
  return [streamId];
};

const changeRead: Way = async ({ forger, random, checkpoint }) => {
  const where = `WHERE id = (SELECT id FROM read_audit WHERE txid < $1 OFFSET $2 LIMIT 1)`;
  const copied =
    'tenant_id, id + 1000000, txid, at, reader, agency, roles, relations, purpose, route, case_ids, person_ids';
  const text = random.pick([
    `UPDATE read_audit SET reader = 'nobody' ${where}`,
    `UPDATE read_audit SET case_ids = '{}' ${where}`,
    `UPDATE read_audit SET at = at + interval '1 second' ${where}`,
    `DELETE FROM read_audit ${where}`,
    `INSERT INTO read_audit OVERRIDING SYSTEM VALUE SELECT ${copied}, classes, trace_id FROM read_audit ${where}`,
  ]);
  await forger.query(text, [checkpoint.cut, random.integer(0, 300)]);
  return [];
};

export const ways: Readonly<Record<string, Way>> = {
  ...{ changeValue, changePlace, changeCategory, deleteEvent, deleteStream, cutOffEnd, emptyTables },
  ...{
    rewrite,
    rewriteWithout,
    swapWithinStream,
    swapRows: swapBetweenStreams(false),
    swapAndRewrite: swapBetweenStreams(true),
  },
  ...{ insertEvent, insertStream, backdate, changeRead },
};

/** In two steps, past each other's keys. */
async function shift(forger: Forger, streamId: string, fromVersion: number, by: 1 | -1): Promise<void> {
  const aside = 1_000_000;
  await forger.query('UPDATE events SET version = version + $3 WHERE stream_id = $1 AND version >= $2', [
    streamId,
    fromVersion,
    aside,
  ]);
  await forger.query('UPDATE events SET version = version - $3 WHERE stream_id = $1 AND version >= $2', [
    streamId,
    aside,
    aside - by,
  ]);
}

const eventColumns = [
  ...['tenant_id', 'txid', 'occurred_at', 'precision', 'recorded_at', 'command_ord', 'type', 'schema_ver', 'data'],
  ...['sealed', 'meta', 'hash'],
];

async function copyEvent(
  forger: Forger,
  { from, version }: { from: string; version: number },
  { to, as, change }: { to: string; as: number; change: Readonly<Record<string, string>> },
): Promise<void> {
  const selected = eventColumns.map((column) => change[column] ?? column);
  await forger.query(
    `INSERT INTO events (stream_id, version, command_id, position, ${eventColumns.join(', ')})
     SELECT $3, $4, gen_random_uuid(), nextval('event_position'), ${selected.join(', ')} FROM events
     WHERE stream_id = $1 AND version = $2`,
    [from, version, to, as],
  );
}
