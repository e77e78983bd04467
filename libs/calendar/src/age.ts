import { InvalidDate } from './errors.js';
import { toPlainDate, type LocalDate } from './local-date.js';

/**
 * Completed years of age on a day. Whoever is born on 29 February turns a year older on 1 March in years without one:
 * the later day, so that nobody loses a child's protection a day early.
 *
 * @throws InvalidDate when either date is none, or the person is not born yet on that day.
 */
export function ageOn(born: LocalDate, on: LocalDate): number {
  const lifetime = toPlainDate(born).until(toPlainDate(on), { largestUnit: 'years' });
  if (lifetime.sign < 0) {
    throw new InvalidDate('expected a day on or after the day of birth');
  }
  return lifetime.years;
}
