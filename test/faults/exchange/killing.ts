import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '../../simulators/shared/random.js';
import type { Stage } from '../installation/stage.js';
import type { Partners } from './partners.js';

/** Time between the first request after a restart and the next kill, at most (milliseconds). */
const longestLifeMs = 1_500;
const lookEveryMs = 20;

export interface KillingOptions {
  readonly kills: number;
  readonly random: Random;
  readonly over: AbortSignal;
}

/** Kills the worker again and again, each time at a random moment after it was seen at work. */
export class Killing {
  readonly done: Promise<void>;
  readonly #stage: Stage;
  readonly #partners: Partners;
  readonly #options: KillingOptions;
  #killed = 0;

  constructor(stage: Stage, partners: Partners, options: KillingOptions) {
    this.#stage = stage;
    this.#partners = partners;
    this.#options = options;
    this.done = this.#killAll();
    this.done.catch(() => undefined); // told when it is awaited
  }

  get killed(): number {
    return this.#killed;
  }

  /** How much of it is behind us: 0 to 1. */
  get share(): number {
    const { kills } = this.#options;
    return kills === 0 ? 1 : this.#killed / kills;
  }

  async #killAll(): Promise<void> {
    const { worker } = this.#stage;
    const { kills, random, over } = this.#options;
    while (this.#killed < kills) {
      const before = this.#asked();
      while (this.#asked() === before && !over.aborted) await pause(lookEveryMs);
      await pause(random.next() * longestLifeMs);
      if (over.aborted) return;
      await worker.kill();
      await worker.start();
      this.#killed += 1;
    }
  }

  #asked(): number {
    const { primero, oscar } = this.#partners;
    return primero.requests.length + oscar.requests.length;
  }
}
