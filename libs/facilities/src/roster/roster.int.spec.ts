import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { facilityIdOf } from '#libs/case-log';
import type { Actor } from '#libs/cases';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import {
  FacilityDesk,
  fieldWorker,
  managerOf,
  province,
  type Resident,
} from '../../../../test/support/facility-desk.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import { importRoster, rowsOfCsv, type RosterSummary } from '../index.js';

const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

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

const taken = (rows: readonly unknown[], facility?: string, actor: Actor = fieldWorker): Promise<RosterSummary> =>
  importRoster(desk.spean, rows, { actor, ...(facility === undefined ? {} : { facility }) });

const count = async (statement: string, ...values: unknown[]): Promise<number> => {
  const [row] = await desk.rows<{ n: number }>(statement, values);
  return row?.n ?? -1;
};
async function onlyChildOf(facility: string): Promise<Resident> {
  const [row] = await desk.rows<Resident>(
    'SELECT person_id AS "personId", stream_id AS "caseId" FROM facility_stays WHERE facility = $1',
    [facility],
  );
  if (row === undefined) throw new Error(`nobody lives in ${facility}`);
  return row;
}
const children = (facility: string) =>
  count('SELECT count(DISTINCT person_id)::int AS n FROM facility_stays WHERE facility = $1', facility);
const casesIn = (facility: string) =>
  count('SELECT count(DISTINCT stream_id)::int AS n FROM facility_stays WHERE facility = $1', facility);
const events = () => count('SELECT count(*)::int AS n FROM events');

const child = (number: number, more: object = {}) => ({
  rosterNumber: String(number),
  familyNameKm: 'គំរូ',
  givenNameKm: `កុមារ ${number}`,
  sex: number % 2 === 0 ? 'female' : 'male',
  birthDate: `${2008 + (number % 10)}-0${1 + (number % 9)}-1${number % 10}`,
  ...more,
});

