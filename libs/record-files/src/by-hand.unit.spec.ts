import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRecords } from './index.js';
import { all, each, inFolder, type Fields } from './testing.spec.js';
import { ZipWriter } from './xlsx/zip-writer.js';

const read = (text: string, system: 'primero' | 'oscar' = 'primero'): Promise<Fields[]> =>
  inFolder(async (folder) => {
    const path = join(folder, 'table.csv');
    writeFileSync(path, text);
    return all(readRecords(path, system, 'csv'));
  });

describe('a table that somebody made by hand', () => {
  it('needs no numbers: each line is a record', async () => {
    expect(await read('case_id,name_first,age\nA,Example,9\n\nB,Other,\n')).toEqual([
      { case_id: 'A', name_first: 'Example', age: 9, services_section: [] },
      { case_id: 'B', name_first: 'Other', services_section: [] },
    ]);
  });

  it('may have columns in any order, and more of them', async () => {
    const [record] = await read('services_section/service_type,national_id_no,case_id\ncounselling,007,A');
    expect(record).toEqual({
      case_id: 'A',
      national_id_no: '007',
      services_section: [{ service_type: 'counselling', service_subtype: [] }],
    });
  });

  it('keeps what it can not read, for whoever names the field', async () => {
    expect(await read('case_id,age,estimated\nA,nine,TRUE')).toMatchObject([{ age: 'nine', estimated: true }]);
  });

  it('fills what OSCaR leaves empty', async () => {
    const [record] = await read('given_name,services/name\nExample,Kinship care', 'oscar');
    expect(record).toMatchObject({
      family_name: '',
      referral_consent_form: [],
      services: [{ uuid: '', referral_id: '' }],
    });
  });

  it.each([
    ['', 'line 1: there is no header'],
    ['colour,shape\na,b', 'line 1: no column of that system'],
    ['case_id,case_id\nA,B', 'line 1: column 2 has the name of another'],
    ['case_id\nA,B', 'line 2: more cells than columns'],
    ['record,case_id\n,A', 'line 2, record: empty'],
    ['record,case_id\n1,A\n2,B\n1,', 'line 4, record: apart from the other lines of its record'],
    ['record,case_id\n1,A\n1,B', 'line 3, case_id: another value than in the first line of its record'],
    ['case_id\n"A', 'line 2: a quote is not closed'],
  ])('%j is refused by line and column', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('a workbook that a spreadsheet saved', () => {
  const parts = {
    'xl/workbook.xml':
      '<x:workbook xmlns:x="m" xmlns:r="o"><x:sheets><x:sheet name="A" sheetId="3" r:id="rId7"/></x:sheets></x:workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="theme.xml"/><Relationship Id="rId7" Target="/xl/worksheets/other.xml"/></Relationships>',
    'xl/sharedStrings.xml':
      '<sst><si><t>case_id</t></si><si><r><t>date_of</t></r><r><t xml:space="preserve">_birth</t></r></si><si><t>age</t><rPh sb="0" eb="1"><t>aloud</t></rPh></si><si><t>A &amp; B_x000D_</t></si></sst>',
    'xl/worksheets/other.xml':
      '<x:worksheet><x:cols><x:col min="1"/></x:cols><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="s"><x:v>1</x:v></x:c><x:c r="D1" t="s"><x:v>2</x:v></x:c></x:row>' +
      '<x:row r="2"/><x:row r="4"><x:c r="A4" t="s"><x:v>3</x:v></x:c><x:c r="B4" s="1"/><x:c r="C4" s="2"><x:v>42005</x:v></x:c><x:c r="D4" t="str"><x:f>1+8</x:f><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>',
  };

  const workbook = async (changed: Partial<Record<keyof typeof parts, string>> = {}): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    const zip = new ZipWriter(async (chunk) => void chunks.push(Buffer.from(chunk)));
    for (const [name, xml] of Object.entries({ ...parts, ...changed })) await zip.add(name, each([xml]));
    await zip.end();
    return Buffer.concat(chunks);
  };

  const readBook = (bytes: Buffer): Promise<Fields[]> =>
    inFolder(async (folder) => {
      const path = join(folder, 'table.xlsx');
      writeFileSync(path, bytes);
      return all(readRecords(path, 'primero', 'xlsx'));
    });

  it('is read with its shared texts, its counted days, its formulas and its gaps', async () => {
    expect(await readBook(await workbook())).toEqual([
      { case_id: 'A & B\r', date_of_birth: '2015-01-01', age: 9, services_section: [] },
    ]);
  });

  it('is refused when it is none, or damaged', async () => {
    await expect(readBook(Buffer.from('case_id\nA'))).rejects.toThrow('the file is no workbook');
    const whole = await workbook();
    await expect(readBook(Buffer.concat([whole.subarray(0, 40), whole.subarray(90)]))).rejects.toThrow('damaged');
    await expect(readBook(await workbook({ 'xl/worksheets/other.xml': '<row><row><row>' }))).rejects.toThrow('damaged');
    await expect(readBook(await workbook({ 'xl/worksheets/other.xml': '<row r="99999999"></row>' }))).rejects.toThrow(
      'damaged',
    );
    const wide = '<worksheet><row r="1"><c r="ZZZ1" t="b"><v>1</v></c></row></worksheet>';
    await expect(readBook(await workbook({ 'xl/worksheets/other.xml': wide }))).rejects.toThrow('columns');
  });
});
