import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { between, InvalidInstant, isInstant, milliseconds, parseInstant } from './index.js';

const moments = fc
  .date({ min: new Date('1901-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('parseInstant', () => {
  it.each([
    ['2026-03-14T08:30:00+07:00', '2026-03-14T01:30:00.000Z'],
    ['2026-03-14T08:30+0700', '2026-03-14T01:30:00.000Z'],
    ['2026-03-14T08:30:15,5+07', '2026-03-14T01:30:15.500Z'],
    ['2026-01-01T00:00:00+07:00', '2025-12-31T17:00:00.000Z'],
    ['2026-03-14T01:30:00.123999Z', '2026-03-14T01:30:00.123Z'],
    ['1955-03-14T01:30:00.123999Z', '1955-03-14T01:30:00.123Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    ['a year of five digits', '22012-01-01T00:00:00Z'],
    ['an expanded year', '+022012-01-01T00:00:00Z'],
    ['a year before 1900', '1899-12-31T23:59:59Z'],
    ['a year after 2200', '2201-01-01T00:00:00Z'],
    ['a year that is outside the range only in UTC', '2200-12-31T23:00:00-07:00'],
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['an hour that does not exist', '2026-02-03T24:30:00Z'],
    ['no zone', '2026-02-03T10:00:00'],
    ['a day', '2026-02-03'],
    ['an annotation', '2026-02-03T10:00:00Z[Asia/Phnom_Penh]'],
    ['something after it', '2026-02-03T10:00:00Z\n'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => parseInstant(text)).toThrow(InvalidInstant);
    expect(isInstant(text)).toBe(false);
  });

  it('never repeats what it refused', () => {
    expect(() => parseInstant('child born 2012')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('2012') }),
    );
  });

  it('leaves normal form as it is, and orders instants as strings', () => {
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        expect(parseInstant(one)).toBe(one);
        expect(Math.sign(milliseconds(one, other))).toBe(one < other ? 1 : one > other ? -1 : 0);
      }),
    );
  });
});

describe('between', () => {
  const from = '2026-03-14T00:00:00.000Z';
  const to = '2026-03-16T00:00:00.000Z';

  it.each([
    [0, from],
    [0.5, '2026-03-15T00:00:00.000Z'],
    [1, to],
  ])('at share %d is %s', (share, expected) => {
    expect(between(from, to, share)).toBe(expected);
  });

  it('stays between, and never runs backwards', () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(moments, moments, shares, shares, (one, other, share, another) => {
        const [first, last] = one < other ? [one, other] : [other, one];
        const [sooner, later] = [Math.min(share, another), Math.max(share, another)];
        expect(first <= between(first, last, sooner)).toBe(true);
        expect(between(first, last, sooner) <= between(first, last, later)).toBe(true);
        expect(between(first, last, later) <= last).toBe(true);
      }),
    );
  });
});
