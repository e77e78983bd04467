import { plus, startOfDay, type Instant, type LocalDate } from '#libs/calendar';

/** First day of the birth month: close enough for planning, and the due time gives no birth date away. */
export function birthdayOf(birthDate: LocalDate, age: number, zone: string): Instant {
  return plus(startOfDay(`${birthDate.slice(0, 7)}-01`, zone), `P${age}Y`, zone);
}
