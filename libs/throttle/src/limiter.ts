import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import type { Log } from '#libs/logging';

import { LocalLimiter } from './local-limiter.js';
import { RedisLimiter } from './redis-limiter.js';
import type { Rule, Verdict } from './rule.js';

export interface LimiterSettings {
  readonly log: Log;
  /** Absent: each process counts by itself. */
  readonly redis?: { readonly url: string; readonly prefix: string };
  /** Milliseconds of a clock that never goes back; absent: the machine's. */
  readonly now?: () => number;
}

/** Redis that did not answer is left alone for so long (milliseconds), so that not every request waits for it. */
const leaveAloneMs = 1_000;

/**
 * Counts how often somebody does something. Without Redis each process goes on counting by itself: whoever is patient
 * gets more through than they should, and nobody is shut out.
 */
export class Limiter {
  readonly #local: LocalLimiter;
  readonly #shared: RedisLimiter | undefined;
  readonly #log: Log;
  readonly #now: () => number;
  #leaveAloneUntil = -Infinity;

  constructor({ log, redis, now = () => performance.now() }: LimiterSettings) {
    this.#now = now;
    this.#log = log;
    this.#local = new LocalLimiter(now);
    if (redis !== undefined) this.#shared = new RedisLimiter(redis.url, redis.prefix);
  }

  /** @param who an account or an address; only a digest of it is kept */
  async take(who: string, rule: Rule): Promise<Verdict> {
    const key = `${rule.name}:${createHash('sha256').update(who).digest('base64url').slice(0, 22)}`;
    if (this.#shared === undefined || this.#now() < this.#leaveAloneUntil) return this.#local.take(key, rule);
    try {
      return await this.#shared.take(key, rule);
    } catch (error) {
      this.#leaveAloneUntil = this.#now() + leaveAloneMs;
      this.#log.warn('requests are counted by this process alone', { error });
      return this.#local.take(key, rule);
    }
  }

  close(): void {
    this.#shared?.close();
  }
}
