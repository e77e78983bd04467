import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';
import { Queues, type WakeQueue } from '#libs/queues';
import { CaseDesk, context } from '../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { contentsOf, queueBackends, storeOf, wipeQueues } from '../../../test/support/queues.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import {
  deadlineProcessor,
  deadlineQueue,
  DeadlineRelay,
  DeadlineSweep,
  DeadlineWaker,
  waitingRungs,
  type WaitingRung,
} from './index.js';

const log = createLog('test', 'silent');

/** A report of which nothing is known must be acknowledged within the hour: rungs at 50 %, 0, 4, 24 and 72 hours. */
const start = '2026-03-16T02:00:00.000Z';
const acknowledgement = 'DA01.1';
const due = '2026-03-16T03:00:00.000Z';

let fresh: FreshDatabase;
let clock: VirtualClock;
let desk: CaseDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
});
beforeEach(async () => {
  clock = new VirtualClock(start);
  desk = await CaseDesk.open(fresh, clock);
  await desk.change('DELETE FROM deadlines');
});
afterEach(() => desk.close());
afterAll(() => fresh.drop());

const sweepOf = (commands: Pick<CaseDesk['commands'], 'reachRungs'> = desk.commands) =>
  new DeadlineSweep({ database: desk.database, context, commands, clock, log });

const rungsOf = async (caseId: string): Promise<number[]> => {
  const rows = await desk.rows<{ rung: number }>(
    `SELECT (data->>'rung')::int AS rung FROM events WHERE stream_id = $1 AND type = 'EscalationRaised'
       AND data->>'deadline' = $2 ORDER BY version`,
    [caseId, acknowledgement],
  );
  return rows.map(({ rung }) => rung);
};

const waiting = (streamId: string, rungAt: string): WaitingRung => ({ streamId, deadline: acknowledgement, rungAt });

