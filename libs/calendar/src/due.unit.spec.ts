import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  cambodia,
  dueAt,
  endOfDay,
  InvalidDuration,
  InvalidSpan,
  isWorkingDay,
  localDateOf,
  spanFits,
  type Span,
} from './index.js';

const starts = fc
  .date({ min: new Date('2025-06-01T00:00:00Z'), max: new Date('2029-06-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const small = fc.integer({ min: 0, max: 400 });
const durations = fc
  .record({ count: small, unit: fc.constantFrom('D', 'W', 'M') })
  .map(({ count, unit }) => ({ duration: `P${count}${unit}` }));

describe('the wall clock', () => {
  const rule = { clock: 'wall', granularity: 'moment' } as const;

  it.each([
    ['PT24H', '2026-04-14T20:00:00.000Z'],
    ['P1D', '2026-04-14T20:00:00.000Z'],
    ['P1W', '2026-04-20T20:00:00.000Z'],
  ])('runs %s through night and holiday', (duration, expected) => {
    expect(dueAt('2026-04-13T20:00:00.000Z', { duration }, rule, cambodia)).toBe(expected);
    expect(dueAt('2026-04-13T20:00:00.000Z', { duration }, { ...rule, granularity: 'day' }, cambodia)).toBe(expected);
  });

  it('counts 24 hours a day also where clocks change', () => {
    const paris = { ...cambodia, zone: 'Europe/Paris' };
    expect(dueAt('2026-03-28T11:00:00.000Z', { duration: 'P1D' }, rule, paris)).toBe('2026-03-29T11:00:00.000Z');
  });
});

describe('the calendar clock', () => {
  const start = '2026-01-30T20:00:00.000Z'; // 31 January, 03:00 in Phnom Penh

  it('ends at the same local time of day', () => {
    expect(dueAt(start, { duration: 'P1M' }, { clock: 'calendar', granularity: 'moment' }, cambodia)).toBe(
      '2026-02-27T20:00:00.000Z',
    );
  });

  it('ends with the local day', () => {
    expect(dueAt(start, { duration: 'P1M' }, { clock: 'calendar', granularity: 'day' }, cambodia)).toBe(
      '2026-02-28T16:59:59.000Z',
    );
  });

  it('stays due on a day off', () => {
    const due = dueAt(
      '2026-07-03T03:00:00.000Z',
      { duration: 'P2D' },
      { clock: 'calendar', granularity: 'day' },
      cambodia,
    );
    expect(localDateOf(due, cambodia.zone)).toBe('2026-07-05');
    expect(isWorkingDay('2026-07-05', cambodia)).toBe(false);
  });

  it('keeps hours exact whatever the granularity', () => {
    for (const granularity of ['moment', 'day'] as const) {
      expect(dueAt(start, { duration: 'PT72H' }, { clock: 'calendar', granularity }, cambodia)).toBe(
        '2026-02-02T20:00:00.000Z',
      );
    }
  });

  it('is never due earlier by the day than by the moment', () => {
    fc.assert(
      fc.property(starts, durations, (from, span) => {
        const byMoment = dueAt(from, span, { clock: 'calendar', granularity: 'moment' }, cambodia);
        const byDay = dueAt(from, span, { clock: 'calendar', granularity: 'day' }, cambodia);
        expect(byDay >= byMoment).toBe(true);
        expect(localDateOf(byDay, cambodia.zone)).toBe(localDateOf(byMoment, cambodia.zone));
      }),
    );
  });
});

describe('the working clock', () => {
  const rule = { clock: 'working', granularity: 'day' } as const;

  it.each([
    ['2026-04-10T03:00:00.000Z', 5, '2026-04-22T16:59:59.000Z'],
    ['2026-10-09T03:00:00.000Z', 3, '2026-10-16T16:59:59.000Z'],
  ])('from %s, %d days on, ends with the local day %s', (start, workingDays, expected) => {
    expect(dueAt(start, { workingDays }, rule, cambodia)).toBe(expected);
  });

  it('takes its day 0 from the local date', () => {
    const lateThursdayInUtc = '2026-07-02T17:30:00.000Z'; // Friday, 00:30 in Phnom Penh
    expect(dueAt(lateThursdayInUtc, { workingDays: 1 }, rule, cambodia)).toBe(endOfDay('2026-07-06', cambodia.zone));
  });

  it('ends on a working day', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 60 }), (from, workingDays) => {
        const due = dueAt(from, { workingDays }, rule, cambodia);
        expect(isWorkingDay(localDateOf(due, cambodia.zone), cambodia)).toBe(true);
      }),
    );
  });
});

describe('every clock', () => {
  const exact = small.map((count): Span => ({ duration: `PT${count}H` }));
  const days = small.map((count): Span => ({ duration: `P${count}D` }));
  const working = small.map((count): Span => ({ workingDays: count }));
  const cases = fc.oneof(
    fc.record({ clock: fc.constant('wall' as const), span: fc.oneof(exact, days) }),
    fc.record({ clock: fc.constant('calendar' as const), span: fc.oneof(exact, days, durations) }),
    fc.record({ clock: fc.constant('working' as const), span: working }),
  );

  it('is never due before its start', () => {
    fc.assert(
      fc.property(
        starts,
        cases,
        fc.constantFrom('moment' as const, 'day' as const),
        (from, { clock, span }, granularity) => {
          expect(dueAt(from, span, { clock, granularity }, cambodia) >= from).toBe(true);
        },
      ),
    );
  });

  it('is not due before a start in the last second of the day', () => {
    const lastSecond = '2026-07-06T16:59:59.500Z';
    expect(dueAt(lastSecond, { workingDays: 0 }, { clock: 'working', granularity: 'day' }, cambodia)).toBe(lastSecond);
    expect(dueAt(lastSecond, { duration: 'P0D' }, { clock: 'calendar', granularity: 'day' }, cambodia)).toBe(
      lastSecond,
    );
  });

  it.each([
    ['a duration on the working clock', { duration: 'P3D' }, 'working'],
    ['working days on the calendar clock', { workingDays: 3 }, 'calendar'],
    ['working days on the wall clock', { workingDays: 3 }, 'wall'],
    ['months on the wall clock', { duration: 'P3M' }, 'wall'],
    ['years on the wall clock', { duration: 'P1Y' }, 'wall'],
    ['a negative duration', { duration: '-PT6H' }, 'wall'],
    ['negative working days', { workingDays: -1 }, 'working'],
    ['half a working day', { workingDays: 0.5 }, 'working'],
  ] as const)('refuses %s', (_what, span, clock) => {
    expect(spanFits(span, clock)).toBe(false);
    expect(() => dueAt('2026-07-03T03:00:00.000Z', span, { clock, granularity: 'moment' }, cambodia)).toThrow(
      InvalidSpan,
    );
  });

  it('refuses a duration that is none', () => {
    expect(() => spanFits({ duration: '3 days' }, 'wall')).toThrow(InvalidDuration);
  });
});
