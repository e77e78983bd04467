import type { CaseToTakeOut } from '#libs/read-models';

/** A row as it leaves: the case is named by the id of the row and by its code. */
export interface ExportRow extends Omit<CaseToTakeOut, 'caseId' | 'personId'> {
  readonly row: string;
  /** What was unsealed, where the class was asked for. */
  readonly names: string | null;
  readonly address: string | null;
}

const columns = [
  ...['row', 'code', 'pathway', 'state', 'risk', 'agency', 'owner', 'province', 'district', 'openedAt', 'ended'],
  ...['names', 'address'],
] as const satisfies readonly (keyof ExportRow)[];

/** Comma-separated, with the bytes by which spreadsheets know UTF-8, and who took it out at the end. */
export function writeTable(rows: readonly ExportRow[], footer: { id: string; by: string; at: string }): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  const last = `# export ${footer.id} fetched by ${footer.by} at ${footer.at}`;
  return `\uFEFF${[columns.join(','), ...lines, last].join('\r\n')}\r\n`;
}

/** What begins like a formula is made text: a spreadsheet would run it. */
function cell(value: string | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
