import { endOfDay, parseInstant, type Instant } from '#libs/calendar';

/** A moment by the clocks of Phnom Penh: `local('2026-03-02', '19:30')`. */
export function local(day: string, time: string): Instant {
  return parseInstant(`${day}T${time}:00+07:00`);
}

/** The last moment of a day in Phnom Penh. */
export function endOf(day: string): Instant {
  return endOfDay(day, 'Asia/Phnom_Penh');
}
