import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ForeignSystem } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { exportRecords, importRecords } from '#libs/record-exchange';
import { v5 as uuidv5 } from 'uuid';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { WrongCall } from '../exit-codes.js';
import { exportToFile, openRecordFile } from './record-file.js';

/** More than two parts of an export. */
const many = 110;

const idOf = (index: number, what: string): string => uuidv5(`${what}/${index}`, uuidv5.URL);

/** Invented children, with texts that a spreadsheet would trip over. */
const primeroCases = Array.from({ length: many }, (_, index) => ({
  case_id: idOf(index, 'case'),
  module_id: 'primeromodule-cp',
  name_first: 'ស្រីមុំ (Sreymom)',
  name_last: `=Example ${index}`,
  name_nickname: "'@quoted",
  sex: 'female',
  date_of_birth: '2013-05-01',
  location_current: '2020202',
  telephone_current: '+855 00 000 000',
  risk_level: 'medium',
  services_section: Array.from({ length: index % 3 }, (_row, row) => ({
    unique_id: idOf(index, `row ${row}`),
    service_response_type: 'service_provision',
    service_type: 'counselling',
    service_subtype: ['counselling_trauma'],
    service_referral_notes: 'two\nlines, "quoted"',
    service_implementing_agency: 'agency-bridge',
  })),
}));

const oscarClient = {
  global_id: '01EDN2N13KJQYZJDNNJE68XDQY',
  slug: 'abcd-123',
  given_name: 'Dara',
  family_name: 'Chea',
  local_given_name: 'ដារ៉ា',
  gender: 'male',
  date_of_birth: '2012-02-02',
  organization_name: 'bridge',
  organization_id: 46,
  is_referred: true,
  level_of_risk: 'high',
  status: 'Accepted',
  reason_for_referral: '-Synthetic reason',
  services: [
    {
      uuid: '37cd9808-c417-4a19-9563-36ac7865e2f8',
      name: 'Trauma counselling',
      referral_id: 5,
      referral_status: 'Accepted',
    },
    { uuid: '1a1accbd-90a9-4c71-a077-2595322744cb', name: 'Kinship care', enrollment_date: '2026-10-01' },
  ],
};

let opened: { spean: Spean; fresh: FreshDatabase }[] = [];
let folder: string;
let spean: Spean;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  spean = await emptySpean();
  told = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
});

afterEach(async () => {
  jest.restoreAllMocks();
  for (const each of opened) {
    await each.spean.close();
    await each.fresh.drop();
  }
  opened = [];
  await rm(folder, { recursive: true });
});

describe('a file for an agency without a connection', () => {
  it.each<[ForeignSystem, object, number]>([
    ['primero', primeroCases, many],
    ['oscar', oscarClient, 1],
  ])('of %s, taken into an empty database, gives the same cases, in whatever form', async (system, records, count) => {
    await importRecords(spean, system, records);
    const elsewhere = await emptySpean();
    for (const format of ['csv', 'xlsx', 'json'] as const) {
      const file = fileOf(format);
      await exportToFile(spean, { system, format, path: file, caseId: undefined });
      const { summary } = await takeIn(elsewhere, system, file);
      // The three files say the same of every child, to the letter, so that the second and third change nothing.
      expect(summary).toMatchObject({
        received: count,
        quarantined: [],
        [format === 'csv' ? 'created' : 'unchanged']: count,
      });
    }
    const [before, after] = [await exportRecords(spean, system), await exportRecords(elsewhere, system)];
    expect(after.data).toEqual(before.data);
  });

  it('lies beside a manifest, is for its owner alone, and says how far it is', async () => {
    await importRecords(spean, 'primero', primeroCases);
    await importRecords(spean, 'oscar', oscarClient);
    const file = fileOf('csv');
    await exportToFile(spean, { system: 'primero', format: 'csv', path: file, caseId: undefined });
    const { size, mode } = statSync(file);
    expect(mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(`${file}.manifest.json`, 'utf8'))).toMatchObject({
      ...{ file: 'records.csv', system: 'primero', format: 'csv', records: many, withheld: 1, failed: 0, bytes: size },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(told).toEqual([
      `${many + 1} of ${many + 1} cases\n`,
      '1 cases were left out: they hold no consent to share with primero\n',
    ]);
  });

  it('is refused before any of it is taken in, by line and column', async () => {
    const file = fileOf('csv');
    writeFileSync(file, `record,case_id,name_first\n1,${idOf(1, 'case')},A\n1,,B\n`);
    await expect(takeIn(spean, 'primero', file)).rejects.toThrow(
      new WrongCall('line 3, name_first: another value than in the first line of its record'),
    );
    await expect(takeIn(spean, 'primero', fileOf('xlsx'))).rejects.toThrow('the file cannot be read (ENOENT)');
    expect((await exportRecords(spean, 'primero')).data).toEqual([]);
  });

  it('is refused when it is not the one that its manifest tells of', async () => {
    await importRecords(spean, 'oscar', oscarClient);
    const file = fileOf('json');
    await exportToFile(spean, { system: 'oscar', format: 'json', path: file, caseId: undefined });
    writeFileSync(file, '{"data":[]}');
    await expect(takeIn(spean, 'oscar', file)).rejects.toThrow('its manifest');
  });
});

const fileOf = (format: string): string => path.join(folder, `records.${format}`);

async function takeIn(into: Spean, system: ForeignSystem, file: string) {
  return (await openRecordFile(system, file))(into);
}

async function emptySpean(): Promise<Spean> {
  const fresh = await freshDatabase();
  const made = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, `master-${opened.length}.key`) } },
    mayCreateMasterKey: true,
  });
  opened.push({ spean: made, fresh });
  return made;
}
