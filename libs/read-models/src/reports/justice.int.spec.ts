import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { colleague, nation, province, ReportStage } from './report-support.spec.js';

let stage: ReportStage;

beforeAll(async () => {
  stage = await ReportStage.open('2026-01-05T02:00:00.000Z');
});
afterAll(() => stage.close());

/** A child whose sentence in the community is served today: the shortest way to a beginning that is followed up. */
async function served(personId = uuidv7()): Promise<string> {
  const id = await stage.open('B_DIVERSION', { personId, facts: { ageAtOffence: 16, offenceClass: 'MISD' } });
  await stage.documents(id, 'INTAKE_REPORT', 'AGE_EVIDENCE', 'JUDGMENT', 'AFTERCARE_PLAN');
  await stage.facts(id, { onTrial: true });
  await stage.move(id, 'LIBERTY', 'AT_LIBERTY');
  await stage.take(id, 'B01');
  await stage.take(id, 'B03');
  await stage.take(id, 'B24');
  await stage.documents(id, 'COMPLETION_REPORT');
  await stage.take(id, 'B26');
  return id;
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const rest = [...items];
  const turn = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, turn));
}

const [six, twelve] = ['P6M', 'P12M'];
const windows = async () => (await stage.spean.reports.recidivism())[0]?.windows;

describe('SR-43: recidivism of a synthetic cohort', () => {
  const cohort: string[] = [];
  const size = 250;
  const came = 5;

  beforeAll(async () => {
    await inTurns([...Array(size).keys()], async () => cohort.push(await served()));
  }, 180_000);

  it('is nothing at all before six months have passed, also when children came again', async () => {
    stage.clock.set('2026-04-01T02:00:00.000Z');
    await stage.facts(cohort[0]!, { newOffenceOn: '2026-03-20', reoffendingCheck: 'PROSECUTED' });
    expect(await windows()).toEqual([
      { within: six, children: 0, reoffended: 0, share: null, unchecked: 0 },
      { within: twelve, children: 0, reoffended: 0, share: null, unchecked: 0 },
    ]);
  });

  it('with a known 2 % is 2 %; a cohort whose months have not passed is in neither number', async () => {
    for (const id of cohort.slice(1, came)) {
      await stage.facts(id, { newOffenceOn: '2026-04-11', reoffendingCheck: 'CONVICTED' });
    }
    const young = await served();
    await stage.facts(young, { newOffenceOn: '2026-04-02', reoffendingCheck: 'PROSECUTED' });
    stage.clock.set('2026-07-06T02:00:00.000Z');
    await inTurns(cohort.slice(came), (id) => stage.facts(id, { reoffendingCheck: 'NONE' }));
    expect(await windows()).toEqual([
      { within: six, children: size, reoffended: came, share: 0.02, unchecked: 0 },
      { within: twelve, children: 0, reoffended: 0, share: null, unchecked: 0 },
    ]);
  }, 60_000);

  it('after a year counts both windows, each by the day of the offence', async () => {
    stage.clock.set('2026-12-01T02:00:00.000Z');
    for (const id of cohort.slice(came, came + 5)) {
      await stage.facts(id, { newOffenceOn: '2026-11-15', reoffendingCheck: 'PROSECUTED' });
    }
    stage.clock.set('2027-01-06T02:00:00.000Z');
    const [half, year] = (await windows())!;
    // The young one's half year has passed as well, and it came again.
    expect(half).toMatchObject({ children: size + 1, reoffended: came + 1 });
    expect(year).toMatchObject({ children: size, reoffended: came + 5, share: 0.04 });
    expect(year?.unchecked).toBe(size - came - 5);
  });

  it('says in words what it counts, and by which age', async () => {
    const [report] = await stage.spean.reports.recidivism();
    expect(report).toMatchObject({ pathway: 'B_DIVERSION' });
    expect(report?.meaning.en).toMatch(/under 18 at the first offence, whatever the age now/);
    expect(report?.meaning.km).toMatch(/\p{Script=Khmer}/u);
  });
});

