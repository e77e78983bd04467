import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLog } from '#libs/logging';
import { Queues } from '#libs/queues';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { FacilityDesk, province } from '../../../test/support/facility-desk.js';
import { contentsOf, queueBackends, storeOf, wipeQueues } from '../../../test/support/queues.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { deadlineProcessor, deadlineQueue, DeadlineRelay, DeadlineSweep, type WaitingRung } from './index.js';

const log = createLog('test', 'silent');

/** A Monday morning. Five working days later is Monday, the 23rd. */
const start = '2026-03-16T02:00:00.000Z';
const due = '2026-03-23T16:59:59.000Z';
const dayBefore = '2026-03-22T16:59:59.000Z';
const twoDaysBefore = '2026-03-21T16:59:59.000Z';

let fresh: FreshDatabase;
let clock: VirtualClock;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
});
beforeEach(async () => {
  clock = new VirtualClock(start);
  desk = await FacilityDesk.open(fresh, clock);
});
afterEach(async () => {
  await desk.spean.database.unitOfWork.run(desk.spean.context, (tx) => {
    tx.send('', 'DELETE FROM deadlines');
    return Promise.resolve();
  });
  await desk.close();
});
afterAll(() => fresh.drop());

const sweepOnce = () => {
  const { database, context, commands } = desk.spean;
  return new DeadlineSweep({ database, context, commands, clock, log }).sweepOnce();
};

const rungsOf = async (streamId: string, deadline = 'DC19.1') => {
  const rows = await desk.rows<{ rung: number }>(
    `SELECT (data->>'rung')::int AS rung FROM events WHERE stream_id = $1 AND type = 'EscalationRaised'
       AND data->>'deadline' = $2 ORDER BY version`,
    [streamId, deadline],
  );
  return rows.map(({ rung }) => rung);
};

const stateOf = async (id: string) => (await desk.spean.facilities.find(id, province))?.state;

/** The sweep leaves the first second to the wake-ups. */
const sweptAt = (instant: string) => {
  clock.set(instant);
  clock.advance('PT1S');
  return sweepOnce();
};

describe('SR-60: the report of an unregistered facility', () => {
  it('starts five working days, whose rungs the sweep reaches one after the other', async () => {
    const id = await desk.report('FOUND-1');
    expect((await desk.spean.facilities.find(id, province))?.deadlines).toMatchObject([
      { deadline: 'DC19.1', status: 'due', startedAt: start, dueAt: due, confirmed: false },
    ]);
    for (const [moment, rungs] of [
      [twoDaysBefore, [0]],
      [dayBefore, [0, 1]],
      [due, [0, 1, 2]],
    ] as const) {
      expect(await sweptAt(moment)).toEqual({ reached: 1, failed: 0 });
      expect(await rungsOf(id)).toEqual(rungs);
    }
    expect((await desk.spean.facilities.find(id, province))?.deadlines).toMatchObject([{ status: 'overdue' }]);
    expect(
      await desk.rows('SELECT rung, recipients FROM escalations WHERE stream_id = $1 ORDER BY rung', [id]),
    ).toEqual([
      { rung: 0, recipients: ['owner'] },
      { rung: 1, recipients: ['owner'] },
      { rung: 2, recipients: ['owner', 'supervisor'] },
    ]);
  });

  it('is followed up in time, and nobody is told any more', async () => {
    const id = await desk.report('FOUND-2');
    clock.advance('P2D');
    await desk.move('FOUND-2', 'NOTIFIED', { reasonCode: 'REGISTERED' });
    expect((await desk.spean.facilities.find(id, province))?.deadlines).toContainEqual(
      expect.objectContaining({ deadline: 'DC19.1', status: 'met', inTime: true }),
    );
    expect(await sweptAt(due)).toEqual({ reached: 0, failed: 0 });
    expect(await rungsOf(id)).toEqual([]);
  });
});

describe('DC18: a facility that was not inspected for a year', () => {
  it('is due for inspection when the time comes, by itself, and then told of as every late task', async () => {
    const id = await desk.register('VISITED');
    await desk.inspect('VISITED', 'COMPLIANT');
    expect(await stateOf(id)).toBe('COMPLIANT');
    await sweptAt('2027-03-02T16:59:59.000Z');
    await sweptAt('2027-03-09T16:59:59.000Z');
    expect(await stateOf(id)).toBe('COMPLIANT');
    await sweptAt('2027-03-16T16:59:59.000Z');
    expect(await stateOf(id)).toBe('INSPECTION_DUE');
    const [deadline = ''] = ((await desk.spean.facilities.find(id, province))?.deadlines ?? [])
      .filter(({ status }) => status === 'overdue')
      .map(({ deadline: key }) => key);
    expect(await rungsOf(id, deadline)).toEqual([0, 1, 2]);
    await desk.inspect('VISITED', 'IMPROVEMENT_NOTICE');
    const open = (await desk.spean.facilities.find(id, province))?.deadlines.filter(({ status }) => status === 'due');
    expect(open?.map(({ definition, dueAt }) => [definition, dueAt]).toSorted()).toEqual([
      ['DC18', '2028-03-17T16:59:59.000Z'],
      ['DC20', '2027-05-17T16:59:59.000Z'],
    ]);
  });
});

describe.each(queueBackends)('deadlines of facilities woken by queues on %s', (backend) => {
  it('reach each rung once, and leave nothing in the queue but ids and times', async () => {
    const store = storeOf(backend, fresh);
    const queues = await Queues.open(store, { log, prefix: fresh.name });
    try {
      const queue = await queues.queue<WaitingRung>(deadlineQueue);
      const id = await desk.report(`CANARY-${backend}`);
      const { database, context, commands } = desk.spean;
      const relay = new DeadlineRelay(database, context, queue, clock);
      clock.set('2026-03-21T16:59:00.000Z');
      expect(await relay.relayOnce()).toBe(1);
      const contents = await contentsOf(store, fresh.name);
      expect(contents).toContain(id);
      expect(contents).not.toContain('CANARY');
      await wipeQueues(store, fresh.name);
      clock.set(twoDaysBefore);
      queues.work(deadlineQueue, deadlineProcessor(commands, clock, log), 8);
      await relay.relayOnce();
      await eventually(async () => expect(await rungsOf(id)).toEqual([0]));
      await relay.relayOnce();
      await eventually(async () => expect(await queues.countBusy()).toBe(0));
      expect(await rungsOf(id)).toEqual([0]);
    } finally {
      await queues.close();
      await wipeQueues(store, fresh.name);
    }
  });
});
