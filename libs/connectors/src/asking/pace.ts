/** Waits. Injected, so that tests need not. */
export type Sleep = (ms: number) => Promise<void>;

/** Lets requests through at an even pace, so that a target is never asked more often than agreed. */
export class Pace {
  readonly #everyMs: number;
  readonly #nowMs: () => number;
  readonly #sleep: Sleep;
  #next = 0;

  constructor(perSecond: number, nowMs: () => number, sleep: Sleep) {
    this.#everyMs = 1_000 / perSecond;
    this.#nowMs = nowMs;
    this.#sleep = sleep;
  }

  /** Resolves when it is the caller's turn; callers go in the order in which they came. */
  async turn(): Promise<void> {
    const now = this.#nowMs();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#everyMs;
    if (at > now) await this.#sleep(at - now);
  }
}
