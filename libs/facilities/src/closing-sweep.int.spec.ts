import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { facilityIdOf } from '#libs/case-log';
import { createLog } from '#libs/logging';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { FacilityDesk, province } from '../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { ClosingSweep } from './index.js';

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await FacilityDesk.open(fresh, new VirtualClock('2026-03-02T03:00:00.000Z'));
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

describe('the sweep of closing facilities', () => {
  const sweepOnce = () => {
    const { database, context, pathways, commands } = desk.spean;
    return new ClosingSweep({ database, context, pathways, commands, log: createLog('test', 'silent') }).sweepOnce();
  };
  const open = async () =>
    ((await desk.spean.facilities.find(facilityIdOf('CLOSING'), province))?.deadlines ?? []).filter(
      ({ definition, status }) => definition === 'DC21' && status === 'due',
    ).length;

  it('counts again what no command came to count, and says nothing twice', async () => {
    await desk.register('CLOSING');
    const { caseId } = await desk.resident('CLOSING');
    await desk.move('CLOSING', 'CLOSING', { reasonCode: 'ORDERED', closesOn: '2026-12-31' });
    expect([await sweepOnce(), await open()]).toEqual([0, 1]);
    // As if the program had stopped between the command of the case and the count.
    await desk.spean.database.unitOfWork.run(desk.spean.context, (tx) =>
      tx.send('', `UPDATE case_summary SET state = 'TEMPORARY_CARE_REVIEW' WHERE stream_id = $1`, [caseId]),
    );
    expect([await sweepOnce(), await open()]).toEqual([1, 0]);
    expect([await sweepOnce(), await open()]).toEqual([0, 0]);
  });
});
