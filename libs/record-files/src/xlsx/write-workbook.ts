import type { Cell } from '../cells.js';
import { RecordDoesNotFit } from '../errors.js';
import type { Write } from '../sink.js';
import { xmlText } from './xml-text.js';
import { ZipWriter } from './zip-writer.js';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = 'http://schemas.openxmlformats.org';
const main = `${schemas}/spreadsheetml/2006/main`;
const office = `${schemas}/officeDocument/2006/relationships`;
const packages = `${schemas}/package/2006`;
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const sheetPath = 'xl/worksheets/sheet1.xml';
/** What a spreadsheet takes in one cell, in UTF-16 units. */
export const longestText = 32_767;
/** And in one sheet, in rows. */
const mostRows = 1_048_576;

/** A workbook of one sheet, written row by row. Text is written as text, and never as a formula or a number. */
export async function writeWorkbook(write: Write, sheet: string, rows: AsyncIterable<readonly Cell[]>): Promise<void> {
  const zip = new ZipWriter(write);
  await zip.add('[Content_Types].xml', [
    `${declaration}<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>`,
    `<Override PartName="/${sheetPath}" ContentType="${types}.worksheet+xml"/></Types>`,
  ]);
  await zip.add('_rels/.rels', relation(`${office}/officeDocument`, 'xl/workbook.xml'));
  await zip.add('xl/_rels/workbook.xml.rels', relation(`${office}/worksheet`, 'worksheets/sheet1.xml'));
  await zip.add('xl/workbook.xml', [
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>`,
    `<sheet name="${xmlText(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ]);
  await zip.add(sheetPath, sheetXml(rows));
  await zip.end();
}

const relation = (type: string, target: string): string[] => [
  `${declaration}<Relationships xmlns="${packages}/relationships">`,
  `<Relationship Id="rId1" Type="${type}" Target="${target}"/></Relationships>`,
];

async function* sheetXml(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetData>`;
  let count = 0;
  for await (const cells of rows) {
    count += 1;
    if (count > mostRows) throw new RangeError('more rows than a sheet holds');
    yield `<row r="${count}">${cells.map((cell, index) => cellXml(cell, `${columnName(index)}${count}`)).join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function cellXml(cell: Cell, at: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
}

/** @throws RecordDoesNotFit */
export function refuseLongText(cells: readonly Cell[]): void {
  if (cells.some((cell) => typeof cell === 'string' && xmlText(cell).length > longestText)) {
    throw new RecordDoesNotFit('a text is longer than a cell of a workbook holds');
  }
}

/** A, B … Z, AA … */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}
