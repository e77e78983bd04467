import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { CaseDesk } from '../../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';
import { runCommandLine } from '../command-line.js';

let fresh: FreshDatabase;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  Object.assign(process.env, {
    NODE_ENV: 'test',
    SPEAN_DATA_DIR: folder,
    DATABASE_URL: fresh.urls.program,
    MIGRATOR_DATABASE_URL: fresh.urls.migrator,
  });
  const desk = await CaseDesk.open(fresh, new VirtualClock('2026-03-02T03:00:00.000Z'));
  for (const [district, children] of [
    ['0801', 6],
    ['0802', 2],
    ['1202', 5],
  ] as const) {
    for (let number = 0; number < children; number += 1) {
      const id = await desk.openCase({ province: district.slice(0, 2), district });
      await desk.execute(id, 'RecordUnmetNeed', { needId: uuidv7(), service: 'RESPITE', why: 'NONE_EXISTS' });
    }
  }
  await desk.close();
});
afterAll(async () => {
  process.env = before;
  await fresh.drop();
  await rm(folder, { recursive: true });
});

describe('SR-70: the export of unmet needs', () => {
  it('has a row for each district and service, and none that gives a child away', async () => {
    const out = path.join(folder, 'needs.json');
    expect(await runCommandLine(['export', 'unmet-needs', '--out', out])).toBe(0);
    const { meaning, data } = JSON.parse(await readFile(out, 'utf8')) as { meaning: { en: string }; data: unknown[] };
    expect(meaning.en).toMatch(/counts once for each service/);
    const row = (province: string | null, district: string | null, children: number | null) => ({
      service: 'RESPITE',
      province,
      district,
      children,
    });
    expect(data).toEqual([
      row(null, null, 13),
      row('08', null, 8),
      row('12', null, 5),
      row('08', '0801', null),
      row('08', '0802', null),
      row('12', '1202', 5),
    ]);
  });

  it('goes to standard output alone, and is about no single case', async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await runCommandLine(['export', 'unmet-needs'])).toBe(0);
    expect(stdout.mock.calls.map(([text]) => String(text)).join('')).toMatch(/^\{"meaning":.*\}\n$/);
    expect(await runCommandLine(['export', 'unmet-needs', '--case', 'K-1'])).toBe(2);
    expect(stderr.mock.calls.map(([text]) => String(text)).join('')).toContain('over all cases');
    jest.restoreAllMocks();
  });
});
