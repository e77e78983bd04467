import {
  between,
  cambodia,
  isWorkingDay,
  localDateOf,
  milliseconds,
  nextWorkingMorning,
  plus,
  startOfDay,
  type Instant,
} from '#libs/calendar';
import type { Random } from '../random.js';

/** The longest that a case of the demonstration may have taken, from its first report until now. */
export const LONGEST_STORY = 'P14M';

const hour = 3_600_000;

/**
 * When somebody does what is due: 62 in 100 before the due time, 25 up to three days late, 10 up to a fortnight, 3 later
 * still (assumed). Seven in ten things are done in office hours, unless hours count.
 */
export function doneAt(random: Random, from: Instant, due: Instant): Instant {
  const start = due > from ? from : due;
  const exact = random.weighted<() => Instant>([
    [() => between(start, due, random.between(0.15, 0.95)), 62],
    [() => late(due, random.between(1, 72)), 25],
    [() => late(due, random.between(72, 14 * 24)), 10],
    [() => late(due, random.between(14 * 24, 40 * 24)), 3],
  ])();
  const later = exact > from ? exact : plus(from, `PT${random.integer(10, 180)}M`, 'UTC');
  return milliseconds(from, due) > 20 * hour && random.chance(0.7) ? inOfficeHours(random, later) : later;
}

/** The same day between 07:30 and 17:30, or the next working one. */
export function inOfficeHours(random: Random, moment: Instant): Instant {
  const { zone } = cambodia;
  const day = localDateOf(moment, zone);
  if (!isWorkingDay(day, cambodia)) {
    return plus(nextWorkingMorning(moment, cambodia), `PT${random.integer(0, 480)}M`, zone);
  }
  const moved = plus(startOfDay(day, zone), `PT${random.integer(450, 1050)}M`, zone);
  return moved > moment ? moved : moment;
}

function late(due: Instant, hours: number): Instant {
  return plus(due, `PT${Math.round(hours * 60)}M`, 'UTC');
}
