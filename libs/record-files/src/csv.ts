import type { Cell } from './cells.js';
import { FileRefused } from './errors.js';

/** By this mark a spreadsheet knows that the text is UTF-8; without it Khmer comes out as rubbish. */
export const byteOrderMark = '\uFEFF';

/** One line of CSV (RFC 4180), with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows of a CSV text that arrives in pieces. Lines end with CRLF or LF; a quoted cell may hold both.
 *
 * @throws FileRefused when a quote is never closed
 */
export async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<string[]> {
  const reader = new CsvReader();
  for await (const piece of pieces) yield* reader.take(piece);
  yield* reader.end();
}

class CsvReader {
  #row: string[] = [];
  #cell = '';
  #line = 1;
  #isFirst = true;
  /** `closing`: a quote inside quotes, which ends them or is the first half of one that is meant. */
  #state: 'plain' | 'quoted' | 'closing' = 'plain';

  *take(piece: string): Generator<string[]> {
    for (const letter of this.#withoutMark(piece)) {
      if (letter === '\n') this.#line += 1;
      if (this.#state === 'quoted') {
        if (letter === '"') this.#state = 'closing';
        else this.#cell += letter;
        continue;
      }
      if (letter === '"' && this.#state === 'closing') {
        this.#cell += letter;
        this.#state = 'quoted';
        continue;
      }
      if (letter === '"' && this.#cell === '') {
        this.#state = 'quoted';
        continue;
      }
      if (letter === ',') this.#endCell();
      else if (letter === '\n') yield this.#endRow();
      else if (letter !== '\r' || this.#state === 'plain') this.#cell += letter;
    }
  }

  *end(): Generator<string[]> {
    if (this.#state === 'quoted') throw new FileRefused(`line ${this.#line}: a quote is not closed`);
    if (this.#cell !== '' || this.#row.length > 0 || this.#state === 'closing') yield this.#endRow();
  }

  #withoutMark(piece: string): string {
    const text = this.#isFirst && piece.startsWith(byteOrderMark) ? piece.slice(byteOrderMark.length) : piece;
    if (piece !== '') this.#isFirst = false;
    return text;
  }

  #endCell(): void {
    this.#row.push(this.#cell);
    this.#cell = '';
    this.#state = 'plain';
  }

  #endRow(): string[] {
    // The first half of a line's end; one that stands inside quotes belongs to the cell.
    if (this.#state === 'plain' && this.#cell.endsWith('\r')) this.#cell = this.#cell.slice(0, -1);
    this.#endCell();
    const row = this.#row;
    this.#row = [];
    return row;
  }
}
