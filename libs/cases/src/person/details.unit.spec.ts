import { describe, expect, it } from '@jest/globals';
import { ageBandOf, birthDateOf } from './details.js';

describe('age bands', () => {
  it.each([
    [undefined, 'unknown'],
    [-1, 'unknown'],
    [0, '0-5'],
    [5, '0-5'],
    [6, '6-11'],
    [11, '6-11'],
    [12, '12-14'],
    [14, '12-14'],
    [15, '15-17'],
    [17, '15-17'],
    [18, '18+'],
  ])('of %s is %s', (age, band) => {
    expect(ageBandOf(age)).toBe(band);
  });

  it('need the whole birth date', () => {
    expect(birthDateOf({ birthDate: '2013-05-02' })).toBe('2013-05-02');
    expect(birthDateOf({ birthDate: '2013-05' })).toBeUndefined();
    expect(birthDateOf({})).toBeUndefined();
  });
});
