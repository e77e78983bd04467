import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { InvalidDuration, InvalidInstant, isDuration, localDateOf, milliseconds, plus } from './index.js';

const zone = 'Asia/Phnom_Penh';

describe('isDuration', () => {
  it.each(['PT24H', 'P7D', 'P3M', '-PT6H', 'P2W', 'P1Y2M3W4DT5H6M7.5S', 'P0D', 'PT0S'])('takes %s', (text) => {
    expect(isDuration(text)).toBe(true);
  });

  it.each(['P', 'PT', '-P', 'P1DT', 'P1.5D', 'PT1.5H', 'p1d', '24H', 'P1H', 'PT6H ', 'P9999999D', 'P-1D', ''])(
    'refuses %j',
    (text) => {
      expect(isDuration(text)).toBe(false);
      expect(() => plus('2026-03-14T00:00:00.000Z', text, zone)).toThrow(InvalidDuration);
    },
  );
});

describe('plus', () => {
  it.each([
    ['hours are exact', '2026-03-14T01:30:00.000Z', 'PT72H', '2026-03-17T01:30:00.000Z'],
    ['negative hours go back', '2026-03-14T01:30:00.000Z', '-PT6H', '2026-03-13T19:30:00.000Z'],
    ['31 January and a month is 28 February', '2026-01-31T03:00:00.000Z', 'P1M', '2026-02-28T03:00:00.000Z'],
    [
      '31 January and a month is 29 February in leap years',
      '2028-01-31T03:00:00.000Z',
      'P1M',
      '2028-02-29T03:00:00.000Z',
    ],
    ['31 August and three months is 30 November', '2026-08-31T03:00:00.000Z', 'P3M', '2026-11-30T03:00:00.000Z'],
    ['31 March less a month is 28 February', '2026-03-31T03:00:00.000Z', '-P1M', '2026-02-28T03:00:00.000Z'],
    ['29 February and a year is 28 February', '2028-02-29T03:00:00.000Z', 'P1Y', '2029-02-28T03:00:00.000Z'],
    [
      '28 February and a day is 29 February in leap years',
      '2028-02-28T03:00:00.000Z',
      'P1D',
      '2028-02-29T03:00:00.000Z',
    ],
    ['date parts come before hours', '2026-01-31T03:00:00.000Z', 'P1MT1H', '2026-02-28T04:00:00.000Z'],
    [
      'the local date counts: 31 January there is 30 January in UTC',
      '2026-01-30T20:00:00.000Z',
      'P1M',
      '2026-02-27T20:00:00.000Z',
    ],
  ])('%s', (_rule, from, duration, expected) => {
    expect(plus(from, duration, zone)).toBe(expected);
  });

  it('keeps the local time of day where clocks change', () => {
    expect(plus('2026-03-28T11:00:00.000Z', 'P1D', 'Europe/Paris')).toBe('2026-03-29T10:00:00.000Z');
    expect(plus('2026-03-28T11:00:00.000Z', 'PT24H', 'Europe/Paris')).toBe('2026-03-29T11:00:00.000Z');
  });

  it('refuses to leave the years 1900 to 2200', () => {
    expect(() => plus('2026-03-14T00:00:00.000Z', 'P99999Y99999M99999W99999D', zone)).toThrow(InvalidInstant);
    expect(() => plus('2026-03-14T00:00:00.000Z', '-PT99999999H99999999M', zone)).toThrow(InvalidInstant);
  });

  const moments = fc
    .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2150-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString());

  it('agrees with milliseconds', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -500_000, max: 500_000 }), (from, minutes) => {
        const duration = `${minutes < 0 ? '-' : ''}PT${Math.abs(minutes)}M`;
        expect(milliseconds(from, plus(from, duration, zone))).toBe(minutes * 60_000);
      }),
    );
  });

  it('comes back when the same days are taken away, and lands on the same local day of the month for months', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 400 }), (from, count) => {
        expect(plus(plus(from, `P${count}D`, zone), `-P${count}D`, zone)).toBe(from);
        const dayOf = (instant: string): number => Number(localDateOf(instant, zone).slice(-2));
        expect(dayOf(plus(from, `P${count}M`, zone))).toBeLessThanOrEqual(dayOf(from));
        expect(dayOf(plus(from, `P${count}M`, zone))).toBeGreaterThanOrEqual(Math.min(dayOf(from), 28));
      }),
    );
  });
});
