import { milliseconds, type Instant } from '#libs/calendar';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const epoch = '1970-01-01T00:00:00.000Z';

/** Chance that comes out the same for the same seed (mulberry32), so that a failed run can be run again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  letters(count: number, alphabet: string): string {
    return Array.from({ length: count }, () => alphabet.charAt(Math.floor(this.next() * alphabet.length))).join('');
  }

  hex = (count: number): string => this.letters(count, '0123456789abcdef');

  /** A UUID of version 4, in lower case. */
  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${this.letters(1, '89ab')}${this.hex(3)}-${this.hex(12)}`;
  }

  /** 26 letters: ten for the moment, sixteen for chance. */
  ulid(now: Instant): string {
    let rest = milliseconds(epoch, now);
    let time = '';
    for (let place = 0; place < 10; place += 1) {
      time = crockford.charAt(rest % crockford.length) + time;
      rest = Math.floor(rest / crockford.length);
    }
    return time + this.letters(16, crockford);
  }
}
