import { weigh, type Rule, type Verdict } from './rule.js';

/** Beyond it, everybody begins anew: whoever asks under ever new names must not fill the memory. */
const mostKeys = 100_000;

/** Keeps count in this process alone. */
export class LocalLimiter {
  readonly #arrivals = new Map<string, number>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number) {
    this.#now = now;
  }

  take(key: string, rule: Rule): Verdict {
    if (this.#arrivals.size >= mostKeys) this.#forget();
    const [verdict, arrival] = weigh(rule, this.#arrivals.get(key), this.#now());
    this.#arrivals.set(key, arrival);
    return verdict;
  }

  #forget(): void {
    const now = this.#now();
    for (const [key, arrival] of this.#arrivals) if (arrival <= now * 1_000) this.#arrivals.delete(key);
    if (this.#arrivals.size >= mostKeys) this.#arrivals.clear();
  }
}
