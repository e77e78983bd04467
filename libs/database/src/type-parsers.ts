import { types, type CustomTypesConfig } from 'pg';

const { INT8, DATE, TIMESTAMPTZ } = types.builtins;

/**
 * How values come back: instants as `YYYY-MM-DDTHH:mm:ss.sssZ` and dates as `YYYY-MM-DD`, as the core writes them
 * (a JavaScript Date would read a date in the zone of the machine), 64-bit integers as numbers.
 */
export const typeParsers = {
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text'): unknown =>
    (format === 'binary' ? undefined : ownParsers.get(oid)) ?? parserOfPg(oid, format),
} satisfies CustomTypesConfig;

/** By any id: pg's types know those of the types that PostgreSQL brings. */
const parserOfPg: (oid: number, format: 'text' | 'binary') => unknown = types.getTypeParser;

const ownParsers = new Map<number, (text: string) => unknown>([
  [INT8, safeInteger],
  [DATE, (text) => text],
  [TIMESTAMPTZ, instantFrom],
]);

/** PostgreSQL writes `2026-03-14 02:05:09.12+00` in a UTC session; anything finer than a millisecond is cut off. */
export function instantFrom(text: string): string {
  const [date, time] = [text.slice(0, 10), text.slice(11, 19)];
  if (text.charCodeAt(10) !== 0x20 || !text.endsWith('+00')) {
    throw new RangeError(`not a time within the years 1 to 9999 of a UTC session: ${text}`);
  }
  return `${date}T${time}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`${text} is too large for a number`);
  }
  return value;
}
