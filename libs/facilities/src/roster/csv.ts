/** A text is no CSV. The message names the line and quotes nothing: the text is about children. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv';
}

/**
 * Rows of a CSV text by the names in its first line, in the spirit of RFC 4180: commas, quotation marks doubled within
 * quotation marks, line ends of every system, a byte order mark that spreadsheets leave at the beginning. Empty cells say
 * nothing, empty lines are none.
 *
 * @throws BrokenCsv
 */
export function rowsOfCsv(text: string): Record<string, string>[] {
  const [header, ...records] = recordsOf(text.replace(/^\uFEFF/u, '')).filter((cells) =>
    cells.some((cell) => cell !== ''),
  );
  if (header === undefined) throw new BrokenCsv('the file has no header');
  const names = header.map((name) => name.trim());
  if (new Set(names).size < names.length) throw new BrokenCsv('the header names a column twice');
  return records.map((cells) => rowOf(names, cells));
}

/** What stands beyond the last column belongs to none, and is kept so that somebody is told. */
function rowOf(names: readonly string[], cells: readonly string[]): Record<string, string> {
  const named = cells.map((cell, index) => [names[index] ?? '', cell.trim()] as const);
  return Object.fromEntries(named.filter(([, cell]) => cell !== ''));
}

/** One token: a cell in quotation marks or a plain one, and what ends it. */
const TOKEN = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/uy;

function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new BrokenCsv(`line ${lineAt(text, at)}: a quotation mark is out of place`);
    const [, quoted, plain = '', end] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',' && token.lastIndex < text.length) continue;
    // A comma at the very end of the text leaves one empty cell behind it.
    if (end === ',') cells.push('');
    records.push(cells);
    cells = [];
  }
  return records;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/u).length;
}
