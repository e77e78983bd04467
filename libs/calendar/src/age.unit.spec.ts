import { describe, expect, it } from '@jest/globals';

import { ageOn, InvalidDate } from './index.js';

describe('ageOn', () => {
  it.each([
    ['the day before a birthday', '2012-05-14', '2026-05-13', 13],
    ['a birthday', '2012-05-14', '2026-05-14', 14],
    ['the day of birth', '2012-05-14', '2012-05-14', 0],
    ['the day after birth', '2012-05-14', '2012-05-15', 0],
    ['28 February, born on 29, in a common year', '2012-02-29', '2026-02-28', 13],
    ['1 March, born on 29 February, in a common year', '2012-02-29', '2026-03-01', 14],
    ['29 February, born on it, in a leap year', '2012-02-29', '2028-02-29', 16],
    ['28 February, born on 29, in a leap year', '2012-02-29', '2028-02-28', 15],
    ['28 February, born on it', '2011-02-28', '2026-02-28', 15],
  ])('on %s', (_day, born, on, expected) => {
    expect(ageOn(born, on)).toBe(expected);
  });

  it.each([
    ['a day before birth', '2026-05-14', '2026-05-13'],
    ['a birth date that is none', '22012-01-01', '2026-05-13'],
    ['a day that is none', '2012-01-01', '2026-02-30'],
  ])('refuses %s', (_what, born, on) => {
    expect(() => ageOn(born, on)).toThrow(InvalidDate);
  });
});
