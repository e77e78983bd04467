import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant } from '#libs/calendar';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { FacilityDesk } from '../../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import { replay } from '../replay.js';
import type { CareStockRow, DetentionStockRow, Stock } from './stock.js';

const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await FacilityDesk.open(fresh, clock);
  await desk.register('RCF-1');
  await desk.register('YRC-1', { type: 'YRC' });
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

interface Snapshot {
  at: Instant;
  detention: Stock<DetentionStockRow>;
  care: Stock<CareStockRow>;
}

const snapshots: Snapshot[] = [];

async function stockTaken(): Promise<Snapshot> {
  const { facilities } = desk.spean;
  const snapshot = {
    at: clock.now(),
    detention: await facilities.detentionStock(),
    care: await facilities.careStock(),
  };
  snapshots.push(snapshot);
  clock.advance('P1D');
  return snapshot;
}

/** A child accused of something. */
const accused = (birthDate: string, ageAtOffence?: number) =>
  desk
    .openCase({ pathway: 'B_DIVERSION@1.0.0', facts: ageAtOffence === undefined ? {} : { ageAtOffence } }, birthDate)
    .then(({ caseId }) => caseId);

const liberty = (caseId: string, to: string, place?: string, at = clock.now()) =>
  desk.case(
    caseId,
    'MoveTrack',
    { track: 'LIBERTY', to, authority: 'POLICE-17', orderReference: '1', ...(place === undefined ? {} : { place }) },
    { at },
  );

const held = (heldIn: string, lawAge: number | null, ageNow: number | null, count: number | null) => ({
  heldIn,
  lawAge,
  ageNow,
  count,
});

describe('children deprived of liberty', () => {
  const sixteen: string[] = [];
  const unknown: string[] = [];

  it('SR-44: are counted by both ages, that at the offence and that of now', async () => {
    expect((await stockTaken()).detention).toMatchObject({ total: 0, rows: [] });
    // Turns 17 on the 5th of March.
    for (let child = 0; child < 6; child += 1) sixteen.push(await accused('2009-03-05', 16));
    for (let child = 0; child < 5; child += 1) unknown.push(await accused('2008-12-01'));
    for (const caseId of sixteen) await liberty(caseId, 'POLICE_CUSTODY', 'POST-17');
    for (const caseId of unknown) await liberty(caseId, 'PRETRIAL_DETENTION', 'YRC-1');
    expect((await stockTaken()).detention).toMatchObject({
      total: 11,
      rows: [held('POLICE_CUSTODY', 16, 16, 6), held('PRETRIAL_DETENTION', null, 17, 5)],
    });
  });

  it('SR-44: one who moves on is counted where they are now, and one who is free no more', async () => {
    clock.advance('P2D');
    for (const caseId of sixteen) await liberty(caseId, 'PRETRIAL_DETENTION', 'YRC-1');
    for (const caseId of unknown) await desk.case(caseId, 'RecordFacts', { facts: { ageAtOffence: 15 } });
    expect((await stockTaken()).detention).toMatchObject({
      total: 11,
      rows: [held('PRETRIAL_DETENTION', 15, 17, 5), held('PRETRIAL_DETENTION', 16, 17, 6)],
    });
    for (const caseId of sixteen) await liberty(caseId, 'SUPERVISED_RELEASE');
    expect((await stockTaken()).detention).toMatchObject({
      total: 5,
      rows: [held('PRETRIAL_DETENTION', 15, 17, 5)],
    });
  });

  it('SR-44: a release that is told late changes today, and not what was known before', async () => {
    const released = clock.now();
    clock.advance('P3D');
    const before = await stockTaken();
    expect(before.detention.total).toBe(5);
    for (const caseId of unknown) await liberty(caseId, 'AT_LIBERTY', undefined, released);
    expect((await stockTaken()).detention.total).toBe(0);
    expect((await desk.spean.facilities.detentionStock(before.at)).total).toBe(5);
  });

  it('SR-44: fewer than five are shown as nobody in particular', async () => {
    const caseId = await accused('2010-01-01', 15);
    await liberty(caseId, 'POLICE_CUSTODY');
    expect((await stockTaken()).detention).toMatchObject({
      total: null,
      rows: [held('POLICE_CUSTODY', 15, 16, null)],
    });
  });
});

describe('children in care', () => {
  it('are counted by province and kind of the facility, sex and age band; one who left is not', async () => {
    const children = await Promise.all(Array.from({ length: 6 }, () => desk.resident('RCF-1')));
    expect((await stockTaken()).care).toMatchObject({
      total: 6,
      rows: [{ province: '17', type: 'RCI', sex: 'female', ageBand: '12-14', count: 6 }],
    });
    const caseId = children[0]?.caseId ?? '';
    await desk.case(caseId, 'RecordFacts', { facts: { leftFacilityAt: clock.now() } });
    expect((await stockTaken()).care.total).toBe(5);
  });
});

describe('SR-44: a question about any past moment', () => {
  const answered = () =>
    Promise.all(
      snapshots.map(async ({ at }) => ({
        at,
        detention: await desk.spean.facilities.detentionStock(at),
        care: await desk.spean.facilities.careStock(at),
      })),
    );

  it('gets the answer that was given then', async () => {
    expect(snapshots.length).toBeGreaterThan(6);
    expect(await answered()).toEqual(snapshots);
  });

  it('gets the same answer after everything was rebuilt from the log', async () => {
    await replay(desk.spean);
    expect(await answered()).toEqual(snapshots);
  });
});
