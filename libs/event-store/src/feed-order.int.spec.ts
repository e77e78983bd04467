import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, type Queryable, type Transaction } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { nothingOlderRuns } from '../../../test/support/horizon.js';
import { append } from './append.js';
import { ConcurrencyConflict, OrderRetry } from './errors.js';
import type { StreamRef } from './event.js';
import { beginningOfFeed, readFeed, type Checkpoint } from './feed.js';
import { head } from './load.js';
import { context, infoFor, newStream, someEvent } from './log-support.spec.js';

const writers = 16;
const streams = 40;
const seconds = 5;
const slowShare = 0.3;
const slowMs = 25;
const rolledBackShare = 0.05;

class OnPurpose extends Error {}

interface Row extends Checkpoint {
  stream_id: string;
  version: number;
}
type ReadOn = (queries: Queryable, from: Checkpoint) => Promise<Row[]>;

const columns = 'txid, position, stream_id, version';

/** The order of the design, and the two that look right and are not. */
const readers = {
  pair: async (queries, from) => {
    const events = await readFeed(queries, from, 500);
    return events.map(({ txid, position, streamId, version }) => ({ txid, position, stream_id: streamId, version }));
  },
  positionAlone: (queries, { position }) =>
    queries.query<Row>('naive', `SELECT ${columns} FROM events WHERE position > $1 ORDER BY position LIMIT 500`, [
      position,
    ]),
  horizonAndPosition: (queries, { position }) =>
    queries.query<Row>(
      'horizon',
      `SELECT ${columns} FROM events WHERE position > $1
        AND txid < txid_snapshot_xmin(txid_current_snapshot()) ORDER BY txid, position LIMIT 500`,
      [position],
    ),
} satisfies Record<string, ReadOn>;

let fresh: FreshDatabase;
let database: Database;

beforeEach(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: writers + 4 });
});

afterEach(async () => {
  await database.close();
  await fresh.drop();
});

const sometimesSlow = () => (Math.random() < slowShare ? pause(Math.random() * slowMs) : undefined);

async function write(until: number, all: readonly StreamRef[]) {
  while (Date.now() < until) {
    const stream = all[Math.floor(Math.random() * all.length)] as StreamRef;
    const work = async (tx: Transaction) => {
      await tx.query('own_txid', 'SELECT txid_current()'); // as if another table had been written first
      await sometimesSlow();
      const { version, headHash } = await head(tx, stream.id);
      append(tx, stream, version, [someEvent()], infoFor(headHash));
      await tx.query('flush', 'SELECT 1');
      await sometimesSlow();
      if (Math.random() < rolledBackShare) throw new OnPurpose();
    };
    await database.unitOfWork.run(context, work).catch((error: unknown) => {
      const expected = [OnPurpose, ConcurrencyConflict, OrderRetry];
      if (!expected.some((type) => error instanceof type)) throw error;
    });
  }
}

/** Reads on until the writers are done and nothing more comes. */
async function follow(readOn: ReadOn, writing: { done: boolean }) {
  const seen = new Set<number>();
  const last = new Map<string, number>();
  let from = beginningOfFeed;
  let outOfOrder = 0;
  for (let quiet = 0; quiet < 20;) {
    const rows = await database.read(context, (queries) => readOn(queries, from));
    for (const row of rows) {
      const before = last.get(row.stream_id) ?? 0;
      outOfOrder += row.version <= before ? 1 : 0;
      last.set(row.stream_id, Math.max(before, row.version));
      seen.add(row.position);
    }
    from = rows.at(-1) ?? from;
    quiet = rows.length === 0 && writing.done ? quiet + 1 : 0;
    await pause(2);
  }
  return { seen, outOfOrder };
}

async function trap() {
  const all = Array.from({ length: streams }, newStream);
  const until = Date.now() + seconds * 1000;
  const writing = { done: false };
  const following = Promise.all(Object.values(readers).map((readOn) => follow(readOn, writing)));
  await Promise.all(Array.from({ length: writers }, () => write(until, all)));
  writing.done = true;
  const read = await following;
  const stored = await database.read(context, (queries) =>
    queries.query<{ position: number }>('all', 'SELECT position FROM events'),
  );
  const [pair, positionAlone, horizonAndPosition] = read.map(({ seen, outOfOrder }) => ({
    lost: stored.filter(({ position }) => !seen.has(position)).length,
    outOfOrder,
  }));
  return { events: stored.length, pair, positionAlone, horizonAndPosition };
}

describe('the feed, with 16 writers, slow transactions and roll-backs', () => {
  it('loses no event and keeps each stream’s order, where simpler checkpoints lose some', async () => {
    const { events, pair, positionAlone, horizonAndPosition } = await trap();
    expect(events).toBeGreaterThan(200);
    expect(pair).toEqual({ lost: 0, outOfOrder: 0 });
    expect(positionAlone?.lost).toBeGreaterThan(0);
    expect(horizonAndPosition?.lost).toBeGreaterThan(0);
  });

  it('would show a stream out of its order if the append did not guard it', async () => {
    const stream = newStream();
    const current = { version: 0, headHash: null as Buffer | null };
    const write = (tx: Transaction) => {
      Object.assign(current, append(tx, stream, current.version, [someEvent()], infoFor(current.headHash)));
    };
    await database.unitOfWork.run(context, async (older) => {
      await older.query('own_txid', 'SELECT txid_current()');
      await database.unitOfWork.run(context, write);
      older.send('disarm', 'UPDATE streams SET last_txid = 0 WHERE tenant_id = 1 AND stream_id = $1', [stream.id]);
      write(older);
    });
    await nothingOlderRuns(database, context);
    const events = await database.read(context, (queries) => readFeed(queries, beginningOfFeed, 10));
    expect(events.map(({ version }) => version)).toEqual([2, 1]);
  });
});
