import type { Instant, LocalDate } from '#libs/calendar';
import { readDate, readDayOf, readMoment } from './dates.js';
import { isObject } from './objects.js';

/** A record's fields, each read in one way; what can't be read becomes a finding that names the field, not its value. */
export interface Reading {
  /** Words as written; numbers count as words, because ids and codes often arrive as numbers. Blank is absent. */
  text(field: string): string | undefined;
  /** A code, id or option: text without the space around it. */
  code(field: string): string | undefined;
  flag(field: string): boolean | undefined;
  count(field: string): number | undefined;
  date(field: string): LocalDate | undefined;
  moment(field: string): Instant | undefined;
  /** The day in Cambodia on which a moment fell. */
  day(field: string): LocalDate | undefined;
  /** One of the words that `options` understands. */
  option<T>(field: string, options: (word: string) => T | undefined, problem: string): T | undefined;
  /** A list of codes; one code alone counts as a list. */
  codes(field: string): string[];
  rows(field: string): Reading[];
  finding(field: string, problem: string): void;
}

export function readingOf(record: Record<string, unknown>, findings: string[], path = ''): Reading {
  const finding = (field: string, problem: string): undefined => void findings.push(`${path}${field}: ${problem}`);
  const valueOf = (field: string): unknown => record[field] ?? undefined;

  const text = (field: string): string | undefined => {
    const value = valueOf(field);
    if (value === undefined) return undefined;
    const words = wordsOf(value);
    if (words === undefined) return finding(field, 'not text');
    return words.trim() === '' ? undefined : words;
  };
  const parsed = <T>(field: string, read: (words: string) => T | undefined, problem: string): T | undefined => {
    const words = text(field);
    if (words === undefined) return undefined;
    return read(words) ?? finding(field, problem);
  };
  const listOf = (field: string): unknown[] => {
    const value = valueOf(field);
    if (value === undefined) return [];
    return Array.isArray(value) ? (value as unknown[]) : [value];
  };

  return {
    text,
    code: (field) => text(field)?.trim(),
    flag: (field) => {
      const value = valueOf(field);
      if (value === undefined || value === '') return undefined;
      return flagOf(value) ?? finding(field, 'not true or false');
    },
    count: (field) => parsed(field, countOf, 'not a whole number'),
    date: (field) => parsed(field, readDate, 'not a date'),
    moment: (field) => parsed(field, readMoment, 'not a date'),
    day: (field) => parsed(field, readDayOf, 'not a date'),
    option: (field, options, problem) => parsed(field, options, problem),
    codes: (field) => {
      const words = listOf(field).filter((item) => item !== null && item !== '');
      if (words.some((item) => wordsOf(item) === undefined)) finding(field, 'not text');
      return [...new Set(words.map((item) => wordsOf(item)?.trim() ?? ''))].filter((word) => word !== '');
    },
    rows: (field) => {
      const value = valueOf(field) ?? [];
      if (!Array.isArray(value)) {
        finding(field, 'not a list');
        return [];
      }
      return (value as unknown[]).flatMap((row, index) => {
        if (isObject(row)) return [readingOf(row, findings, `${path}${field}[${index}].`)];
        finding(`${field}[${index}]`, 'not an object');
        return [];
      });
    },
    finding,
  };
}

function wordsOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

/** Numbers are stored in 32 bits on the other side. */
const largest = 2 ** 31 - 1;

function countOf(words: string): number | undefined {
  const count = Number(words);
  return Number.isInteger(count) && count >= 0 && count <= largest ? count : undefined;
}
