// Instants are read and written with every event and every deadline, many times over. In their normal form they are
// plain numbers in a row, and plain arithmetic is several times faster than a calendar that knows everything.

const normalForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{3})Z$/u;

const DAY = 86_400_000;

/** Milliseconds since 1970 of an instant in normal form; undefined for any other text, and for a day that is none. */
export function readNormalForm(text: string): number | undefined {
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] =
    normalForm.exec(text)?.map(Number) ?? [];
  if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) return undefined;
  return daysUntil(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** The instant that lies so many milliseconds after 1970, in normal form. For the years 1 to 9999. */
export function writeNormalForm(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const time = milliseconds - days * DAY;
  const [year, month, day] = dayAfter(days);
  const clock = [time / 3_600_000, (time / 60_000) % 60, (time / 1000) % 60].map((part) => padded(part, 2)).join(':');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clock}.${padded(time % 1000, 3)}Z`;
}

const padded = (number: number, length: number): string => String(Math.floor(number)).padStart(length, '0');

// Years are counted from March, so that the leap day is the last of its year; 400 years repeat to the day.
const DAYS_OF_400_YEARS = 146_097;
const DAYS_TO_1970 = 719_468;

function daysUntil(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(fromMarch / 4) - Math.floor(fromMarch / 100) + Math.floor(fromMarch / 400);
  return fromMarch * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

function dayAfter(days: number): [year: number, month: number, day: number] {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