describe('children who are held', () => {
  const held: string[] = [];

  async function detained(more: Record<string, string> = {}): Promise<string> {
    const id = await stage.open('B_DIVERSION', { facts: { offenceClass: 'MISD', ageAtOffence: 15, ...more } });
    await stage.move(id, 'LIBERTY', 'PRETRIAL_DETENTION');
    held.push(id);
    return id;
  }

  const listed = async (watchlist: string, caller = nation) =>
    (await stage.spean.reports.watchlistCases(watchlist, caller, { limit: 100 })).items.map(
      ({ stream_id }) => stream_id,
    );

  beforeAll(async () => {
    stage.clock.set('2027-03-01T02:00:00.000Z');
    for (let number = 0; number < 6; number += 1) await detained({ detentionReason: 'PRESENCE' });
    for (let number = 0; number < 5; number += 1) await detained();
    await detained({ detentionReason: 'EVIDENCE' });
    for (let number = 0; number < 6; number += 1) {
      const id = await stage.open('B_DIVERSION', { facts: { offenceClass: 'FEL' } });
      await stage.move(id, 'LIBERTY', 'SENTENCED_DETENTION');
      held.push(id);
    }
  });

  it('SR-45: the share before a judgment and the reasons, in numbers that give no child away', async () => {
    const [report] = await stage.spean.reports.detention();
    expect(report).toMatchObject({ pathway: 'B_DIVERSION', children: 18, pretrial: 12, share: 0.667 });
    const reasons = Object.fromEntries(report!.reasons.map(({ reason, children }) => [reason, children]));
    // One child is held for the evidence; so that it can't be worked out, another reason is not shown either.
    expect(reasons).toEqual({
      STOP_OFFENCE: 0,
      WITNESSES: 0,
      EVIDENCE: null,
      PRESENCE: 6,
      OWN_SECURITY: 0,
      PUBLIC_ORDER: 0,
      NONE_GIVEN: 0,
      unknown: null,
    });
    expect(report?.meaning.en).toMatch(/at the alleged offence, whatever the age now/);
    await stage.move(held[0]!, 'LIBERTY', 'AT_LIBERTY');
    expect((await stage.spean.reports.detention())[0]).toMatchObject({ children: 17, pretrial: 11 });
    await stage.move(held[0]!, 'LIBERTY', 'PRETRIAL_DETENTION');
  });

  it('SR-47: after 12 hours without having met a lawyer they are listed, and no longer once they did', async () => {
    stage.clock.advance('PT11H');
    expect(await listed('NO_LAWYER')).toEqual([]);
    stage.clock.advance('PT1H');
    const before = await listed('NO_LAWYER');
    expect(before.toSorted()).toEqual(held.slice(0, 12).toSorted());
    await stage.move(held[1]!, 'LAWYER', 'ASSIGNED');
    expect(await listed('NO_LAWYER')).toContain(held[1]);
    await stage.move(held[1]!, 'LAWYER', 'MET_CHILD');
    expect(await listed('NO_LAWYER')).not.toContain(held[1]);
    await stage.move(held[1]!, 'LAWYER', 'CHANGED');
    expect(await listed('NO_LAWYER')).toContain(held[1]);
  });

  it('SR-48: after 7 days without a bail application they are listed', async () => {
    expect(await listed('NO_BAIL_APPLICATION')).toEqual([]);
    await stage.move(held[2]!, 'BAIL', 'APPLIED');
    stage.clock.advance('P7D');
    const silent = await listed('NO_BAIL_APPLICATION');
    expect(silent).toHaveLength(11);
    expect(silent).not.toContain(held[2]);
    expect(silent).toContain(held[3]);
  });

  it('SR-50: eligible by their class and never screened for diversion, they are found', async () => {
    const found = await listed('NEVER_SCREENED');
    expect(found.toSorted()).toEqual(held.slice(0, 12).toSorted());
    const felony = await stage.open('B_DIVERSION', { facts: { offenceClass: 'FEL' } });
    await stage.move(felony, 'LIBERTY', 'PRETRIAL_DETENTION');
    const screened = held[4]!;
    await stage.documents(screened, 'INTAKE_REPORT', 'AGE_EVIDENCE', 'LAWYER_ASSIGNMENT');
    await stage.facts(screened, { onTrial: true });
    await stage.take(screened, 'B01');
    await stage.take(screened, 'B03');
    expect(await listed('NEVER_SCREENED')).toContain(screened);
    await stage.take(screened, 'B09');
    const after = await listed('NEVER_SCREENED');
    expect(after).toHaveLength(11);
    expect(after).not.toContain(screened);
    expect(after).not.toContain(felony);
  });

  it('are listed for those who answer for them, and for nobody in conflict of interest', async () => {
    const all = await listed('NEVER_SCREENED');
    expect((await listed('NEVER_SCREENED', province('12'))).toSorted()).toEqual(all.toSorted());
    expect(await listed('NEVER_SCREENED', province('08'))).toEqual([]);
    expect(await listed('NEVER_SCREENED', colleague)).toHaveLength(all.length);
    const conflict = { conflictId: uuidv7(), subject: 'staff' as const, ref: 'sup-12', reason: 'an uncle' };
    await stage.run(all[0]!, 'DeclareConflict', conflict);
    expect(await listed('NEVER_SCREENED', province('12'))).not.toContain(all[0]);
  });

  it('nationwide, lists are numbers, and small ones are not shown', async () => {
    const numbers = await stage.spean.reports.watchlistNumbers();
    const never = numbers.find(({ watchlist }) => watchlist === 'NEVER_SCREENED');
    expect(never).toMatchObject({ children: 11, provinces: [{ province: '12', children: 11 }], confirmed: false });
    const few = await stage.open('B_DIVERSION', { province: '08', facts: { offenceClass: 'MISD' } });
    await stage.move(few, 'LIBERTY', 'POLICE_CUSTODY');
    const again = (await stage.spean.reports.watchlistNumbers()).find(
      ({ watchlist }) => watchlist === 'NEVER_SCREENED',
    );
    expect(again).toMatchObject({
      children: 12,
      provinces: [
        { province: '08', children: null },
        { province: '12', children: null },
      ],
    });
    const lists = await stage.spean.reports.watchlists(province('08'));
    expect(lists.find(({ watchlist }) => watchlist === 'NEVER_SCREENED')).toMatchObject({ cases: 1 });
    expect(lists.find(({ watchlist }) => watchlist === 'NO_BIRTH_CERTIFICATE')).toMatchObject({ cases: 0 });
  });
});
