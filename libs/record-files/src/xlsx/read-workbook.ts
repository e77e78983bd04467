import type { Cell } from '../cells.js';
import { FileRefused } from '../errors.js';
import { elements, prefixOf } from './elements.js';
import { entitiesRead, plainText } from './xml-text.js';
import { zipEntries } from './zip-reader.js';

/** More than any table of ours has, and few enough that a cell far off fills no memory. */
const mostColumns = 1000;
const mostRows = 1_048_576;

/**
 * The rows of a workbook's first sheet, as spreadsheets write it: shared and inline text, numbers, flags, and of a
 * formula the value it last had. Rows and cells that are left out are empty.
 *
 * @throws FileRefused
 */
export function* workbookRows(file: Buffer): Generator<Cell[]> {
  const entries = zipEntries(file);
  const open = (path: string): string | undefined => entries.get(path)?.().toString('utf8');
  const sheet = open(firstSheet(open('xl/workbook.xml'), open('xl/_rels/workbook.xml.rels')));
  if (sheet === undefined) throw new FileRefused('the workbook has no sheet');
  const shared = sharedTexts(open('xl/sharedStrings.xml') ?? '');
  const prefix = prefixOf(sheet, 'worksheet');
  let line = 0;
  for (const { attributes, content } of elements(sheet, `${prefix}row`)) {
    line += 1;
    const number = Number(attribute(attributes, 'r') ?? line);
    if (number > mostRows) throw new FileRefused('the workbook is damaged');
    for (; line < number; line += 1) yield [];
    yield cellsOf(content, prefix, shared, line);
  }
}

function firstSheet(workbook = '', relations = ''): string {
  const [sheet] = elements(workbook, `${prefixOf(workbook, 'workbook')}sheet`);
  const id = attribute(sheet?.attributes ?? '', String.raw`\w+:id`);
  const links = [...elements(relations, `${prefixOf(relations, 'Relationships')}Relationship`)];
  const link = links.find(({ attributes }) => attribute(attributes, 'Id') === id);
  const target = attribute(link?.attributes ?? '', 'Target');
  if (target === undefined) return 'xl/worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Texts are kept once and pointed to by number. */
function sharedTexts(xml: string): string[] {
  const prefix = prefixOf(xml, 'sst');
  return [...elements(xml, `${prefix}si`)].map(({ content }) => textIn(content, prefix));
}

/** A text may be in pieces, each in its own script or colour. Help with reading it aloud is left out. */
function textIn(xml: string, prefix: string): string {
  const aloud = [...elements(xml, `${prefix}rPh`)].map(({ content }) => content);
  const spoken = aloud.reduce((rest, content) => rest.replace(content, ''), xml);
  return [...elements(spoken, `${prefix}t`)].map(({ content }) => plainText(content.replaceAll('\r\n', '\n'))).join('');
}

function cellsOf(row: string, prefix: string, shared: readonly string[], line: number): Cell[] {
  const cells: Cell[] = [];
  for (const { attributes, content } of elements(row, `${prefix}c`)) {
    const at = columnOf(attribute(attributes, 'r')) ?? cells.length;
    if (at >= mostColumns) throw new FileRefused(`line ${line}: more than ${mostColumns} columns`);
    while (cells.length < at) cells.push(undefined);
    cells[at] = valueOf(attribute(attributes, 't'), content, prefix, shared);
  }
  return cells;
}

function valueOf(type: string | undefined, content: string, prefix: string, shared: readonly string[]): Cell {
  if (type === 'inlineStr') return textIn(content, prefix);
  const [value] = elements(content, `${prefix}v`);
  if (value === undefined || type === 'e') return undefined;
  const written = plainText(value.content);
  if (type === 's') return shared[Number(written)];
  if (type === 'b') return written === '1';
  return type === 'str' || type === 'd' ? written : Number(written);
}

/** The place of a cell such as `AB12`, from 0. */
function columnOf(at: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(at ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : entitiesRead(value);
}
