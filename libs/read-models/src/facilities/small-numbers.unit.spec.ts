import { describe, expect, it } from '@jest/globals';
import { shownCounts, shownTotal } from './small-numbers.js';

const counts = (...all: number[]) =>
  shownCounts(all.map((count, index) => ({ place: index, count }))).map(({ count }) => count);

describe('small numbers', () => {
  it('under five are hidden, and none is none', () => {
    expect(counts(0, 4, 5, 1)).toEqual([0, null, 5, null]);
    expect([0, 1, 4, 5].map(shownTotal)).toEqual([0, null, null, 5]);
  });

  it('cannot be worked out from the total: where one is hidden, the next smallest is, too', () => {
    expect(counts(12, 3, 7)).toEqual([12, null, null]);
    expect(counts(3, 0)).toEqual([null, 0]);
    expect(counts(12, 7)).toEqual([12, 7]);
    expect(counts(1, 20, 1, 9)).toEqual([null, 20, null, null]);
  });
});
