import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { facilityIdOf } from '#libs/case-log';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { FacilityDesk, managerOf, province } from '../../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import { replay } from '../replay.js';

const clock = new VirtualClock('2026-03-02T03:00:00.000Z');
const page = { limit: 100 };

let fresh: FreshDatabase;
let desk: FacilityDesk;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await FacilityDesk.open(fresh, clock);
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

const leaves = (caseId: string) => desk.case(caseId, 'RecordFacts', { facts: { leftFacilityAt: clock.now() } });

async function residents(facility: string, count: number): Promise<string[]> {
  const children: string[] = [];
  for (let child = 0; child < count; child += 1) children.push((await desk.resident(facility)).caseId);
  return children;
}

describe('SR-51: how full a facility is', () => {
  const worst = async (asOf?: string) => {
    const { items } = await desk.spean.facilities.overcrowded(province, page, asOf);
    return items.map(({ code, occupancy, capacity }) => `${code} ${occupancy}/${capacity}`);
  };
  const occupancy = async (code: string, asOf?: string) =>
    (await desk.spean.facilities.find(facilityIdOf(code), province, asOf))?.occupancy;
  let full: string[];
  let threeDaysAgo: string;

  beforeAll(async () => {
    await desk.register('FULL', { capacity: 2, district: '1702' });
    await desk.register('FULLER', { capacity: 1, district: '1703' });
    await desk.register('ROOMY', { capacity: 30, district: '1704' });
    full = await residents('FULL', 3);
    await residents('FULLER', 4);
    await residents('ROOMY', 3);
  });

  it('is what the cases of the children say; those over capacity are listed, the worst first', async () => {
    expect(await worst()).toEqual(['FULLER 4/1', 'FULL 3/2']);
    expect(await occupancy('ROOMY')).toBe(3);
    const first = await desk.spean.facilities.overcrowded(province, { limit: 1 });
    expect(first.items.map(({ code }) => code)).toEqual(['FULLER']);
    const second = await desk.spean.facilities.overcrowded(province, { limit: 1, cursor: first.next ?? '' });
    expect(second).toMatchObject({ items: [{ code: 'FULL' }], next: null });
  });

  it('changes with every child who moves in, moves on or leaves, and with what it is made for', async () => {
    threeDaysAgo = clock.now();
    clock.advance('P1D');
    await desk.case(full[0] ?? '', 'RecordFacts', { facts: { facilityId: 'ROOMY' } });
    expect(await worst()).toEqual(['FULLER 4/1']);
    expect(await occupancy('ROOMY')).toBe(4);
    await leaves(full[1] ?? '');
    expect(await occupancy('FULL')).toBe(1);
    await desk.tell('ROOMY', 'ChangeFacilityDetails', { capacity: 3 });
    expect(await worst()).toEqual(['FULLER 4/1', 'ROOMY 4/3']);
    clock.advance('P2D');
  });

  it('is known for any past moment as it was known then, also after a replay', async () => {
    const asked = async () => [
      await worst(threeDaysAgo),
      await occupancy('FULL', threeDaysAgo),
      await worst('2026-03-02T02:59:59.000Z'),
      await worst(),
    ];
    const answers = [['FULLER 4/1', 'FULL 3/2'], 3, [], ['FULLER 4/1', 'ROOMY 4/3']];
    expect(await asked()).toEqual(answers);
    await replay(desk.spean);
    expect(await asked()).toEqual(answers);
  });

  it('does not count a child whose admission is only proposed, nor one child of two cases twice', async () => {
    const before = await occupancy('ROOMY');
    await desk.openCase({ facts: { facilityId: 'ROOMY', admission: 'NEW' } });
    const { personId } = await desk.resident('ROOMY');
    await desk.resident('ROOMY', {}, { personId });
    expect(await occupancy('ROOMY')).toBe((before ?? 0) + 1);
  });

  it('lists the cases of those who live there to who answers for them, page by page, without a name', async () => {
    const id = facilityIdOf('FULLER');
    const supervisor = { ...province, agency: 'osvy-1701' };
    const first = await desk.spean.facilities.residents(id, supervisor, { limit: 3 });
    const rest = await desk.spean.facilities.residents(id, supervisor, { limit: 3, cursor: first?.next ?? '' });
    expect([first?.items.length, rest?.items.length, rest?.next]).toEqual([3, 1, null]);
    expect(Object.keys(first?.items[0] ?? {}).toSorted()).toEqual(
      ['code', 'from_at', 'held_in', 'owner', 'pathway', 'risk', 'state', 'stream_id'].toSorted(),
    );
    const stranger = { id: 'stranger', roles: ['NGO_CW'], agency: 'elsewhere' };
    expect(await desk.spean.facilities.residents(id, stranger, page)).toMatchObject({ items: [] });
  });
});

