import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalKhmer, foldedLatin, namesOf, skeletonOf, soundOf } from './index.js';

describe('a Khmer name', () => {
  it.each([
    ['with invisible characters', 'ស្រី\u200bមុំ', 'ស្រីមុំ'],
    ['with a space', 'ស្រី មុំ', 'ស្រីមុំ'],
    ['with a deprecated letter', 'ឣន', 'អន'],
    ['with a deprecated vowel', 'ឤន', 'អាន'],
    ['with the other subscript', 'កន្ដា', 'កន្តា'],
    ['with a vowel typed before its subscript', 'ស\u17b8\u17d2\u179a', 'ស\u17d2\u179a\u17b8'],
    ['with signs in another order', 'ម\u17c6\u17bb', 'ម\u17bb\u17c6'],
    ['with a vowel typed in two', 'ក\u17c1\u17b8ត', 'កើត'],
    ['with a vowel typed in two, the other way round', 'ក\u17b6\u17c1', 'កោ'],
    ['with Latin letters and digits beside it', 'សុខ (Sok 2)', 'សុខ'],
  ])('%s is the same name', (_, written, usual) => {
    expect(canonicalKhmer(written)).toBe(canonicalKhmer(usual));
  });

  it('is not changed into another', () => {
    expect(canonicalKhmer('សុខ')).not.toBe(canonicalKhmer('សុខា'));
    expect(canonicalKhmer('តារា')).not.toBe(canonicalKhmer('ដារា'));
  });

  it('in its one form stays as it is', () => {
    const letters = fc.array(fc.integer({ min: 0x1780, max: 0x17dd }).map((code) => String.fromCharCode(code)));
    fc.assert(
      fc.property(letters, (each) => {
        const once = canonicalKhmer(each.join(''));
        expect(canonicalKhmer(once)).toBe(once);
      }),
    );
  });
});

describe('a name in Latin letters', () => {
  it('is the same in any case, with accents or hyphens', () => {
    expect(foldedLatin("Sréy-Mom'")).toBe('sreymom');
  });

  it.each([
    ['Sok', 'Sokh'],
    ['Srey', 'Srei'],
    ['Ly', 'Li'],
    ['Chhay', 'Chay'],
    ['Phalla', 'Pala'],
    ['Sophea', 'Sopea'],
    ['Dara', 'Darra'],
    ['Vibol', 'Wibol'],
    ['Sovann', 'Sovan'],
    ['Thida', 'Tida'],
  ])('%s sounds like %s', (one, other) => {
    expect(soundOf(one)).toBe(soundOf(other));
  });

  it.each([
    ['Sok', 'Sak'],
    ['Dara', 'Dina'],
    ['Srey', 'Sreymom'],
    ['Bopha', 'Sophea'],
  ])('%s does not sound like %s', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other));
  });
});

describe('the consonants of a name', () => {
  it.each([
    ['ស្រីមុំ', 'Sreymom'],
    ['ដារ៉ា', 'Dara'],
    ['សុខ', 'Sokh'],
    ['ច័ន្ទ', 'Chan'],
    ['វិសាល', 'Visal'],
    ['រិទ្ធី', 'Rithy'],
    ['ពិសិដ្ឋ', 'Piseth'],
    ['សុភា', 'Sophea'],
    ['ឆាយ', 'Chhay'],
    ['កែវ', 'Keo'],
    ['យ៉ាន', 'Yan'],
    ['ងួន', 'Nguon'],
  ])('are the same in both scripts: %s, %s', (khmer, latin) => {
    expect(skeletonOf(khmer)).toBe(skeletonOf(latin));
  });
});

describe('the forms of a name', () => {
  it('do not depend on which part is the family name, and leave out what is not written', () => {
    const one = namesOf({ familyNameLatin: 'Sok', givenNameLatin: 'Dara' });
    expect(one).toEqual(namesOf({ familyNameLatin: 'Dara', givenNameLatin: 'SOK' }));
    expect(one).toMatchObject({ khmer: undefined, latin: 'dara sok' });
    expect(namesOf({ givenNameKm: 'សុខា' })).toMatchObject({ latin: undefined, sound: undefined });
    expect(namesOf({})).toEqual({ khmer: undefined, latin: undefined, sound: undefined, skeletons: [] });
  });

  it('have one skeleton where the scripts agree', () => {
    const both = { familyNameKm: 'ច័ន្ទ', givenNameKm: 'ស្រីមុំ', familyNameLatin: 'Chan', givenNameLatin: 'Srey Mom' };
    expect(namesOf(both).skeletons).toHaveLength(1);
  });
});
