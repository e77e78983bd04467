import type { Log } from '#libs/logging';

/**
 * Work that is done again and again: one round at a time, the next one a while after the last has ended. A round that
 * fails is logged and followed by the next.
 */
export class Rounds {
  readonly #name: string;
  readonly #everyMs: number;
  readonly #round: () => Promise<unknown>;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @param everyMs pause between two rounds, in milliseconds */
  constructor(name: string, everyMs: number, round: () => Promise<unknown>, log: Log) {
    this.#name = name;
    this.#everyMs = everyMs;
    this.#round = round;
    this.#log = log;
  }

  /** Begins with a round at once: what fell due while nothing ran should not wait any longer. */
  start(): void {
    this.#running = this.#run();
  }

  /** Waits for the round that is under way, if any; there is no further one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.#round();
    } catch (error) {
      this.#log.error('a round failed', { job: this.#name, error });
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.start(), this.#everyMs);
  }
}
