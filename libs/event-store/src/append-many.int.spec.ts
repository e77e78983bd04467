import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { appendMany } from './append-many.js';
import { BulkAppender } from './bulk-appender.js';
import type { Append } from './chained.js';
import { ConcurrencyConflict, DuplicateCommand } from './errors.js';
import type { StreamHead, StreamRef } from './event.js';
import { load } from './load.js';
import { appendTo, context, emptyHead, infoFor, newStream, someEvent } from './log-support.spec.js';
import { verify } from './verify.js';

let fresh: FreshDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: 4 });
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const member = (stream: StreamRef, expected: StreamHead, commandId = uuidv7()) => ({
  stream,
  expectedVersion: expected.version,
  events: [someEvent({ sealed: '{"identity":"v1.a"}' }), someEvent({ precision: 'day' as const })],
  info: infoFor(expected.headHash, commandId),
});

const appendAll = (members: readonly Append[]) => database.unitOfWork.run(context, (tx) => appendMany(tx, members));

describe('appending to many streams at once', () => {
  it('creates and extends', async () => {
    const [created, extended] = [newStream(), newStream()];
    const start = await appendTo(database.unitOfWork, extended, emptyHead);
    const heads = await appendAll([member(created, emptyHead), member(extended, start)]);
    expect(heads.map(({ version }) => version)).toEqual([2, 3]);
    const events = await database.read(context, (queries) => load(queries, extended.id));
    expect(events.map(({ version, precision, sealed }) => [version, precision, sealed])).toEqual([
      [1, 'moment', null],
      [2, 'moment', '{"identity":"v1.a"}'],
      [3, 'day', null],
    ]);
  });

  it('stores nothing of anyone when one stream is not as expected', async () => {
    const [good, stale] = [newStream(), newStream()];
    await appendTo(database.unitOfWork, stale, emptyHead);
    await expect(appendAll([member(good, emptyHead), member(stale, emptyHead)])).rejects.toThrow('not as expected');
    await expect(database.read(context, (queries) => load(queries, good.id))).resolves.toEqual([]);
  });

  it('chains as single appends do', async () => {
    await expect(database.read(context, (queries) => verify(queries))).resolves.toMatchObject({ bad: null });
  });
});

describe('the bulk appender', () => {
  it('answers each caller with its own outcome', async () => {
    const bulk = new BulkAppender(database.unitOfWork, context);
    const [good, stale, repeated] = [newStream(), newStream(), newStream()];
    const commandId = uuidv7();
    await appendTo(database.unitOfWork, stale, emptyHead);
    const known = await appendTo(database.unitOfWork, repeated, emptyHead, [someEvent()], commandId);
    const outcomes = await Promise.allSettled([
      bulk.append(member(good, emptyHead)),
      bulk.append(member(stale, emptyHead)),
      bulk.append(member(repeated, known, commandId)),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: { version: 2 } },
      { status: 'rejected', reason: expect.any(ConcurrencyConflict) },
      { status: 'rejected', reason: expect.any(DuplicateCommand) },
    ]);
  });

  it('keeps one stream’s appends apart when they come together: one wins, the others learn of it', async () => {
    const bulk = new BulkAppender(database.unitOfWork, context);
    const stream = newStream();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => bulk.append(member(stream, emptyHead))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('brings many callers’ appends in, each stream in order', async () => {
    const bulk = new BulkAppender(database.unitOfWork, context);
    const streams = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const stream = newStream();
        let current: StreamHead = emptyHead;
        for (let turn = 0; turn < 4; turn += 1) current = await bulk.append(member(stream, current));
        return { stream, version: current.version };
      }),
    );
    expect(streams.every(({ version }) => version === 8)).toBe(true);
    await expect(database.read(context, (queries) => verify(queries))).resolves.toMatchObject({ bad: null });
  });
});
