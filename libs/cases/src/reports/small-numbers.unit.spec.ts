import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSmall, suppressed, type Cell, type Line } from './small-numbers.js';

const cells = (counts: Record<string, number>, hidden: string[] = []): Map<string, Cell> =>
  new Map(
    Object.entries(counts).map(([key, count]) => [key, { count, ...(hidden.includes(key) ? { hidden: true } : {}) }]),
  );
const left = (counts: Record<string, number>, lines: Line[], hidden?: string[]) =>
  [...suppressed(cells(counts, hidden), lines)].toSorted();

const line: Line = { total: 'all', parts: ['a', 'b', 'c'] };

describe('GR-SMALL: numbers that could give a child away', () => {
  it('are those from one to four', () => {
    expect([0, 1, 4, 5].map(isSmall)).toEqual([false, true, true, false]);
    expect(left({ a: 0, b: 4, c: 5 }, [])).toEqual(['b']);
  });

  it('are not worked out from the total: the next smallest is left out, too', () => {
    expect(left({ all: 33, a: 3, b: 10, c: 20 }, [line])).toEqual(['a', 'b']);
  });

  it('are safe beside another that is small, unless both can only be one', () => {
    expect(left({ all: 26, a: 3, b: 3, c: 20 }, [line])).toEqual(['a', 'b']);
    expect(left({ all: 22, a: 1, b: 1, c: 20 }, [line])).toEqual(['a', 'b', 'c']);
  });

  it('take the total with them where nothing else is there to hide behind', () => {
    expect(left({ all: 4, a: 4 }, [{ total: 'all', parts: ['a'] }])).toEqual(['a', 'all']);
    expect(left({ all: 3, a: 3, b: 0 }, [{ total: 'all', parts: ['a', 'b'] }])).toEqual(['a', 'all']);
  });

  it('are not worked out through the totals of totals', () => {
    const lines: Line[] = [
      { total: 'land', parts: ['north', 'south'] },
      { total: 'north', parts: ['n1', 'n2'] },
      { total: 'south', parts: ['s1', 's2'] },
    ];
    const counts = { land: 43, north: 23, south: 20, n1: 3, n2: 20, s1: 9, s2: 11 };
    expect(left(counts, lines)).toEqual(['n1', 'n2']);
    // Nothing but its one district stands below the north: the south hides what the land would tell.
    expect(left({ land: 23, north: 3, south: 20, n1: 3 }, [lines[0]!, { total: 'north', parts: ['n1'] }])).toEqual([
      'n1',
      'north',
      'south',
    ]);
  });

  it('are also those that nobody shows, but anybody could work out', () => {
    const share: Line = { total: 'children', parts: ['reoffended', 'others'] };
    expect(left({ children: 100, reoffended: 20, others: 80 }, [share], ['others'])).toEqual([]);
    expect(left({ children: 100, reoffended: 2, others: 98 }, [share], ['others'])).toEqual(['reoffended']);
    expect(left({ children: 22, reoffended: 20, others: 2 }, [share], ['others'])).toEqual(['others', 'reoffended']);
  });
});

/** A tree of totals: one land, provinces, districts. */
const anyTree = fc
  .array(fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((provinces) => {
    const counts: Record<string, number> = { land: 0 };
    const lines: Line[] = [{ total: 'land', parts: provinces.map((_, p) => `p${p}`) }];
    provinces.forEach((districts, p) => {
      const sum = districts.reduce((all, each) => all + each, 0);
      counts[`p${p}`] = sum;
      counts['land'] = (counts['land'] ?? 0) + sum;
      districts.forEach((each, d) => (counts[`p${p}d${d}`] = each));
      lines.push({ total: `p${p}`, parts: districts.map((_, d) => `p${p}d${d}`) });
    });
    return { counts, lines };
  });

/**
 * Somebody who wants to know: tries whether a cell that is left out could have another value, by filling in all others.
 * On a tree, the districts of one province can be filled up to any sum that its free ones reach.
 */
function canDiffer(key: string, counts: Record<string, number>, lines: Line[], hidden: Set<string>): boolean {
  return [-1, 1].some((change) => {
    const other: Record<string, number | undefined> = { ...counts, [key]: (counts[key] ?? 0) + change };
    if ((other[key] ?? 0) < 1) return false;
    return isConsistent(other as Record<string, number>, key, lines, hidden);
  });
}

/** Whether the lines can be brought into balance again by changing cells that are left out, but not the one given. */
function isConsistent(counts: Record<string, number>, fixed: string, lines: Line[], hidden: Set<string>): boolean {
  const off = lines.find(
    ({ total, parts }) => counts[total] !== parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0),
  );
  if (off === undefined) return true;
  const sum = off.parts.reduce((all, part) => all + (counts[part] ?? 0), 0);
  const free = [off.total, ...off.parts].filter((each) => hidden.has(each) && each !== fixed);
  const rest = lines.filter((each) => each !== off);
  return free.some((each) => {
    const moved = each === off.total ? sum : (counts[each] ?? 0) + (counts[off.total] ?? 0) - sum;
    return (
      moved >= 1 && isConsistent({ ...counts, [each]: moved }, each, rest.length === 0 ? [] : [...rest, off], hidden)
    );
  });
}

describe('whatever the table', () => {
  it('T12: no cell from one to four is pinned to one value', () => {
    fc.assert(
      fc.property(anyTree, ({ counts, lines }) => {
        const hidden = suppressed(cells(counts), lines);
        for (const [key, count] of Object.entries(counts)) {
          if (isSmall(count)) expect(hidden.has(key)).toBe(true);
          if (isSmall(count)) expect([key, counts, canDiffer(key, counts, lines, hidden)]).toEqual([key, counts, true]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('nothing is left out where nothing is small', () => {
    fc.assert(
      fc.property(anyTree, ({ counts, lines }) => {
        const large = Object.fromEntries(Object.entries(counts).filter(([, count]) => !isSmall(count)));
        if (Object.keys(large).length < Object.keys(counts).length) return;
        expect(left(large, lines)).toEqual([]);
      }),
    );
  });
});
