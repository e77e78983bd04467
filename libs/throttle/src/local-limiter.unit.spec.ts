import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { LocalLimiter } from './local-limiter.js';

const rule = { name: 'read', most: 6, seconds: 60 };

function limiterAt(start = 0): { limiter: LocalLimiter; pass: (ms: number) => void } {
  let now = start;
  return { limiter: new LocalLimiter(() => now), pass: (ms) => (now += ms) };
}

describe('a limit', () => {
  it('lets so many through at once and says when the next may come', () => {
    const { limiter, pass } = limiterAt(5);
    const verdicts = Array.from({ length: 7 }, () => limiter.take('a', rule));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true, true, false]);
    expect(verdicts.map(({ left }) => left)).toEqual([5, 4, 3, 2, 1, 0, 0]);
    expect(verdicts.at(-1)?.retryMs).toBe(10_000);
    pass(9_999);
    expect(limiter.take('a', rule).allowed).toBe(false);
    pass(1);
    expect(limiter.take('a', rule).allowed).toBe(true);
    expect(limiter.take('a', rule).allowed).toBe(false);
  });

  it('loses no use to fractions, whatever the clock shows', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(1_000_000), fc.nat(999_999)).map(([ms, rest]) => ms + rest / 1_000_000),
        (start) => {
          const { limiter } = limiterAt(start);
          const lefts = Array.from({ length: 4 }, () => limiter.take('a', { ...rule, most: 3_000 }).left);
          expect(lefts).toEqual([2_999, 2_998, 2_997, 2_996]);
        },
      ),
    );
  });

  it('is one for each who asks', () => {
    const { limiter } = limiterAt();
    for (let index = 0; index < 7; index += 1) limiter.take('a', rule);
    expect(limiter.take('b', rule).allowed).toBe(true);
  });

  it('is never exceeded, however the asking is spread', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 30, maxLength: 200 }), (pauses) => {
        const { limiter, pass } = limiterAt();
        let now = 0;
        const times: number[] = [];
        for (const pause of pauses) {
          pass(pause);
          now += pause;
          if (limiter.take('a', rule).allowed) times.push(now);
        }
        // In any while that is not longer than the rule's, at most what may come at once and what the time adds.
        return times.every((from, index) => times.slice(index).filter((at) => at < from + 60_000).length <= 12);
      }),
    );
  });

  it('forgets who has not asked for long before it forgets everybody', () => {
    const { limiter, pass } = limiterAt();
    for (let index = 0; index < 99_999; index += 1) limiter.take(`old ${index}`, rule);
    pass(3_600_000);
    for (let index = 0; index < 7; index += 1) limiter.take('a', rule);
    limiter.take('b', rule);
    expect(limiter.take('a', rule).allowed).toBe(false);
  });
});
