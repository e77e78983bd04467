/** One cell of a table. CSV holds text only; a workbook tells numbers and flags from text. Undefined is empty. */
export type Cell = string | number | boolean | undefined;

/** What a spreadsheet may take for a formula, or strip to get at one; the wide forms count in some languages. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
const guarded = /^'[=+\-@\t\r\n＝＋－＠']/;

/**
 * Text that no spreadsheet runs: an apostrophe goes in front of what could be a formula, and in front of an apostrophe,
 * so that `readText` gives back exactly what was written.
 */
export const harmlessText = (text: string): string =>
  formulaStart.test(text) || text.startsWith("'") ? `'${text}` : text;

/** The text again as it was. Text of other hands keeps its apostrophe unless that guards something. */
export const readText = (text: string): string => (guarded.test(text) ? text.slice(1) : text);

/** Several texts in one cell, parted by bars. */
export const joinedList = (items: readonly string[]): string =>
  items.map((item) => item.replace(/[\\|]/g, '\\$&')).join('|');

export function splitList(text: string): string[] {
  const items: string[] = [];
  let item = '';
  for (const [part] of text.matchAll(/\\[\\|]|[^]/gu)) {
    if (part === '|') {
      items.push(item);
      item = '';
    } else item += part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
  }
  return [...items, item];
}
