import { milliseconds, parseInstant, plus, type Clock, type Duration, type Instant } from '#libs/calendar';

/** A clock that stands still until it is told the time. Nothing ever waits for it. */
export class VirtualClock implements Clock {
  #now: Instant;

  constructor(start: string) {
    this.#now = parseInstant(start);
  }

  now(): Instant {
    return this.#now;
  }

  /** @throws RangeError for a time before the present one: time that has passed stays passed. */
  set(instant: string): void {
    const next = parseInstant(instant);
    if (milliseconds(this.#now, next) < 0) throw new RangeError('a clock is never set back');
    this.#now = next;
  }

  advance(duration: Duration): void {
    this.set(plus(this.#now, duration, 'Asia/Phnom_Penh'));
  }
}