describe.each(queueBackends)('deadlines woken by queues on %s', (backend) => {
  let queues: Queues;
  let queue: WakeQueue<WaitingRung>;
  const startWorking = () => queues.work(deadlineQueue, deadlineProcessor(desk.commands, clock, log), 8);
  const relayOnce = () => new DeadlineRelay(desk.database, context, queue, clock).relayOnce();

  beforeEach(async () => {
    queues = await Queues.open(storeOf(backend, fresh), { log, prefix: fresh.name });
    queue = await queues.queue(deadlineQueue);
  });
  afterEach(async () => {
    await queues.close();
    await wipeQueues(storeOf(backend, fresh), fresh.name);
  });

  it('reach each rung once when woken by the queue alone', async () => {
    const caseId = await desk.openCase();
    startWorking();
    clock.set('2026-03-16T02:30:00.000Z');
    await relayOnce();
    await eventually(async () => expect(await rungsOf(caseId)).toEqual([0]));
    clock.set(due);
    await relayOnce();
    await relayOnce();
    await eventually(async () => expect(await rungsOf(caseId)).toEqual([0, 2]));
    await eventually(async () => expect(await queues.countBusy()).toBe(0));
    expect(await rungsOf(caseId)).toEqual([0, 2]);
  });

  it('reach each rung once when woken by everything at once', async () => {
    const cases = await Promise.all(Array.from({ length: 12 }, () => desk.openCase()));
    startWorking();
    clock.set('2026-03-16T03:00:01.000Z');
    const calls = cases.map((caseId) => waiting(caseId, '2026-03-16T02:30:00.000Z'));
    const waker = new DeadlineWaker(queue, clock);
    await Promise.all([
      waker.wake(calls),
      relayOnce(),
      sweepOf().sweepOnce(),
      sweepOf().sweepOnce(),
      waker.wake(calls),
    ]);
    await eventually(async () => expect(await queues.countBusy()).toBe(0));
    await sweepOf().sweepOnce();
    for (const caseId of cases) expect(await rungsOf(caseId)).toEqual([0, 2]);
  });

  it('lose nothing when the queue is wiped', async () => {
    const cases = await Promise.all(Array.from({ length: 5 }, () => desk.openCase()));
    clock.set('2026-03-16T02:29:59.000Z');
    expect(await relayOnce()).toBe(5);
    await wipeQueues(storeOf(backend, fresh), fresh.name);
    startWorking();
    clock.set('2026-03-16T02:30:01.000Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 5, failed: 0 });
    for (const caseId of cases) expect(await rungsOf(caseId)).toEqual([0]);
  });

  it('are put back by the relay after the queue was wiped', async () => {
    const caseId = await desk.openCase();
    clock.set('2026-03-16T02:30:00.000Z');
    await relayOnce();
    await wipeQueues(storeOf(backend, fresh), fresh.name);
    startWorking();
    await relayOnce();
    await eventually(async () => expect(await rungsOf(caseId)).toEqual([0]));
  });

  it('are woken by the hint after the commit that armed them, when due soon', async () => {
    const waker = new DeadlineWaker(queue, clock);
    startWorking();
    desk.commands.onCommit(({ streamId, after }) => void waker.wake(waitingRungs(streamId, after)));
    const caseId = await desk.openCase();
    expect(await contentsOf(storeOf(backend, fresh), fresh.name)).not.toContain(caseId);
    clock.set('2026-03-16T02:30:00.000Z');
    await desk.execute(caseId, 'RecordContact', {
      contactId: randomUUID(),
      kind: 'VISIT',
      reached: false,
      withWhom: 'child',
      seenAlone: false,
    });
    await eventually(async () => expect(await rungsOf(caseId)).toEqual([0]));
  });

  it('lie down again when woken before their time', async () => {
    const caseId = await desk.openCase();
    const process = deadlineProcessor(desk.commands, clock, log);
    clock.set('2026-03-16T02:29:58.500Z');
    expect(await process(waiting(caseId, '2026-03-16T02:30:00.000Z'))).toEqual({ againInMs: 1_500 });
    expect(await rungsOf(caseId)).toEqual([]);
  });

  it('leave nothing in the queue but ids and times', async () => {
    const caseId = await desk.openCase({ code: `K-CANARY-${backend}` });
    clock.set('2026-03-16T02:29:00.000Z');
    await relayOnce();
    const contents = await contentsOf(storeOf(backend, fresh), fresh.name);
    expect(contents).toContain(caseId);
    expect(contents).not.toContain('CANARY');
    expect(contents).not.toContain('osvy-1');
  });
});

describe('the sweep', () => {
  it('leaves the first second to the wake-ups', async () => {
    const caseId = await desk.openCase();
    clock.set('2026-03-16T02:30:00.999Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 0, failed: 0 });
    clock.set('2026-03-16T02:30:01.000Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 1, failed: 0 });
    expect(await rungsOf(caseId)).toEqual([0]);
  });

  it('says nothing of a deadline that was met', async () => {
    const caseId = await desk.openCase();
    await desk.change(`UPDATE deadlines SET status = 'met', next_rung_at = NULL WHERE stream_id = $1`, [caseId]);
    clock.set('2026-03-16T09:00:00.000Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 0, failed: 0 });
  });

  it('passes by what can not be fired, notes why, and tries again later', async () => {
    const broken = await desk.openCase();
    clock.advance('PT1S');
    const healthy = await desk.openCase();
    let repaired = false;
    const sweep = sweepOf({
      reachRungs: async (request) => {
        if (request.streamId === broken && !repaired) {
          throw Object.assign(new TypeError('of Sok Canary'), { code: 'X1' });
        }
        return desk.commands.reachRungs(request);
      },
    });
    clock.set('2026-03-16T02:31:00.000Z');
    expect(await sweep.sweepOnce()).toEqual({ reached: 1, failed: 1 });
    expect(await rungsOf(healthy)).toEqual([0]);
    expect(await desk.rows('SELECT attempts, last_error, next_try_at FROM deadline_failures')).toEqual([
      { attempts: 1, last_error: 'TypeError X1', next_try_at: '2026-03-16T02:31:02.000Z' },
    ]);
    expect(await sweep.sweepOnce()).toEqual({ reached: 0, failed: 0 });
    clock.advance('PT2S');
    expect(await sweep.sweepOnce()).toEqual({ reached: 0, failed: 1 });
    repaired = true;
    clock.advance('PT4S');
    expect(await sweep.sweepOnce()).toEqual({ reached: 1, failed: 0 });
    expect(await rungsOf(broken)).toEqual([0]);
    expect(await desk.rows('SELECT FROM deadline_failures')).toEqual([]);
  });

  it('notes a deadline that is due in the table and not in the case', async () => {
    const caseId = await desk.openCase();
    await desk.change(`UPDATE deadlines SET next_rung_at = $2 WHERE stream_id = $1`, [caseId, '2026-03-16T02:00:01Z']);
    clock.set('2026-03-16T02:10:00.000Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 0, failed: 1 });
    expect(await desk.rows('SELECT last_error FROM deadline_failures')).toEqual([{ last_error: 'NothingReached' }]);
  });

  it('gets through more pages of broken deadlines than fit into one', async () => {
    const caseId = await desk.openCase();
    await desk.change(
      `INSERT INTO deadlines SELECT tenant_id, gen_random_uuid(), deadline, definition, occurrence, subject, status,
         started_at, due_at, met_at, in_time, recorded_late, ladder, confirmed, closed_on_arrival, rungs_reached,
         next_rung_at - interval '1 second' FROM deadlines, generate_series(1, 250) WHERE stream_id = $1`,
      [caseId],
    );
    clock.set('2026-03-16T02:31:00.000Z');
    expect(await sweepOf().sweepOnce()).toEqual({ reached: 1, failed: 250 });
    expect(await rungsOf(caseId)).toEqual([0]);
    await desk.change('DELETE FROM deadline_failures');
  });
});
