import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isOverloaded, loadOf, proposeWorkers, type Workload } from './workers.js';

const caps = { active: 25, highRisk: 10 };
const works = (staff: string, active: number, highRisk = 0, agency = 'osvy'): Workload => ({
  staff,
  agency,
  active,
  highRisk,
});

describe('whom to give a new case', () => {
  it('is whoever has least to do', () => {
    expect(proposeWorkers([works('a', 12), works('b', 3), works('c', 7)], caps).map(({ staff }) => staff)).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it('counts many cases at high risk like many cases', () => {
    expect(proposeWorkers([works('a', 10, 10), works('b', 20)], caps)[0]?.staff).toBe('b');
    expect(loadOf(works('a', 10, 10), caps)).toBe(1);
  });

  it('tells who keeps more than the caps allow', () => {
    expect([works('a', 25, 10), works('b', 26), works('c', 12, 11)].map((each) => isOverloaded(each, caps))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('SR-08: is never full while a colleague is under half', () => {
    const anybody = fc.array(
      fc.record({ active: fc.nat({ max: 40 }), highRisk: fc.nat({ max: 15 }) }).map(({ active, highRisk }) => ({
        ...{ active, highRisk: Math.min(active, highRisk) },
        agency: 'osvy',
      })),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(anybody, (all) => {
        const team = all.map((each, index) => ({ ...each, staff: `w-${index}` }));
        const [chosen] = proposeWorkers(team, caps);
        const full = loadOf(chosen!, caps) >= 1;
        expect(full && team.some((each) => loadOf(each, caps) < 0.5)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('SR-08: 10,000 cases for 300 workers: nobody is ever above the cap while a colleague is under half', () => {
    const team = Array.from({ length: 300 }, (_, index) => works(`w-${index}`, 0, 0, `osvy-${index % 50}`));
    for (let number = 0; number < 10_000; number += 1) {
      const office = `osvy-${(number * 7) % 50}`;
      const colleagues = team.filter(({ agency }) => agency === office);
      const [chosen] = proposeWorkers(colleagues, caps);
      chosen!.active += 1;
      if (number % 5 === 0) chosen!.highRisk += 1;
      if (!isOverloaded(chosen!, caps)) continue;
      expect(colleagues.filter((each) => loadOf(each, caps) < 0.5)).toEqual([]);
    }
    expect(team.reduce((sum, { active }) => sum + active, 0)).toBe(10_000);
    expect(team.some((each) => isOverloaded(each, caps))).toBe(true);
  });
});
