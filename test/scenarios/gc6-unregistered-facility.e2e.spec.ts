import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { CaseView, ChildView, PossibleDuplicate } from '#libs/read-models';

import { FacilityHand } from '../support/facility-hand.js';
import { ProblemAnswer, refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { registerCast } from '../support/register-cast.js';

interface Items<Item> {
  items: Item[];
}

let program: Program;
let officer: FacilityHand;
let province: FacilityHand;
let facilityId: string;

const where = { province: '17', district: '1701', synthetic: true };
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const listed = async (list: string) =>
  (await program.as('province').get<Items<{ code: string }>>(`/facilities/${list}`)).items.map(({ code }) => code);
const deadline = async (definition: string) =>
  (await province.view()).deadlines.filter((each) => each.definition === definition).at(-1);
const personOf = async (caseId: string) => (await program.as('province').get<CaseView>(`/cases/${caseId}`)).person.id;
const duplicatesOf = (personId: string) =>
  program.as('province').get<PossibleDuplicate[]>(`/persons/${personId}/possible-duplicates`);
/** The child of the house and the one of that facility who look alike. */
const pairAt = async (facility: string): Promise<[string, string]> => {
  const [old = ''] = await new FacilityHand(program.as('province'), facility).residents();
  const elsewhere = await personOf(old);
  const [likeliest] = await duplicatesOf(elsewhere);
  return [likeliest?.person.id ?? '', elsewhere];
};
const told = async () => (await program.escalations(facilityId, 'DC19')).map(({ at, told: people }) => [at, ...people]);

/** Two of them have stood for years on the lists of facilities that are registered, written another way. */
const known = {
  'RCF-17': { rosterNumber: 'A-7', familyNameLatin: 'Kumru', givenNameLatin: 'Piseth', sex: 'male', birthDate: '2013' },
  'RCF-18': { rosterNumber: '31', familyNameKm: 'គំរូ', givenNameKm: 'ស្រីនិច', sex: 'female', birthDate: '2015-06-01' },
};

const names = ['ដារ៉ា', 'សុភា', 'បូផា', 'វិជ្ជា', 'ចាន់ថា', 'រតនា', 'មករា'];
/** The list that hangs in the kitchen: numbers, names, and years of birth where somebody knew them. */
const kitchenList = Array.from({ length: 35 }, (_, index) => ({
  rosterNumber: String(index + 1),
  familyNameKm: 'គំរូ',
  givenNameKm: names[index % names.length],
  sex: index % 3 === 0 ? 'male' : 'female',
  birthDate: String(2009 + (index % 12)),
  ...(index === 9 ? { givenNameKm: 'ពិសិដ្ឋ', sex: 'male', birthDate: '2013-02-10' } : {}),
  ...(index === 17 ? { givenNameKm: 'ស្រីនិច', sex: 'female', birthDate: '2014' } : {}),
}));

/** A Monday morning in March. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-16', '09:00'), registerCast);
  const register = (code: string, type: string, village: string) =>
    program.as('province').post('/facilities', { code, type, village, state: 'AUTHORISED', capacity: 40, ...where });
  await register('RCF-17', 'RCI', '17010101');
  await register('RCF-18', 'GROUP_HOME', '17010205');
  await register('RCF-19', 'PAGODA', '17010303');
  for (const [code, row] of Object.entries(known)) {
    await new FacilityHand(program.as('province'), code).roster([{ ...row, birthRegistration: 'MISSING' }]);
  }
});
afterAll(() => program.stop());

describe('G-C6: behind a market somebody finds a house with 35 children that nobody has registered', () => {
  it('SR-60: the report, made in the field, gives the province five working days to follow it up', async () => {
    const report = { type: 'GROUP_HOME', village: '17010101', children: 35, agency: 'PDOSVY-17', owner: 'province' };
    const text = 'Thirty-five children sleep in two rooms behind the market';
    const { id } = await program.as('officer').post('/facilities/reports', { ...report, ...where, text });
    facilityId = id;
    officer = new FacilityHand(program.as('officer'), id);
    province = new FacilityHand(program.as('province'), id);
    expect(await province.view()).toMatchObject({
      code: expect.stringMatching(/^FOUND-/),
      state: 'UNKNOWN_FOUND',
      takesNewChildren: false,
      reportedChildren: 35,
      occupancy: 0,
      report: text,
    });
    expect(await deadline('DC19')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-23') });
    expect(await listed('unregistered')).toEqual([(await province.view()).code]);
  });

  it('two facilities that are known may be this one; whether they are, somebody finds out on the spot', async () => {
    const { code, possibleDuplicates } = await province.view();
    expect(possibleDuplicates).toMatchObject([
      { code: 'RCF-17', sameVillage: true, sameDistrictAndType: false },
      { code: 'RCF-18', sameVillage: false, sameDistrictAndType: true },
    ]);
    const pairs = await program
      .as('province')
      .get<Items<Record<'first' | 'second', { code: string }>>>('/facilities/possible-duplicates');
    expect(pairs.items.map(({ first, second }) => [first.code, second.code])).toEqual([
      [code, 'RCF-17'],
      [code, 'RCF-18'],
    ]);
    expect((await new FacilityHand(program.as('province'), 'RCF-17').view()).possibleDuplicates).toMatchObject([
      { code },
    ]);
  });

  it('nobody new may be brought there, and least of all because a family is poor', async () => {
    const { code } = await province.view();
    const { id: personId } = await program.as('officer').post('/persons', { sex: 'male', synthetic: true });
    const open = (facts: object) =>
      program.as('officer').post('/cases', { personId, pathway: 'C_REINTEGRATION', ...where, facts });
    const proposed = { facilityId: code, admission: 'NEW', admissionReason: 'POVERTY' };
    const problem = await refusal(open(proposed));
    expect(problem.status).toBe(422);
    expect(missing(problem)).toEqual(['GuardUnmet FACTS.1', 'GuardUnmet FACTS.2']);
    expect(problem.unmet?.find(({ subject }) => subject === 'FACTS.2')).toMatchObject({
      text: { en: expect.stringContaining('Family Package') },
      tryFirst: expect.arrayContaining(['FAMILY_PACKAGE', 'IDPOOR']),
    });
  });

  it('the next day the 35 children are on record, each with a case; two rows had to be mended', async () => {
    await until('2026-03-17', '10:00');
    const unreadable = kitchenList.map((row, index) => {
      if (index === 4) return { ...row, birthDate: '31-02-2015' };
      return index === 20 ? { ...row, familyNameKm: undefined, givenNameKm: undefined } : row;
    });
    expect(await officer.roster(unreadable)).toEqual({
      received: 35,
      created: 33,
      updated: 0,
      unchanged: 0,
      quarantined: [
        { index: 4, reason: 'birthDate: not a date' },
        { index: 20, reason: 'givenNameKm: a name is missing' },
      ],
    });
    expect(await officer.roster(kitchenList)).toMatchObject({ created: 2, unchanged: 33, quarantined: [] });
    expect(await officer.roster(kitchenList)).toMatchObject({ created: 0, unchanged: 35, quarantined: [] });
    expect((await province.view()).occupancy).toBe(35);
    expect(await province.residents()).toHaveLength(35);
  });

  it('two of them look like children of two other facilities; that is proposed to a person, and nothing more', async () => {
    const inTheHouse = await Promise.all((await province.residents()).map(personOf));
    for (const [facility, reasons] of [
      ['RCF-17', ['name_alike_in_both_scripts', 'same_birth_year', 'same_district']],
      ['RCF-18', ['same_name', 'birth_year_off_by_one', 'same_district']],
    ] as const) {
      const [here, elsewhere] = await pairAt(facility);
      expect(inTheHouse).toContain(here);
      expect(await duplicatesOf(elsewhere)).toMatchObject([{ person: { id: here, mergedInto: null }, reasons }]);
      expect(await duplicatesOf(here)).toMatchObject([{ person: { id: elsewhere, mergedInto: null }, reasons }]);
    }
    // As the officer asks before a child is put on record; no name stands in an address.
    const identity = { familyNameKm: 'គំរូ', givenNameKm: 'ពិសិដ្ឋ', birthDate: '2013' };
    const asked = (await program
      .as('officer')
      .post('/persons/matches', { purpose: 'existing_case', sex: 'male', identity })) as unknown;
    expect((asked as PossibleDuplicate[]).map(({ person }) => person.id).toSorted()).toEqual(
      (await pairAt('RCF-17')).toSorted(),
    );
  });

  it('the boy is one child: a supervisor merges the records, both cases stay, and it can be undone for 30 days', async () => {
    const [here, elsewhere] = await pairAt('RCF-17');
    const merge = (staff: string) =>
      program
        .as(staff)
        .post(`/persons/${here}/merge`, { into: elsewhere, reason: 'The same scar; his aunt knows him' });
    expect(missing(await refusal(merge('officer')))).toEqual(['RoleNotAllowed person']);
    await merge('province');
    expect(await duplicatesOf(elsewhere)).toEqual([]);
    const child = await program.as('province').get<ChildView>(`/persons/${here}/child`);
    expect(child.records.toSorted()).toEqual([here, elsewhere].toSorted());
    expect(new Set(child.cases.map(({ personId }) => personId))).toEqual(new Set([here, elsewhere]));
    expect((await province.view()).occupancy).toBe(35);
  });

  it('the girl is not: she was a namesake, and when that is known the merge is undone', async () => {
    const [here, elsewhere] = await pairAt('RCF-18');
    await program.as('province').post(`/persons/${here}/merge`, { into: elsewhere, reason: 'The same name' });
    expect(await duplicatesOf(elsewhere)).toEqual([]);
    await until('2026-03-18', '10:00');
    await program.as('province').post(`/persons/${here}/unmerge`, { reason: 'Her mother has another name' });
    expect(await program.as('province').get(`/persons/${here}/child`)).toMatchObject({ records: [here] });
    expect((await duplicatesOf(elsewhere)).map(({ person }) => person.id)).toEqual([here]);
  });

  it('they are never the illegal ones: each has sixty days for a profile, and a worklist that somebody answers for', async () => {
    const [caseId = ''] = await province.residents();
    expect(await program.deadlines(caseId)).toEqual(
      expect.arrayContaining([expect.objectContaining({ definition: 'DC02', status: 'due' })]),
    );
    const { items } = await program.as('province').get<Items<{ caseId: string }>>('/worklists/mine?limit=100');
    expect(new Set(items.map((task) => task.caseId)).size).toBe(35);
    expect(items.map((task) => task.caseId)).not.toContain(facilityId);
  });

  it('SR-60: while nobody goes there, the province is reminded, then its head hears of it', async () => {
    await until('2026-03-27', '10:00');
    expect(await told()).toEqual([
      [endOf('2026-03-21'), 'province'],
      [endOf('2026-03-22'), 'province'],
      [endOf('2026-03-23'), 'inspector', 'province'],
      [endOf('2026-03-24'), 'inspector', 'province'],
      [endOf('2026-03-26'), 'head'],
    ]);
    expect(await deadline('DC19')).toMatchObject({ status: 'overdue' });
    const inbox = await program
      .as('head')
      .get<Items<{ caseId: string | null; facilityId: string | null; text?: string }>>('/inbox');
    expect(inbox.items).toMatchObject([{ caseId: null, facilityId }]);
  });

  it('an inspection on the spot ends the wait: it is given two months, and a year to the next inspection', async () => {
    const found = { text: 'One carer for thirty-five children', occurredAt: '2026-03-27T08:00:00+07:00' };
    await province.inspect('IMPROVEMENT_NOTICE', ['NOT_AUTHORISED', 'STAFF_TOO_FEW', 'OVERCROWDED'], found);
    expect(await province.view()).toMatchObject({ state: 'IMPROVEMENT_NOTICE', inspections: [{ text: found.text }] });
    expect(await deadline('DC19')).toMatchObject({ status: 'met', inTime: false });
    expect(await deadline('DC20')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-27') });
    expect(await deadline('DC18')).toMatchObject({ status: 'due', dueAt: endOf('2027-03-27') });
    expect(await listed('unregistered')).toEqual([]);
    await until('2026-04-10', '10:00');
    expect(await told()).toHaveLength(5);
  });

  it('of its past the register tells what was known then', async () => {
    const then = await province.view(local('2026-03-16', '20:00'));
    expect(then).toMatchObject({ state: 'UNKNOWN_FOUND', occupancy: 0, inspections: [] });
    expect(await province.view(local('2026-03-20', '12:00'))).toMatchObject({ state: 'UNKNOWN_FOUND', occupancy: 35 });
    await expect(province.view(local('2026-03-15', '12:00'))).rejects.toBeInstanceOf(ProblemAnswer);
  });
});
