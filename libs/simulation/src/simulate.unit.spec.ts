import { describe, expect, it } from '@jest/globals';
import { loadPathways } from '#libs/pathway-files';
import { joined, simulate, simulateShare } from './simulate.js';

const pathways = loadPathways();
const small = { cases: 60, days: 120, seed: 1 };

const brokenBy = (plant: 'skip-rung' | 'no-quorum' | 'lost-pause', cases: number): string[] => {
  const { violations } = simulate({ ...small, cases, plant }, pathways);
  expect(violations.every((each) => /^K-\w{6}$/u.test(each.case) && /^\d+ \w+$/u.test(each.event))).toBe(true);
  return [...new Set(violations.map(({ rule }) => rule))];
};

describe('a simulation', () => {
  const first = simulate(small, pathways);

  it('breaks no rule, and much happens in it', () => {
    expect(first.violations).toEqual([]);
    expect(Object.values(first.cases).reduce((sum, each) => sum + each)).toBe(small.cases);
    const { armed, metInTime, recordedLate, metLate, paused, extended, overdue } = first.deadlines;
    expect(Math.min(metInTime, recordedLate, metLate, paused, extended, overdue)).toBeGreaterThan(0);
    expect(armed).toBeGreaterThan(300);
    expect(Object.keys(first.rungs)).toHaveLength(7);
  });

  it('is the same whoever lives through which cases, and another for another seed', () => {
    const shares = [1, 0].flatMap((number) => simulateShare(small, pathways, { number, of: 2 }));
    expect(joined(shares)).toEqual(first);
    expect(simulate({ ...small, cases: 2, seed: 2 }, pathways).sha256).not.toBe(
      simulate({ ...small, cases: 2 }, pathways).sha256,
    );
  });
});

describe('a fault in the rules is found:', () => {
  it('a rung that is skipped', () => {
    expect(brokenBy('skip-rung', 10)).toEqual(['no rung is missed']);
  });

  it('a decision of a panel that is too small', () => {
    expect(brokenBy('no-quorum', 60)).toEqual(['a panel sits with its quorum and a chair who may decide']);
  });

  it('a pause that gives no time back', () => {
    expect(brokenBy('lost-pause', 60)).toContain(
      'a pause moves the due time by its length, and never a clock that runs on',
    );
  });
});
