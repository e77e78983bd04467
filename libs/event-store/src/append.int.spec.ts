import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { append } from './append.js';
import { markErased } from './erase.js';
import { ConcurrencyConflict, DuplicateCommand, StreamErased } from './errors.js';
import { head, load } from './load.js';
import { appendTo, context, emptyHead, infoFor, newStream, someEvent } from './log-support.spec.js';

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

describe('appending to a stream', () => {
  it('gives back what was appended, with the two times and the text of the clear facts', async () => {
    const stream = newStream();
    const sealed = '{"identity":"v1.kid.iv.tag.ct"}';
    const first = await appendTo(database.unitOfWork, stream, emptyHead, [someEvent(), someEvent({ sealed })]);
    const second = await appendTo(database.unitOfWork, stream, first, [someEvent({ type: 'ReferralAccepted' })]);
    const events = await database.read(context, (queries) => load(queries, stream.id));
    expect(events.map(({ version, type }) => [version, type])).toEqual([
      [1, 'ReferralSent'],
      [2, 'ReferralSent'],
      [3, 'ReferralAccepted'],
    ]);
    expect(events[0]).toMatchObject({
      occurredAt: '2026-03-04T05:06:07.080Z',
      precision: 'moment',
      recordedAt: '2026-03-04T05:06:08.000Z',
      data: { service: 'HEALTH', note: 'ភាសា A' },
      sealed: null,
      meta: { actor: 'worker-1', purpose: 'CASE_WORK', traceId: 'trace-1' },
    });
    expect(events[1]?.sealed).toBe(sealed);
    expect(events[2]?.hash).toEqual(second.headHash);
    await expect(database.read(context, (queries) => head(queries, stream.id))).resolves.toEqual(second);
  });

  it('takes as many events as a command yields, beyond those it keeps statements for', async () => {
    const stream = newStream();
    await appendTo(
      database.unitOfWork,
      stream,
      emptyHead,
      Array.from({ length: 40 }, () => someEvent()),
    );
    const later = await database.read(context, (queries) => load(queries, stream.id, { afterVersion: 38 }));
    expect(later.map(({ version }) => version)).toEqual([39, 40]);
  });

  it('lets one of two writers with the same expectation win', async () => {
    const stream = newStream();
    const start = await appendTo(database.unitOfWork, stream, emptyHead);
    const both = await Promise.allSettled([
      appendTo(database.unitOfWork, stream, start),
      appendTo(database.unitOfWork, stream, start),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(ConcurrencyConflict),
    });
  });

  it('names the version that it found instead of the one expected', async () => {
    const stream = newStream();
    const start = await appendTo(database.unitOfWork, stream, emptyHead);
    await appendTo(database.unitOfWork, stream, start);
    await expect(appendTo(database.unitOfWork, stream, start)).rejects.toMatchObject({ expected: 1, present: 2 });
    await expect(appendTo(database.unitOfWork, stream, emptyHead)).rejects.toMatchObject({ expected: 0, present: 2 });
    await expect(appendTo(database.unitOfWork, newStream(), start)).rejects.toMatchObject({ expected: 1, present: 0 });
  });

  it('refuses a head that is not the stream’s, even at the right version', async () => {
    const stream = newStream();
    const { version } = await appendTo(database.unitOfWork, stream, emptyHead);
    const forked = { version, headHash: Buffer.alloc(32) };
    await expect(appendTo(database.unitOfWork, stream, forked)).rejects.toBeInstanceOf(ConcurrencyConflict);
  });

  it('takes a command once, whatever version its repetition expects', async () => {
    const stream = newStream();
    const commandId = uuidv7();
    const start = await appendTo(database.unitOfWork, stream, emptyHead, [someEvent(), someEvent()], commandId);
    const repeated = [emptyHead, start].map((expected) =>
      appendTo(database.unitOfWork, stream, expected, [someEvent()], commandId),
    );
    for (const outcome of await Promise.allSettled(repeated)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(DuplicateCommand) });
    }
    await expect(database.read(context, (queries) => head(queries, stream.id))).resolves.toEqual(start);
  });

  it('lets nothing sent behind a refused append take effect', async () => {
    const [taken, other] = [newStream(), newStream()];
    await appendTo(database.unitOfWork, taken, emptyHead);
    const work = database.unitOfWork.run(context, (tx) => {
      append(tx, taken, 0, [someEvent()], infoFor(null));
      append(tx, other, 0, [someEvent()], infoFor(null));
    });
    await expect(work).rejects.toBeInstanceOf(ConcurrencyConflict);
    await expect(database.read(context, (queries) => head(queries, other.id))).resolves.toEqual(emptyHead);
  });

  it('refuses to write about an erased child', async () => {
    const stream = newStream();
    const start = await appendTo(database.unitOfWork, stream, emptyHead);
    await database.unitOfWork.run(context, (tx) => markErased(tx, stream.id));
    await expect(appendTo(database.unitOfWork, stream, start)).rejects.toBeInstanceOf(StreamErased);
  });

  it('runs a transaction again that a younger one has overtaken', async () => {
    const stream = newStream();
    let current = await appendTo(database.unitOfWork, stream, emptyHead);
    let runs = 0;
    await database.unitOfWork.run(context, async (tx) => {
      runs += 1;
      await tx.query('own_txid', 'SELECT txid_current()');
      if (runs === 1) {
        current = await appendTo(database.unitOfWork, stream, current);
      }
      append(tx, stream, current.version, [someEvent()], infoFor(current.headHash));
    });
    expect(runs).toBe(2);
  });

  it('takes times in their one normal form only, because the text is hashed', async () => {
    const vague = someEvent({ occurredAt: '2026-03-04T05:06:07Z' });
    await expect(appendTo(database.unitOfWork, newStream(), emptyHead, [vague])).rejects.toBeInstanceOf(RangeError);
  });

  it('shows the stream as it was known at a past moment', async () => {
    const stream = newStream();
    const start = await appendTo(database.unitOfWork, stream, emptyHead);
    const later = { ...infoFor(start.headHash), recordedAt: '2026-04-01T00:00:00.000Z' };
    await database.unitOfWork.run(context, (tx) => append(tx, stream, 1, [someEvent()], later));
    const then = { recordedUpTo: '2026-03-31T23:59:59.999Z' };
    await expect(database.read(context, (queries) => load(queries, stream.id, then))).resolves.toHaveLength(1);
  });
});
