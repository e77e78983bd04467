import { v5 as uuidv5 } from 'uuid';

/** Namespace of ids that are derived from a seed. */
const namespace = '0b3f5a52-3a0c-5f43-9d0e-6c1c4f8f9c77';

/** Chance that can be repeated: the same seed gives the same numbers, choices and ids (mulberry32). */
export class Random {
  readonly #name: string;
  #state: number;
  #ids = 0;

  constructor(seed: string) {
    this.#name = seed;
    this.#state = hash(seed);
  }

  /** A generator of its own for one purpose, so that a change elsewhere changes nothing there. */
  fork(purpose: string): Random {
    return new Random(`${this.#name}/${purpose}`);
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError when there is nothing to choose from. */
  pick<T>(options: readonly T[]): T {
    const option = options[Math.floor(this.next() * options.length)];
    if (option === undefined) throw new RangeError('nothing to choose from');
    return option;
  }

  /** @throws RangeError when no option weighs anything. */
  weighted<T>(options: readonly (readonly [T, number])[]): T {
    const total = options.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * total;
    for (const [option, weight] of options) {
      left -= weight;
      if (left < 0) return option;
    }
    throw new RangeError('nothing to choose from');
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => [this.next(), item] as const)
      .sort(([one], [other]) => one - other)
      .map(([, item]) => item);
  }

  /** The next id of this generator, a UUID. */
  id(): string {
    this.#ids += 1;
    return uuidv5(`${this.#name}#${this.#ids}`, namespace);
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value;
}
