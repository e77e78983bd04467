import type { Reading } from '../reading.js';

/** Primero takes any text that looks like a date for one and refuses the whole record. Brackets around it count in. */
const dateLike = /^\s*\(*\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ][\d:.,]+\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?\s*\)*\s*$/;

/** Text that Primero takes as text: a bare date goes in brackets. */
export const freeText = (text: string | undefined): string | undefined =>
  text !== undefined && dateLike.test(text) ? `(${text})` : text;

/** The text again as it was. */
export function readFreeText(reading: Reading, field: string): string | undefined {
  const text = reading.text(field);
  const bracketed = text !== undefined && text.startsWith('(') && text.endsWith(')') && dateLike.test(text);
  return bracketed ? text.slice(1, -1) : text;
}
