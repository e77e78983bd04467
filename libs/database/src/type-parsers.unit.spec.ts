import { describe, expect, it } from '@jest/globals';
import { instantFrom, typeParsers } from './type-parsers.js';

const parse = (oid: number, text: string) =>
  (typeParsers.getTypeParser(oid, 'text') as (text: string) => unknown)(text);

describe('values from the database', () => {
  it.each([
    ['2026-03-14 02:05:09+00', '2026-03-14T02:05:09.000Z'],
    ['2026-03-14 02:05:09.1+00', '2026-03-14T02:05:09.100Z'],
    ['2026-03-14 02:05:09.123999+00', '2026-03-14T02:05:09.123Z'],
  ])('writes the time %s as %s', (text, instant) => {
    expect(instantFrom(text)).toBe(instant);
  });

  it.each(['2026-03-14 02:05:09+07', 'infinity', '0044-03-15 12:00:00+00 BC', '10026-03-14 02:05:09+00'])(
    'does not guess at %s',
    (text) => {
      expect(() => instantFrom(text)).toThrow(RangeError);
    },
  );

  it('reads large integers as numbers while they are exact', () => {
    expect(parse(20, '9007199254740991')).toBe(9_007_199_254_740_991);
    expect(() => parse(20, '9007199254740993')).toThrow(RangeError);
  });

  it('keeps a date a date', () => {
    expect(parse(1082, '2026-03-14')).toBe('2026-03-14');
  });
});