describe('SR-61: inspections', () => {
  const overdue = async () => {
    const { items } = await desk.spean.facilities.inspectionsOverdue(province, page);
    return items.map(({ code, inspected_at: at, overdueHours }) => [code, at, overdueHours]);
  };

  it('are due a year after the last one, and every late one is listed, the latest first', async () => {
    await desk.register('VISITED', { district: '1705' });
    await desk.register('FORGOTTEN', { district: '1706' });
    await desk.register('JAIL', { type: 'PRISON', district: '1707' });
    expect(await overdue()).toEqual([]);
    clock.advance('P6M');
    const seen = clock.now();
    await desk.inspect('VISITED', 'COMPLIANT');
    clock.advance('P7M');
    const known = await overdue();
    const names = known.map(([code]) => code);
    expect(names).toEqual(expect.arrayContaining(['FULL', 'FULLER', 'ROOMY', 'FORGOTTEN']));
    expect(names).not.toContain('VISITED');
    expect(names).not.toContain('JAIL');
    expect(names[0]).not.toBe('FORGOTTEN');
    clock.advance('P6M');
    expect(await overdue()).toContainEqual(['VISITED', seen, expect.any(Number)]);
  });

  it('take a facility off the list, whatever they came to', async () => {
    await desk.inspect('FORGOTTEN', 'SUSPENDED');
    await desk.inspect('VISITED', 'COMPLIANT');
    const names = (await overdue()).map(([code]) => code);
    expect(names.toSorted()).toEqual(['FULL', 'FULLER', 'ROOMY']);
  });
});

describe('SR-60: a facility that nobody registered', () => {
  const sheltered = 'Synthetic house behind the market 4711';

  it('waits on a list from the report on, to be followed up within five working days', async () => {
    // A Monday.
    clock.set('2028-02-07T03:00:00.000Z');
    await desk.report('FOUND-1', { village: '17080101', district: '1708' });
    const { items } = await desk.spean.facilities.unregistered(province, page);
    expect(items).toMatchObject([
      {
        code: 'FOUND-1',
        state: 'UNKNOWN_FOUND',
        definition: 'DC19',
        reported_children: 35,
        due_at: '2028-02-14T16:59:59.000Z',
        overdueHours: null,
      },
    ]);
  });

  it('may be one that is known: of the same village, or of the same district and kind', async () => {
    await desk.register('NEIGHBOUR', { village: '17080101', district: '1708' });
    await desk.register('ALIKE', { type: 'GROUP_HOME', village: '17080102', district: '1708' });
    await desk.register('OTHER', { type: 'PAGODA', village: '17080103', district: '1708' });
    const { items } = await desk.spean.facilities.duplicates(province, page);
    const inDistrict = items.filter(({ first_code: a, second_code: b }) => [a, b].includes('FOUND-1'));
    expect(inDistrict).toMatchObject([
      { first_code: 'FOUND-1', second_code: 'NEIGHBOUR', same_village: true, same_district_and_type: false },
      { first_code: 'ALIKE', second_code: 'FOUND-1', same_village: false, same_district_and_type: true },
    ]);
    const view = await desk.spean.facilities.find(facilityIdOf('FOUND-1'), province);
    expect(view?.possibleDuplicates.map(({ code }) => code)).toEqual(['NEIGHBOUR', 'ALIKE']);
    expect(await desk.spean.facilities.duplicates(province, { limit: 1 })).toMatchObject({
      items: [{ second_code: 'NEIGHBOUR' }],
      next: expect.any(String),
    });
  });

  it('leaves the list once it is followed up', async () => {
    await desk.move('FOUND-1', 'NOTIFIED', { reasonCode: 'REGISTERED' });
    expect((await desk.spean.facilities.unregistered(province, page)).items).toEqual([]);
  });

  it('that shelters children in danger is nowhere in clear, neither its address nor its village', async () => {
    const text = 'Synthetic words about the shelter 4711';
    await desk.report('SHELTER', {
      type: 'TRANSIT',
      district: '1709',
      village: '17090909',
      place: { name: sheltered, address: sheltered, phone: '012 345 678' },
      text,
    });
    expect(await desk.spean.facilities.find(facilityIdOf('SHELTER'), province)).toMatchObject({
      village: null,
      report: text,
      place: { name: sheltered, address: sheltered, village: '17090909' },
    });
    const everything = await allRows(fresh.urls.admin);
    expect(everything).toContain('SHELTER');
    for (const secret of [sheltered, '17090909', '012 345 678', text]) expect(everything).not.toContain(secret);
  });
});

describe('an allegation', () => {
  it('is never shown to those who work in a facility, and hides it from its own people', async () => {
    await desk.register('ACCUSED', { district: '1710' });
    await desk.register('BESIDE', { district: '1710' });
    await desk.accuse('ACCUSED');
    const id = facilityIdOf('ACCUSED');
    const { facilities } = desk.spean;
    expect((await facilities.find(id, province))?.accusations).toHaveLength(1);
    expect(await facilities.find(id, managerOf('BESIDE'))).toMatchObject({ code: 'ACCUSED', accusations: [] });
    const own = managerOf('ACCUSED');
    const lists = [
      (await facilities.list(own, {}, page)).items.map(({ code }) => code),
      (await facilities.tasks(own, page)).items.map(({ code }) => code),
      (await facilities.duplicates(own, page)).items.flatMap(({ first_code: a, second_code: b }) => [a, b]),
    ];
    expect(lists.flat()).toContain('BESIDE');
    expect(lists.flat()).not.toContain('ACCUSED');
    expect(await facilities.findState(id, own)).toBeUndefined();
  });
});

/** Every row of every table as text. */
async function allRows(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
