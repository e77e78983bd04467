import { describe, expect, it } from '@jest/globals';
import type { PersonDetails, PersonIdentity } from './details.js';
import { likenessOf, WORTH_A_LOOK } from './likeness.js';

const child = (identity: PersonIdentity, sex: 'female' | 'male' = 'female'): PersonDetails => ({
  facts: { sex, ageBand: '12-14', synthetic: true },
  identity,
  location: {},
});

const sreymom = child({ familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ', birthDate: '2012-02-03' });

describe('two records that may be of one child', () => {
  it.each<[string, PersonDetails]>([
    [
      'written in the other script',
      child({ familyNameLatin: 'Chan', givenNameLatin: 'Sreymom', birthDate: '2012-02-03' }),
    ],
    ['typed another way', child({ familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រី\u200bមុំ', birthDate: '2012' })],
    ['with day and month swapped', child({ familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ', birthDate: '2012-03-02' })],
    ['with the parts of the name swapped', child({ familyNameKm: 'ស្រីមុំ', givenNameKm: 'ច័ន្ទ', birthDate: '2012' })],
  ])('%s: worth a look', (_, other) => {
    expect(likenessOf(sreymom, other).score).toBeGreaterThanOrEqual(WORTH_A_LOOK);
    expect(likenessOf(other, sreymom)).toEqual(likenessOf(sreymom, other));
  });

  it.each<[string, PersonDetails]>([
    ['of another sex', child({ familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ', birthDate: '2012' }, 'male')],
    ['born years apart', child({ familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ', birthDate: '2016-02-03' })],
    [
      'with nothing but a birthday in common',
      child({ familyNameKm: 'សុខ', givenNameKm: 'ដារ៉ា', birthDate: '2012-02-03' }),
    ],
    ['without anything to compare', child({})],
  ])('%s: not', (_, other) => {
    expect(likenessOf(sreymom, other).score).toBeLessThan(WORTH_A_LOOK);
  });

  it('says why', () => {
    const sok = child({
      familyNameLatin: 'Sok',
      givenNameLatin: 'Phalla',
      birthDate: '2011-05-01',
      phone: '012 000 001',
    });
    const sokh = child({ familyNameLatin: 'Sokh', givenNameLatin: 'Pala', birthDate: '2012', phone: '012000001' });
    expect(likenessOf(sok, sokh)).toEqual({
      score: 0.65,
      reasons: ['same_phone', 'name_sounds_alike', 'birth_year_off_by_one'],
    });
  });

  it('are one without doubt only by the number of the ministry', () => {
    expect(likenessOf(child({ mosvyNumber: 'M-1' }), child({ mosvyNumber: 'M-1' })).score).toBe(1);
  });
});
