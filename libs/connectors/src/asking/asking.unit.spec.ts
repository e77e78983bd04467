import { describe, expect, it } from '@jest/globals';
import { backoffMs, retryAfterMs } from './backoff.js';
import { afterAnswer, afterFailure, breakerState, isPaused, later } from './breaker.js';
import { Pace } from './pace.js';

const now = '2026-03-16T02:00:00.000Z';

describe('a pause after failures', () => {
  it('is anything up to a bound that doubles, and never longer than a quarter of an hour', () => {
    expect([1, 2, 3, 4].map((attempts) => backoffMs(attempts, () => 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(backoffMs(4, () => 0)).toBe(0);
    expect(backoffMs(500, () => 1)).toBe(900_000);
  });

  it('waits out what was asked for first', () => {
    expect(backoffMs(1, () => 0.5, 30_000)).toBe(30_500);
  });

  it.each([
    ['120', 120_000],
    ['Mon, 16 Mar 2026 02:01:00 GMT', 60_000],
    ['Mon, 16 Mar 2026 01:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads Retry-After %s', (header, ms) => {
    expect(retryAfterMs(header, Date.parse(now))).toBe(ms);
  });
});

describe('a circuit breaker', () => {
  const failed = (times: number) => {
    let health = afterAnswer();
    for (let each = 0; each < times; each += 1) health = afterFailure(health, now, () => 0.5);
    return health;
  };

  it('opens at the fifth failure in a row, is half open after a while, and closes with an answer', () => {
    expect(breakerState(failed(4), now)).toBe('closed');
    expect(breakerState(failed(5), now)).toBe('open');
    expect(breakerState(failed(5), later(now, 10_500))).toBe('half_open');
    expect(breakerState(afterAnswer(), now)).toBe('closed');
  });

  it('stays open longer each time a probe fails', () => {
    expect(Date.parse(failed(9).openUntil ?? '')).toBeGreaterThan(Date.parse(failed(6).openUntil ?? ''));
  });

  it('pauses while the target asks for patience', () => {
    const paused = { ...afterAnswer(), pausedUntil: later(now, 1_000) };
    expect([isPaused(paused, now), isPaused(paused, later(now, 1_000))]).toEqual([true, false]);
  });
});

describe('a pace', () => {
  it('lets requests through one by one', async () => {
    let at = 0;
    const waited: number[] = [];
    const sleep = (ms: number) => {
      waited.push(ms);
      return Promise.resolve();
    };
    const pace = new Pace(4, () => at, sleep);
    for (let each = 0; each < 3; each += 1) await pace.turn();
    at = 10_000;
    await pace.turn();
    expect(waited).toEqual([250, 500]);
  });
});
