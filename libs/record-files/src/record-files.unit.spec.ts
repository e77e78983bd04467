import { readFileSync, statSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvRows } from './csv.js';
import { checkManifest, FileRefused, readRecords, writeManifest, writeRecords, type FileFormat } from './index.js';
import { all, each, harmful, inFolder, recordOf, type Fields } from './testing.spec.js';

const systems = ['primero', 'oscar'] as const;
const tables = ['csv', 'xlsx'] as const;
const unfit = (): never => {
  throw new Error('a record did not fit');
};

const write = (path: string, system: 'primero' | 'oscar', format: FileFormat, records: Fields[]) =>
  writeRecords(path, { system, format, onUnfit: unfit }, each(records));

async function roundTrip(system: 'primero' | 'oscar', format: 'csv' | 'xlsx', records: Fields[]): Promise<Fields[]> {
  return inFolder(async (folder) => {
    const path = join(folder, `records.${format}`);
    await write(path, system, format, records);
    return all(readRecords(path, system, format));
  });
}

describe.each(systems)('records of %s', (system) => {
  it.each(tables)('come back from %s exactly as they went', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordOf(system), { maxLength: 4 }), async (records) => {
        expect(await roundTrip(system, format, records)).toEqual(records);
      }),
      { numRuns: 50 },
    );
  });

  it('go into JSON as one text of all of them', () =>
    inFolder(async (folder) => {
      const records = fc.sample(recordOf(system), { numRuns: 5, seed: 1 });
      const path = join(folder, 'records.json');
      for (const some of [records, records.slice(0, 1), []]) {
        await write(path, system, 'json', some);
        expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify({ data: some })}\n`);
      }
    }));
});

describe('a file of records', () => {
  const record = {
    id: '3f0c5cf2-6f43-4a8c-9a53-6c1d9a1f0a11',
    age: 9,
    services_section: [{ unique_id: 'a', service_subtype: [] }],
  };

  it('holds no cell that a spreadsheet would run', () =>
    inFolder(async (folder) => {
      const records = harmful.map((name_first) => ({ id: 'x', name_first, services_section: [] }));
      const path = join(folder, 'records.csv');
      await write(path, 'primero', 'csv', records);
      const cells = (await all(csvRows(each([readFileSync(path, 'utf8')])))).flat();
      expect(cells.filter((cell) => /^[=+\-@\t\r\n＝]/.test(cell))).toEqual([]);
    }));

  it('begins with the mark by which a spreadsheet knows Khmer, and can be read by its owner alone', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'records.csv');
      await write(path, 'primero', 'csv', [record]);
      expect(readFileSync(path).subarray(0, 3).toString('hex')).toBe('efbbbf');
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }));

  it('has a line for each service, and the case in the first of them', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'records.csv');
      const two = { ...record, services_section: [{ unique_id: 'a' }, { unique_id: 'b' }] };
      const counts = await write(path, 'primero', 'csv', [two, record]);
      expect(counts).toMatchObject({ records: 2, services: 3 });
      const lines = readFileSync(path, 'utf8').split('\r\n').slice(1, -1);
      expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
        ['1', record.id],
        ['1', ''],
        ['2', record.id],
      ]);
    }));

  it('leaves out nothing in silence: a record with a field of no column is told of, and the others are written', () =>
    inFolder(async (folder) => {
      const told: string[] = [];
      const options = {
        system: 'primero',
        format: 'csv',
        onUnfit: (_: Fields, why: string) => told.push(why),
      } as const;
      const odd = [{ ...record, surprise: 1 }, { ...record, services_section: [{ unique_id: 'a', other: 1 }] }, record];
      const written = await writeRecords(join(folder, 'records.csv'), options, each<Fields>(odd));
      expect(told).toEqual([
        'surprise: there is no column for it',
        'services_section/other: there is no column for it',
      ]);
      expect(written.records).toBe(1);
    }));

  it('takes no text into a workbook that its cells could not hold', () =>
    inFolder(async (folder) => {
      const told: string[] = [];
      const options = {
        system: 'primero',
        format: 'xlsx',
        onUnfit: (_: Fields, why: string) => told.push(why),
      } as const;
      const long = { ...record, name_first: 'x'.repeat(32_768) };
      await writeRecords(join(folder, 'records.xlsx'), options, each<Fields>([long, record]));
      expect(told).toEqual(['a text is longer than a cell of a workbook holds']);
    }));

  it('is not there when it could not be finished', () =>
    inFolder(async (folder) => {
      const failing = async function* (): AsyncGenerator<Fields> {
        yield record;
        throw new Error('the database is away');
      };
      for (const format of ['csv', 'xlsx', 'json'] as const) {
        const writing = writeRecords(join(folder, 'records'), { system: 'primero', format, onUnfit: unfit }, failing());
        await expect(writing).rejects.toThrow('the database is away');
      }
      expect(readdirSync(folder)).toEqual([]);
    }));

  it('is written with no more than a few records in memory', () =>
    inFolder(async (folder) => {
      let made = 0;
      const many = async function* (): AsyncGenerator<Fields> {
        for (; made < 5_000; made += 1) yield { ...record, name_first: `Example ${made}` };
      };
      const path = join(folder, 'records.xlsx');
      const options = { system: 'primero', format: 'xlsx', onUnfit: unfit } as const;
      const before = process.memoryUsage().heapUsed;
      const written = await writeRecords(path, options, many());
      const grown = process.memoryUsage().heapUsed - before;
      expect(written.records).toBe(5_000);
      expect(grown).toBeLessThan(100 * 1024 * 1024);
      expect(await all(readRecords(path, 'primero', 'xlsx'))).toHaveLength(5_000);
    }));

  it('is the one that its manifest tells of, or is refused', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'records.csv');
      const { records, services, bytes, sha256 } = await write(path, 'primero', 'csv', [record]);
      await checkManifest(path);
      const counted = { records, services, withheld: 0, failed: 0, bytes, sha256 };
      await writeManifest(path, { system: 'primero', format: 'csv', at: '2026-11-23T02:00:00.000Z', ...counted });
      await checkManifest(path);
      expect(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8'))).toMatchObject({
        file: 'records.csv',
        records: 1,
      });
      writeFileSync(path, 'changed');
      await expect(checkManifest(path)).rejects.toThrow(FileRefused);
    }));
});
