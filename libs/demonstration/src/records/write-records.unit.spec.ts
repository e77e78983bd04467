import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromOscar, fromPrimero, shippedCodes } from '#libs/interop';
import { Random } from '../random.js';
import { writeSet, type WrittenRecords } from './write-records.js';

const folder = mkdtempSync(path.join(tmpdir(), 'spean-records-'));
afterAll(() => rmSync(folder, { recursive: true }));

const set = { children: 3_000, provinces: ['01', '12', '17'] };
const write = (name: string, seed: string): Promise<WrittenRecords> =>
  writeSet(set, new Random(seed), path.join(folder, name));
const read = (name: string, file: string): string => readFileSync(path.join(folder, name, file), 'utf8');
const recordsOf = (system: 'primero' | 'oscar'): readonly unknown[] =>
  (JSON.parse(read('one', `${system}-1.json`)) as { data: unknown[] }).data;
const context = { codes: shippedCodes, today: '2026-11-24', referralId: (key: string) => key };

interface Truth {
  child: string;
  systems: string[];
  linked: boolean;
  besides?: string;
  defects: string[];
}

describe('made-up records of other systems', () => {
  let written: WrittenRecords;
  let truth: Truth[];
  const shareOf = (defect: string): number =>
    (100 * truth.filter(({ defects }) => defects.includes(defect)).length) / truth.length;

  beforeAll(async () => {
    written = await write('one', 'a');
    truth = read('one', 'truth.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Truth);
  });

  it('are the same bytes for the same seed, and others for another', async () => {
    await write('two', 'a');
    await write('three', 'b');
    for (const file of written.files) expect(read('two', file)).toBe(read('one', file));
    expect(read('three', 'truth.ndjson')).not.toBe(read('one', 'truth.ndjson'));
  });

  it('hold the faults of real ones, about as often', () => {
    expect(truth).toHaveLength(set.children);
    expect(shareOf('birth date missing')).toBeGreaterThan(6);
    expect(shareOf('birth date of the year alone')).toBeGreaterThan(15);
    expect(shareOf('location missing')).toBeGreaterThan(4);
    expect(shareOf('no leading zero')).toBeGreaterThan(5);
    expect(shareOf('Khmer name')).toBeGreaterThan(14);
    expect(shareOf('phone')).toBeGreaterThan(7);
    expect(shareOf('message repeated')).toBeGreaterThan(4);
    expect(shareOf('two services in one row')).toBeGreaterThan(3);
    for (const seldom of ['birth date impossible', 'status mistyped', 'status unknown', 'message lost']) {
      expect([seldom, shareOf(seldom) > 0 && shareOf(seldom) < 2]).toEqual([seldom, true]);
    }
    const unlinked = truth.filter(({ systems, linked }) => systems.length === 2 && !linked);
    expect(unlinked.length / truth.length).toBeCloseTo(0.04, 1);
    expect(new Set(truth.map(({ besides }) => besides))).toEqual(new Set([undefined, 'twin', 'same name']));
    expect(new Set(truth.map(({ child }) => child)).size).toBe(set.children);
  });

  it('name nobody: each says that it is made up, and no telephone could ring', () => {
    for (const record of [...recordsOf('primero'), ...recordsOf('oscar')]) {
      expect(record).toMatchObject({ synthetic: true });
      const phones = /"(?:telephone_current|case_worker_mobile)":"([^"]*)"/u.exec(JSON.stringify(record));
      expect(phones?.[1]).toMatch(/^(\+855 00.*|000000000)$/u);
    }
  });

  it('can be taken in, save for those that somebody has to look at', () => {
    const reasons = (system: 'primero' | 'oscar', translate: typeof fromOscar): string[] =>
      recordsOf(system).flatMap((record) => {
        const translated = translate(record, context);
        return translated.ok ? [] : [translated.reason];
      });
    const found = [...reasons('primero', fromPrimero), ...reasons('oscar', fromOscar)];
    expect(found.length).toBeGreaterThan(3);
    expect(found.length).toBeLessThan(60);
    expect(new Set(found)).toEqual(
      new Set(['date_of_birth: not a date', 'date_of_birth: in the future', 'status: unknown status']),
    );
  });
});
