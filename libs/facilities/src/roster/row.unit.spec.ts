import { describe, expect, it } from '@jest/globals';
import { loadPathways, registerInForce } from '#libs/pathway-files';
import { readRow, type RosterRules } from './row.js';

const pathways = loadPathways();
const { pathway, residence } = registerInForce(pathways);
const rules: RosterRules = {
  facts: pathways.get(pathway).definition.facts,
  residence: residence!,
  facility: 'RCF-1',
  today: '2026-03-02',
  zone: 'Asia/Phnom_Penh',
};
const child = { rosterNumber: '17', givenNameKm: 'សុភា', familyNameKm: 'សុខ' };

const reason = (row: unknown, changed: Partial<RosterRules> = {}) => {
  const read = readRow(row, { ...rules, ...changed });
  return read.ok ? 'taken in' : read.reason;
};

describe('a row of a roster', () => {
  it('tells of a child and of the facts of the pathway, as a spreadsheet writes them', () => {
    const told = {
      ...child,
      sex: 'ស្រី',
      birthDate: '2013-05-02',
      admittedAt: '2021-05-01',
      birthRegistration: 'MISSING',
      disability: 'no',
      schoolAge: 'yes',
    };
    expect(readRow(told, rules)).toEqual({
      ok: true,
      row: {
        facility: 'RCF-1',
        rosterNumber: '17',
        sex: 'female',
        ageBand: '12-14',
        identity: { givenNameKm: 'សុភា', familyNameKm: 'សុខ', birthDate: '2013-05-02' },
        facts: {
          admittedAt: '2021-04-30T17:00:00.000Z',
          birthRegistration: 'MISSING',
          disability: false,
          schoolAge: true,
        },
      },
    });
  });

  it('may know little: a number and a name, or a year of birth', () => {
    expect(readRow({ ...child, sex: '', birthDate: 2014, nickname: null }, rules)).toMatchObject({
      ok: true,
      row: { sex: 'unknown', ageBand: 'unknown', identity: { birthDate: '2014' }, facts: {} },
    });
  });

  it('names its facility where the roster is of several', () => {
    expect(readRow({ ...child, facility: 'RCF-2' }, { ...rules, facility: undefined })).toMatchObject({
      row: { facility: 'RCF-2' },
    });
    expect(reason(child, { facility: undefined })).toBe('facility: missing');
    expect(reason({ ...child, facility: 'RCF-2' })).toBe('facility: another facility');
  });

  it.each([
    [null, 'row: no record'],
    ['words', 'row: no record'],
    [[child], 'row: no record'],
    [{ ...child, rosterNumber: undefined }, 'rosterNumber: missing'],
    [{ ...child, rosterNumber: 'Chan Sreymom' }, 'rosterNumber: not a number of a roster'],
    [{ rosterNumber: '1' }, 'givenNameKm: a name is missing'],
    [{ ...child, nickname: 'x'.repeat(201) }, 'nickname: not a name'],
    [{ ...child, familyNameLatin: 7 }, 'familyNameLatin: not a name'],
    [{ ...child, sex: 'girl' }, 'sex: not known'],
    [{ ...child, birthDate: '22012-01-01' }, 'birthDate: not a date'],
    [{ ...child, birthDate: '2013-02-30' }, 'birthDate: not a date'],
    [{ ...child, birthDate: '2026-03-03' }, 'birthDate: in the future'],
    [{ ...child, birthRegistration: 'LOST' }, 'birthRegistration: does not fit'],
    [{ ...child, admittedAt: 'long ago' }, 'admittedAt: does not fit'],
    [{ ...child, disability: 'a little' }, 'disability: does not fit'],
    [{ ...child, toString: 'x' }, 'toString: no such column'],
    [{ ...child, colour: 'red' }, 'colour: no such column'],
    [{ ...child, 'Chan Sreymom': 'red' }, 'column: no such column'],
    [{ ...child, facilityId: 'RCF-2' }, 'facilityId: told by the roster itself'],
    [{ ...child, admission: 'NEW' }, 'admission: told by the roster itself'],
    [{ ...child, sex: 'x', birthDate: 'y' }, 'sex: not known; birthDate: not a date'],
  ])('%j cannot be used: %s', (row, expected) => {
    expect(reason(row)).toBe(expected);
  });
});
