import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, type Transaction } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { nothingOlderRuns } from '../../../test/support/horizon.js';
import type { FeedEvent } from './feed.js';
import { appendTo, context, emptyHead, newStream, someEvent } from './log-support.spec.js';
import { PoisonEvent, resume, Subscriber, type Projection } from './subscriber.js';

let fresh: FreshDatabase;
let database: Database;
let owner: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: 6 });
  owner = new pg.Client({ connectionString: fresh.urls.admin });
  await owner.connect();
  await owner.query('CREATE TABLE seen (projection text, stream_id uuid, version int)');
  await owner.query('GRANT SELECT, INSERT ON seen TO spean_program');
});

afterAll(async () => {
  await owner.end();
  await database.close();
  await fresh.drop();
});

let number = 0;
let name: string;
beforeEach(() => {
  number += 1;
  name = `projection-${number}`;
});

/** Notes each event it takes in; a doubled effect would be two rows. */
const projection = (apply: (tx: Transaction, events: readonly FeedEvent[]) => Promise<void> = async () => undefined) =>
  ({
    name,
    version: 1,
    apply: async (tx, events) => {
      for (const { streamId, version } of events) {
        tx.send('seen', 'INSERT INTO seen VALUES ($1, $2, $3)', [name, streamId, version]);
      }
      await apply(tx, events);
    },
  }) satisfies Projection;

async function untilLevel(subscriber: Subscriber) {
  while ((await subscriber.step()) === 'advanced');
}

async function counts(): Promise<{ stored: number; seen: number; distinct: number }> {
  const { rows } = await owner.query(
    `SELECT (SELECT count(*)::int FROM events) AS stored, count(*)::int AS seen,
      count(DISTINCT (stream_id, version))::int AS distinct FROM seen WHERE projection = $1`,
    [name],
  );
  return rows[0] as { stored: number; seen: number; distinct: number };
}

async function expectEachSeenOnce() {
  const { stored, seen, distinct } = await counts();
  expect(seen).toBe(stored);
  expect(distinct).toBe(stored);
}

async function write(streams: number): Promise<void> {
  await Promise.all(
    Array.from({ length: streams }, () =>
      appendTo(database.unitOfWork, newStream(), emptyHead, [someEvent(), someEvent()]),
    ),
  );
  await nothingOlderRuns(database, context);
}

describe('following the feed', () => {
  it('takes each event in once, batch by batch', async () => {
    await write(10);
    await untilLevel(new Subscriber(database, projection(), { context, batchSize: 3 }));
    await expectEachSeenOnce();
  });

  it('has its effect once when it is killed between effect and checkpoint', async () => {
    await write(5);
    let kills = 3;
    const killed = projection(async (tx) => {
      if (kills > 0) {
        kills -= 1;
        await tx.query('die', 'SELECT pg_terminate_backend(pg_backend_pid())');
      }
    });
    const subscriber = new Subscriber(database, killed, { context, batchSize: 4 });
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(subscriber.step()).rejects.toThrow();
    await untilLevel(subscriber);
    await expectEachSeenOnce();
  });

  it('lets one of several owners work at a time, none doing what another did', async () => {
    const owners = Array.from({ length: 3 }, () => new Subscriber(database, projection(), { context, batchSize: 2 }));
    owners.forEach((subscriber) => subscriber.start());
    await write(20);
    await Promise.all(owners.map((subscriber) => subscriber.stop()));
    await untilLevel(owners[0] as Subscriber);
    await expectEachSeenOnce();
  });

  it('is fenced when its checkpoint was moved in the meantime', async () => {
    await write(2);
    const first = new Subscriber(database, projection(), { context, batchSize: 1 });
    await first.step();
    let overtaken = false;
    const slow = projection(async () => {
      if (!overtaken) {
        overtaken = true;
        await owner.query('UPDATE checkpoints SET position = position + 1 WHERE projection = $1', [name]);
      }
    });
    const before = await counts();
    await expect(new Subscriber(database, slow, { context, batchSize: 1 }).step()).rejects.toMatchObject({
      name: 'Fenced',
    });
    await expect(counts()).resolves.toEqual(before);
  });

  it('wakes up soon after a commit that was signalled', async () => {
    let last = 0;
    const timed = projection(async () => {
      last = performance.now();
    });
    const subscriber = new Subscriber(database, timed, { context, pollMs: 60_000 });
    await untilLevel(subscriber);
    subscriber.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const written = performance.now();
    await write(1);
    // Transactions of other tests on the same server may hold the feed back, so it is signalled until it is free.
    await eventually(() => {
      database.signals.raise('spean_feed');
      expect(last).toBeGreaterThan(written);
    });
    await subscriber.stop();
    await expectEachSeenOnce();
  });
});

describe('an event that a projection cannot take in', () => {
  it('stops that projection at the event, named; others go on, and it goes on once resumed', async () => {
    const stream = newStream();
    await write(3);
    await appendTo(database.unitOfWork, stream, emptyHead, [someEvent(), someEvent({ type: 'Poison' })]);
    await write(3);
    let understood = false;
    const picky = projection(async (_tx, events) => {
      if (!understood && events.some(({ type }) => type === 'Poison')) throw new TypeError('a child’s name');
    });
    const troubles: unknown[] = [];
    const subscriber = new Subscriber(database, picky, { context, onTrouble: (trouble) => troubles.push(trouble) });
    await untilLevel(subscriber);
    await expect(subscriber.step()).resolves.toBe('stopped');
    expect(troubles).toEqual([expect.any(PoisonEvent)]);
    expect(troubles[0]).toMatchObject({ event: { streamId: stream.id, version: 2, type: 'Poison' } });
    const { rows } = await owner.query('SELECT * FROM checkpoints WHERE projection = $1', [name]);
    expect(rows).toMatchObject([
      { status: 'stopped', stopped_stream: stream.id, stopped_version: 2, stopped_because: 'TypeError' },
    ]);

    const other = { ...projection(), name: `${name}-other` };
    await expect(new Subscriber(database, other, { context }).step()).resolves.toBe('advanced');

    understood = true;
    await database.unitOfWork.run(context, (tx) => resume(tx, picky));
    await untilLevel(subscriber);
    const { rows: seen } = await owner.query(
      `SELECT count(*)::int AS n, count(DISTINCT (stream_id, version))::int AS d FROM seen
        WHERE projection = $1 AND stream_id = $2`,
      [name, stream.id],
    );
    expect(seen[0]).toEqual({ n: 2 + 2, d: 2 });
  });
});
