import { Redis } from 'ioredis';

import type { Rule, Verdict } from './rule.js';

/** A count is worth this much waiting (milliseconds); the request itself has better uses for its time. */
const patienceMs = 50;
const connectTimeout = 5_000;
const longestPauseMs = 5_000;

/** `weigh` of rule.ts, by the clock of Redis, so that processes whose clocks differ count alike. */
const script = `
local second, micro = unpack(redis.call('TIME'))
local now = second * 1000000 + micro
local most, while_us = tonumber(ARGV[1]), tonumber(ARGV[2])
local share, horizon = math.floor(while_us / most), now + while_us
local present = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next = present + share
if next > horizon then return {0, 0, math.ceil((next - horizon) / 1000)} end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return {1, math.floor((horizon - next) / share), 0}`;

/** Keeps count for all processes. A key is gone when nothing of it counts any more. */
export class RedisLimiter {
  readonly #redis: Redis;
  readonly #prefix: string;

  /**
   * @param prefix keeps several installations on one Redis apart
   * @param commandTimeout how long an answer is waited for
   */
  constructor(url: string, prefix: string, commandTimeout = patienceMs) {
    this.#prefix = prefix;
    this.#redis = new Redis(url, {
      connectTimeout,
      commandTimeout,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(times * 100, longestPauseMs),
    });
    this.#redis.on('error', () => undefined); // whoever asks is told by the rejected promise
  }

  /** @throws what ioredis throws when Redis is away or slow */
  async take(key: string, { most, seconds }: Rule): Promise<Verdict> {
    const answer = await this.#redis.eval(script, 1, `${this.#prefix}:limit:${key}`, most, seconds * 1_000_000);
    const [allowed, left, retryMs] = answer as [number, number, number];
    return { allowed: allowed === 1, left, retryMs };
  }

  close(): void {
    this.#redis.disconnect();
  }
}