describe('SR-58: the roster of a facility', () => {
  it('with a thousand children, taken in twice, gives a thousand children and changes nothing the second time', async () => {
    await desk.register('BIG', { capacity: 800 });
    const rows = Array.from({ length: 1_000 }, (_, index) => child(index, { admittedAt: '2021-05-01' }));
    expect(await taken(rows, 'BIG')).toEqual({
      received: 1_000,
      created: 1_000,
      updated: 0,
      unchanged: 0,
      quarantined: [],
    });
    const before = await events();
    clock.advance('P1D');
    expect(await taken(rows, 'BIG')).toEqual({
      received: 1_000,
      created: 0,
      updated: 0,
      unchanged: 1_000,
      quarantined: [],
    });
    expect([await children('BIG'), await casesIn('BIG')]).toEqual([1_000, 1_000]);
    expect(await events()).toBe(before);
    expect((await desk.spean.facilities.find(facilityIdOf('BIG'), province))?.occupancy).toBe(1_000);
  }, 180_000);

  it('twice at the same moment gives each child once', async () => {
    await desk.register('BOTH');
    const rows = Array.from({ length: 40 }, (_, index) => child(index));
    await Promise.all([taken(rows, 'BOTH'), taken(rows, 'BOTH')]);
    expect(await taken(rows, 'BOTH')).toMatchObject({ unchanged: 40, quarantined: [] });
    expect([await children('BOTH'), await casesIn('BOTH')]).toEqual([40, 40]);
  });

  it('quarantines a bad row alone, with the column that is wrong and nothing of the child', async () => {
    await desk.register('MIXED');
    const rows = [
      child(1),
      child(2, { birthDate: '2031-01-01' }),
      child(3, { sex: 'SECRET' }),
      { givenNameKm: 'SECRET' },
      child(4, { SECRET: 'x', birthRegistration: 'SECRET' }),
      'SECRET',
      child(1, { givenNameKm: 'SECRET' }),
      child(5),
    ];
    const summary = await taken(rows, 'MIXED');
    expect(summary).toEqual({
      received: 8,
      created: 2,
      updated: 0,
      unchanged: 0,
      quarantined: [
        { index: 1, reason: 'birthDate: in the future' },
        { index: 2, reason: 'sex: not known' },
        { index: 3, reason: 'rosterNumber: missing' },
        { index: 4, reason: expect.stringContaining('birthRegistration: does not fit') },
        { index: 5, reason: 'row: no record' },
        { index: 6, reason: 'rosterNumber: given before in this roster' },
      ],
    });
    expect(JSON.stringify(summary.quarantined.filter(({ index }) => index !== 4))).not.toContain('SECRET');
    expect(await children('MIXED')).toBe(2);
  });

  it('takes in again a row that was mended, and what a row tells that it did not tell before', async () => {
    const summary = await taken([child(1, { birthRegistration: 'MISSING' }), child(2), child(5)], 'MIXED');
    expect(summary).toMatchObject({ created: 1, updated: 1, unchanged: 1, quarantined: [] });
    const told = `SELECT count(*)::int AS n FROM events WHERE data->'facts'->>'birthRegistration' = 'MISSING'`;
    expect(await count(told)).toBe(1);
  });

  it('does not undo what a worker has corrected since', async () => {
    await desk.register('MENDED');
    await taken([child(1)], 'MENDED');
    const { personId } = await onlyChildOf('MENDED');
    const person = await desk.spean.queries.findPerson(personId, fieldWorker);
    clock.advance('PT1H');
    await desk.spean.commands.executePerson({
      personId,
      actor: fieldWorker,
      purpose: 'case_management',
      traceId: 'test',
      command: {
        type: 'ChangePersonDetails',
        data: {
          facts: { sex: 'male', ageBand: '12-14', province: '12', synthetic: true },
          identity: { ...person?.identity, givenNameKm: 'ឈ្មោះត្រឹមត្រូវ' },
          location: {},
        },
        occurredAt: clock.now(),
        precision: 'moment',
      },
    });
    clock.advance('PT1H');
    expect(await taken([child(1)], 'MENDED')).toMatchObject({ unchanged: 1 });
    expect(await taken([child(1, { nickname: 'តូច' })], 'MENDED')).toMatchObject({ updated: 1 });
    expect(await desk.spean.queries.findPerson(personId, fieldWorker)).toMatchObject({
      identity: { givenNameKm: 'ឈ្មោះត្រឹមត្រូវ', nickname: 'តូច' },
      province: '12',
    });
  });

  it('never moves a child who by their case lives elsewhere by now', async () => {
    await desk.register('OLD');
    await desk.register('NEW');
    await taken([child(1)], 'OLD');
    const { caseId } = await onlyChildOf('OLD');
    await desk.case(caseId, 'RecordFacts', { facts: { facilityId: 'NEW' } });
    expect((await taken([child(1)], 'OLD')).quarantined).toEqual([
      { index: 0, reason: 'facility: by their case the child lives elsewhere' },
    ]);
  });

  it('of several facilities names the facility in each row; one that is not in the register is told', async () => {
    const csv = [
      'facility,rosterNumber,givenNameKm,sex',
      'MIXED,900,"សុខ, តូច",ស្រី',
      'MENDED,900,សៅ,ប្រុស',
      'NOWHERE,1,ចាន់,ប្រុស',
    ].join('\r\n');
    expect(await taken(rowsOfCsv(csv))).toMatchObject({
      created: 2,
      quarantined: [{ index: 2, reason: 'facility: not in the register' }],
    });
  });

  it('is taken in where nobody new may be admitted: who lives there is never the illegal one', async () => {
    await desk.register('SHUT');
    await desk.inspect('SHUT', 'SUSPENDED');
    await desk.report('FOUND');
    expect(await taken([child(1)], 'SHUT')).toMatchObject({ created: 1, quarantined: [] });
    expect(await taken([child(1)], 'FOUND')).toMatchObject({ created: 1, quarantined: [] });
  });

  it('is no way in for the people of an accused facility', async () => {
    await desk.register('ACCUSED');
    await taken([child(1)], 'ACCUSED');
    await desk.accuse('ACCUSED');
    const own = managerOf('ACCUSED');
    expect((await taken([child(1), child(2)], 'ACCUSED', own)).quarantined).toEqual([
      { index: 0, reason: 'facility: not in the register' },
      { index: 1, reason: 'facility: not in the register' },
    ]);
    expect(await children('ACCUSED')).toBe(1);
  });

  it('leaves no name in clear', async () => {
    const texts = await desk.rows<{ text: string }>(
      `SELECT e::text AS text FROM events e UNION ALL SELECT c::text FROM case_summary c
       UNION ALL SELECT s::text FROM facility_stays s`,
    );
    const everything = texts.map(({ text }) => text).join('\n');
    for (const secret of ['កុមារ 1', 'សុខ, តូច', 'ឈ្មោះត្រឹមត្រូវ']) expect(everything).not.toContain(secret);
  });
});
