import { isInstant, isLocalDate, parseInstant, startOfDay, cambodia, type Instant } from '#libs/calendar';

import { fieldError } from '../http/field-errors.js';
import { invalidFields } from '../http/problem.js';

/** A day and a time with a blank between, which is what a plus in an address stands for; the zone may be missing. */
const written = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * A moment in any of the ways that jobs write one: `2022-12-19 00:00:00`, `2025-08-02T00:00:04.400Z`, `2025-08-02`. Without
 * a zone it is Cambodian time. What is none is refused: a list of everybody would be no answer.
 *
 * @throws RequestProblem
 */
export function momentIn(query: Readonly<Record<string, unknown>>, name: string): Instant | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  const text = typeof value === 'string' ? value.trim() : '';
  if (isLocalDate(text)) return startOfDay(text, cambodia.zone);
  const [, day = '', time = '', zone] = written.exec(text) ?? [];
  const moment = `${day}T${time}${zoneOf(zone)}`;
  if (!isInstant(moment)) throw invalidFields(fieldError(`query.${name}`, { code: 'invalid' }));
  return parseInstant(moment);
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return '+07:00';
  return zone === 'UTC' ? 'Z' : zone;
}
