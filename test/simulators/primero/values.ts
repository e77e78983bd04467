import type { Field } from './forms.js';
import { isOption } from './options.js';

/** `dropped`: not of the field's shape, and passed over in silence. `wrong`: the whole record is refused. */
export type Judged = { kept: unknown } | 'dropped' | 'wrong';

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const moment =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d*))?\s*(?:Z|([+-])(\d{2}):?(\d{2})?)?$/;
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Numbers are kept in 32 bits. */
const largest = 2 ** 31 - 1;

/** One value for one field that is no subform. */
export function judged(field: Exclude<Field, { kind: 'rows' }>, value: unknown): Judged {
  const isList = field.kind === 'choices' || field.kind === 'unchecked_list';
  if (isList) return value === null || !isScalarList(value) ? 'dropped' : judgedList(field, value);
  if (typeof value === 'object' && value !== null) return 'dropped';
  if (value === null) return field.kind === 'tick' ? 'wrong' : { kept: null };
  return judgedScalar(field, value);
}

function judgedScalar(field: Exclude<Field, { kind: 'rows' }>, value: unknown): Judged {
  const keptIf = (right: boolean): Judged => (right ? { kept: value } : 'wrong');
  switch (field.kind) {
    case 'text':
    case 'unchecked':
      return keptIf(typeof value === 'string' && !isTakenForDate(value));
    case 'date':
      return keptIf(typeof value === 'string' && isRealDay(value));
    case 'moment': {
      const read = typeof value === 'string' ? readMoment(value) : undefined;
      return read === undefined ? 'wrong' : { kept: read };
    }
    case 'tick':
      return keptIf(typeof value === 'boolean');
    case 'number':
      return keptIf(Number.isInteger(value) && Math.abs(Number(value)) <= largest);
    case 'yes_no':
      return keptIf([true, false, 'true', 'false'].includes(value as boolean));
    case 'choice':
      return keptIf(typeof value === 'string' && isOption(field.options, value));
    default:
      return { kept: value };
  }
}

/** Nulls in a list are gone before anybody looks: the framework beneath takes them out. */
function judgedList(field: Exclude<Field, { kind: 'rows' }>, value: unknown[]): Judged {
  const items = value.filter((item) => item !== null);
  const allowed = (item: unknown): boolean =>
    typeof item === 'string' && (field.kind !== 'choices' || isOption(field.options, item));
  return items.every(allowed) ? { kept: items } : 'wrong';
}

const isScalarList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);

/** A text that reads as a date has become one before it is checked, and a date is no text. */
const isTakenForDate = (text: string): boolean => isRealDay(text) || readMoment(text) !== undefined;

export function isRealDay(text: string): boolean {
  const [, year, month, date] = day.exec(text) ?? [];
  if (year === undefined) return false;
  const read = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(date);
}

/** Seconds are needed, a zone is not; a day past the month's end runs over into the next month. */
export function readMoment(text: string): string | undefined {
  const [, year, month, date, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] =
    moment.exec(text) ?? [];
  if (year === undefined || Number(month) > 12 || Number(date) > 31) return undefined;
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? 60_000 : -60_000);
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const read = Date.UTC(Number(year), Number(month) - 1, Number(date), hours, minutes, seconds, milliseconds);
  return new Date(read + offset).toISOString();
}
