import { describe, expect, it } from '@jest/globals';
import { plus, type Instant } from '#libs/calendar';
import { recidivism, type FollowUp } from './recidivism.js';

const zone = 'Asia/Phnom_Penh';
const began = '2025-01-10T03:00:00.000Z';
const rule = { found: ['PROSECUTED', 'CONVICTED'], unknown: ['UNKNOWN'] };
const windows = ['P6M', 'P12M'];
const months = (number: number, from: Instant = began) => plus(from, `P${number}M`, zone);

const followUp = (personId: string, more: Partial<FollowUp> = {}): FollowUp => ({
  personId,
  beganAt: began,
  checkedAt: [months(6), months(12)],
  checks: [
    { at: months(6), value: 'NONE' },
    { at: months(12), value: 'NONE' },
  ],
  offenceOn: undefined,
  ...more,
});

const prosecuted = (personId: string, offenceOn: string | undefined, at = months(6)): FollowUp =>
  followUp(personId, { checks: [{ at, value: 'PROSECUTED' }], checkedAt: [at, at], offenceOn });

const count = (followUps: FollowUp[], now: Instant) => recidivism(followUps, windows, rule, now, zone);

describe('SR-43: recidivism', () => {
  it('of a cohort with a known 2 % is 2 %', () => {
    const cohort = Array.from({ length: 300 }, (_, index) =>
      index < 6 ? prosecuted(`p-${index}`, '2025-04-01') : followUp(`p-${index}`),
    );
    const [six, twelve] = count(cohort, months(13));
    expect(six).toEqual({ within: 'P6M', children: 300, reoffended: 6, unchecked: 0 });
    expect(twelve).toEqual({ within: 'P12M', children: 300, reoffended: 6, unchecked: 0 });
    expect((six!.reoffended / six!.children) * 100).toBeCloseTo(2);
  });

  it('leaves out children whose months have not passed, whatever is known of them already', () => {
    const young = [
      followUp('clean', { beganAt: months(8) }),
      { ...prosecuted('again', '2025-10-01'), beganAt: months(8) },
    ];
    const [six, twelve] = count([followUp('old'), ...young], months(13));
    expect(six).toMatchObject({ children: 1, reoffended: 0 });
    expect(twelve).toMatchObject({ children: 1, reoffended: 0 });
    expect(count(young, months(14))[0]).toMatchObject({ children: 2, reoffended: 1 });
    expect(count([followUp('p')], '2025-07-10T02:59:59.999Z')[0]?.children).toBe(0);
    expect(count([followUp('p')], '2025-07-10T03:00:00.000Z')[0]?.children).toBe(1);
  });

  it('counts the day of the offence, not the day on which it was found out', () => {
    const late = prosecuted('late', '2025-09-01', months(12));
    expect(count([late], months(13)).map(({ reoffended }) => reoffended)).toEqual([0, 1]);
    const found = prosecuted('found', '2025-06-01', months(12));
    expect(count([found], months(13)).map(({ reoffended }) => reoffended)).toEqual([1, 1]);
    const lastDay = prosecuted('last-day', '2025-07-10', months(12));
    const dayAfter = prosecuted('day-after', '2025-07-11', months(12));
    expect(count([lastDay], months(13))[0]?.reoffended).toBe(1);
    expect(count([dayAfter], months(13))[0]?.reoffended).toBe(0);
  });

  it('takes an offence whose day nobody knows as early as it can have been', () => {
    expect(count([prosecuted('p', undefined)], months(13)).map(({ reoffended }) => reoffended)).toEqual([1, 1]);
    const afterClean = followUp('q', {
      checks: [
        { at: months(7), value: 'NONE' },
        { at: months(12), value: 'CONVICTED' },
      ],
    });
    expect(count([afterClean], months(13)).map(({ reoffended }) => reoffended)).toEqual([0, 1]);
    const afterUnknown = followUp('r', {
      checks: [
        { at: months(7), value: 'UNKNOWN' },
        { at: months(12), value: 'CONVICTED' },
      ],
    });
    expect(count([afterUnknown], months(13)).map(({ reoffended }) => reoffended)).toEqual([1, 1]);
    // The day of an older offence says nothing of the new one.
    expect(count([prosecuted('s', '2024-05-05')], months(13))[0]?.reoffended).toBe(1);
  });

  it('says of how many nothing is known, and never takes silence for success', () => {
    const silent = followUp('silent', { checks: [], checkedAt: [undefined, undefined] });
    const vague = followUp('vague', {
      checks: [
        { at: months(6), value: 'UNKNOWN' },
        { at: months(12), value: 'NONE' },
      ],
    });
    expect(count([silent, vague, followUp('clean')], months(13))).toEqual([
      { within: 'P6M', children: 3, reoffended: 0, unchecked: 2 },
      { within: 'P12M', children: 3, reoffended: 0, unchecked: 1 },
    ]);
  });

  it('counts a child once, however often it was followed up', () => {
    const twice = [prosecuted('p', '2025-03-01'), followUp('p', { beganAt: months(2) })];
    expect(count(twice, months(15))[0]).toMatchObject({ children: 1, reoffended: 1 });
    const second = [followUp('q'), { ...prosecuted('q', '2025-08-01', months(9)), beganAt: months(5) }];
    expect(count(second, months(18))[0]).toMatchObject({ children: 1, reoffended: 1 });
  });
});
