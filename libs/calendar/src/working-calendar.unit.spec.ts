import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  addWorkingDays,
  calendarWith,
  cambodia,
  holidaysKnownUntil,
  InvalidDate,
  InvalidSpan,
  isLocalDate,
  isWorkingDay,
  nextWorkingMorning,
  type Holiday,
  type WorkingCalendar,
} from './index.js';

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const daysOf = (year: number): string[] =>
  Array.from({ length: 366 }, (_, index) => dayAfter(`${year}-01-01`, index)).filter((day) =>
    day.startsWith(`${year}`),
  );
const dates = fc.integer({ min: 0, max: 1500 }).map((days) => dayAfter('2025-06-01', days));
const counts = fc.integer({ min: 1, max: 60 });

const mourning: Holiday = {
  date: '2026-07-06',
  title: { en: 'Day of mourning', km: 'ទិវាកាន់ទុក្ខ' },
  confirmed: true,
  source: 'invented for this test',
};

describe('holidays of Cambodia', () => {
  it.each([
    [2026, 243],
    [2027, 242],
  ])('leave in %d %d working days', (year, expected) => {
    expect(daysOf(year).filter((day) => isWorkingDay(day, cambodia))).toHaveLength(expected);
  });

  it('fall on 21 days of 2026 and 22 of 2027', () => {
    const years = [...cambodia.holidays.keys()].map((date) => date.slice(0, 4));
    expect(years.filter((year) => year === '2026')).toHaveLength(21);
    expect(years.filter((year) => year === '2027')).toHaveLength(22);
  });

  it('are real days with a name in both languages, none of them confirmed yet', () => {
    for (const [date, holiday] of cambodia.holidays) {
      expect(holiday.date).toBe(date);
      expect(isLocalDate(date)).toBe(true);
      expect(holiday.title.en).toMatch(/^[\x20-\x7e]+$/);
      expect(holiday.title.km).toMatch(/^[\p{Script=Khmer} ;]+$/u);
      expect(holiday.confirmed).toBe(false);
      expect(holiday.source).toContain(date.slice(0, 4));
    }
  });

  it('are known until the end of 2027', () => {
    expect(holidaysKnownUntil(cambodia)).toBe('2027-12-31');
  });
});

describe('addWorkingDays', () => {
  it.each([
    ['over Khmer New Year', '2026-04-10', 5, '2026-04-22'],
    ['over Pchum Ben and the Mourning Day', '2026-10-09', 3, '2026-10-16'],
    ['from a Friday to Monday', '2026-07-03', 1, '2026-07-06'],
    ['from a Sunday, which is day 0', '2026-07-05', 1, '2026-07-06'],
    ['over the turn of the year', '2026-12-28', 3, '2027-01-04'],
    ['over a leap day', '2028-02-28', 2, '2028-03-01'],
    ['of none', '2026-07-05', 0, '2026-07-05'],
  ])('counts %s', (_what, from, days, expected) => {
    expect(addWorkingDays(from, days, cambodia)).toBe(expected);
  });

  it('lands on a working day after the start', () => {
    fc.assert(
      fc.property(dates, counts, (from, days) => {
        const landed = addWorkingDays(from, days, cambodia);
        expect(isWorkingDay(landed, cambodia)).toBe(true);
        expect(landed > from).toBe(true);
      }),
    );
  });

  it('is monotone in the start and strictly in the number of days', () => {
    fc.assert(
      fc.property(dates, dates, counts, (one, other, days) => {
        const [first, last] = one < other ? [one, other] : [other, one];
        expect(addWorkingDays(first, days, cambodia) <= addWorkingDays(last, days, cambodia)).toBe(true);
        expect(addWorkingDays(first, days, cambodia) < addWorkingDays(first, days + 1, cambodia)).toBe(true);
      }),
    );
  });

  it('gives the same as counting one by one', () => {
    fc.assert(
      fc.property(dates, counts, (from, days) => {
        let passed = 0;
        let day = from;
        while (passed < days) {
          day = dayAfter(day, 1);
          passed += isWorkingDay(day, cambodia) ? 1 : 0;
        }
        expect(addWorkingDays(from, days, cambodia)).toBe(day);
      }),
    );
  });

  it('skips only weekends past the years that are known', () => {
    expect(addWorkingDays('2029-12-31', 1, cambodia)).toBe('2030-01-01');
    expect(addWorkingDays('2030-01-04', 1, cambodia)).toBe('2030-01-07');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d days', (days) => {
    expect(() => addWorkingDays('2026-07-03', days, cambodia)).toThrow(InvalidSpan);
  });

  it('refuses a calendar that never works', () => {
    const never: WorkingCalendar = { ...cambodia, weekend: [1, 2, 3, 4, 5, 6, 7] };
    expect(() => addWorkingDays('2199-12-01', 1, never)).toThrow(InvalidDate);
  });
});

describe('calendarWith', () => {
  it('adds a day off and leaves the calendar it came from as it was', () => {
    const mourned = calendarWith(cambodia, [mourning]);
    expect(addWorkingDays('2026-07-03', 1, mourned)).toBe('2026-07-07');
    expect(addWorkingDays('2026-07-03', 1, cambodia)).toBe('2026-07-06');
  });

  it('confirms a forecast', () => {
    const sure = calendarWith(cambodia, [{ ...mourning, date: '2027-04-14' }]);
    expect(sure.holidays.get('2027-04-14')?.confirmed).toBe(true);
    expect(sure.holidays.size).toBe(cambodia.holidays.size);
  });

  it('does not take one day off for knowledge of its year', () => {
    expect(holidaysKnownUntil(calendarWith(cambodia, [{ ...mourning, date: '2029-07-02' }]))).toBe('2027-12-31');
  });

  it('refuses a date that would never be found', () => {
    expect(() => calendarWith(cambodia, [{ ...mourning, date: '2026-7-6' }])).toThrow(InvalidDate);
  });

  it('knows the Saturdays of agencies that work on them', () => {
    const saturdays: WorkingCalendar = { ...cambodia, weekend: [7] };
    expect(isWorkingDay('2026-07-04', saturdays)).toBe(true);
    expect(isWorkingDay('2026-07-05', saturdays)).toBe(false);
    expect(isWorkingDay('2026-10-10', saturdays)).toBe(false);
  });
});

describe('nextWorkingMorning', () => {
  it.each([
    ['a working day stays, even at night', '2026-07-06T16:30:00.000Z', '2026-07-06T16:30:00.000Z'],
    ['a Saturday waits for Monday 08:00', '2026-07-04T03:00:00.000Z', '2026-07-06T01:00:00.000Z'],
    ['Friday evening in UTC is Saturday there', '2026-07-03T17:00:00.000Z', '2026-07-06T01:00:00.000Z'],
    ['Sunday evening in UTC is Monday there', '2026-07-05T17:00:00.000Z', '2026-07-05T17:00:00.000Z'],
    ['Khmer New Year waits for the Friday after it', '2026-04-14T03:00:00.000Z', '2026-04-17T01:00:00.000Z'],
  ])('%s', (_rule, from, expected) => {
    expect(nextWorkingMorning(from, cambodia)).toBe(expected);
  });
});
