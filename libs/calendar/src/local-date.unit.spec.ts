import { describe, expect, it } from '@jest/globals';

import { earliestOf, endOfDay, InvalidDate, InvalidInstant, isLocalDate, localDateOf, startOfDay } from './index.js';

const zone = 'Asia/Phnom_Penh';

describe('isLocalDate', () => {
  it.each(['2026-03-14', '2028-02-29', '1920-01-01', '2150-12-31'])('takes %s', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '22012-01-01',
    '1900-01-01',
    '1899-12-31',
    '2201-01-01',
    '2026-3-4',
    '20260304',
    '2026-03-14T00:00:00Z',
    '2026-03-14\n',
    '',
  ])('refuses %j', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });
});

describe('days at UTC+7', () => {
  it('begin and end 7 hours before those of UTC', () => {
    expect(startOfDay('2026-03-14', zone)).toBe('2026-03-13T17:00:00.000Z');
    expect(endOfDay('2026-03-14', zone)).toBe('2026-03-14T16:59:59.000Z');
  });

  it('change at midnight there, not at midnight UTC', () => {
    expect(localDateOf('2026-03-13T16:59:59.999Z', zone)).toBe('2026-03-13');
    expect(localDateOf('2026-03-13T17:00:00.000Z', zone)).toBe('2026-03-14');
    expect(localDateOf('2026-03-14T00:00:00.000Z', zone)).toBe('2026-03-14');
    expect(localDateOf('2025-12-31T17:00:00.000Z', zone)).toBe('2026-01-01');
  });

  it('need a real day', () => {
    expect(() => startOfDay('2026-02-30', zone)).toThrow(InvalidDate);
    expect(() => endOfDay('22012-01-01', zone)).toThrow(InvalidDate);
  });
});

describe('earliestOf', () => {
  it.each([
    ['2026-03-14T08:30:00+07:00', 'moment', '2026-03-14T01:30:00.000Z'],
    ['2026-03-14', 'day', '2026-03-13T17:00:00.000Z'],
    ['2026-03-14T08:30:00+07:00', 'day', '2026-03-13T17:00:00.000Z'],
    ['2026-03-13T20:00:00Z', 'day', '2026-03-13T17:00:00.000Z'],
    ['2026-03', 'month', '2026-02-28T17:00:00.000Z'],
    ['2026-03-14', 'month', '2026-02-28T17:00:00.000Z'],
    ['2026', 'year', '2025-12-31T17:00:00.000Z'],
    ['2026-03-14', 'year', '2025-12-31T17:00:00.000Z'],
  ] as const)('%s known to the %s counts from %s', (text, precision, expected) => {
    expect(earliestOf(text, precision, zone)).toBe(expected);
  });

  it.each([
    ['2026-03', 'day'],
    ['2026', 'month'],
    ['2026-02-30', 'day'],
    ['2026-13', 'month'],
    ['2026-99', 'year'],
    ['2026-03-14 at noon', 'day'],
    ['22012', 'year'],
    ['', 'year'],
  ] as const)('refuses %j as known to the %s', (text, precision) => {
    expect(() => earliestOf(text, precision, zone)).toThrow(InvalidDate);
  });

  it('refuses a day as a moment', () => {
    expect(() => earliestOf('2026-03-14', 'moment', zone)).toThrow(InvalidInstant);
  });
});
