import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { tamper, type TamperReport } from './tampering.js';
import { ways } from './ways.js';

/** The drill does a thousand. */
const edits = 48;

let fresh: FreshDatabase;
let folder: string;
let report: TamperReport;

beforeAll(async () => {
  [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
  const database = await Database.open({ url: fresh.urls.program, poolSize: 2 });
  report = await tamper(database, { adminUrl: fresh.urls.admin, folder, edits, seed: 'test' });
  await database.close();
});

afterAll(async () => {
  await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
});

describe('a log that a superuser bent', () => {
  it.each(Object.keys(ways))('is found out and the stream named: %s', (way) => {
    expect(report.ways[way]).toMatchObject({ tried: edits / Object.keys(ways).length, found: 3, named: 3 });
    expect(report.missed).toEqual([]);
  });

  it('is not cried about when nobody did', () => {
    expect(report.falseAlarms).toBe(0);
  });

  it.each(['rewrite', 'rewriteWithout', 'cutOffEnd', 'deleteStream', 'insertStream', 'insertEvent', 'backdate'])(
    'has whole chains after %s, so that only the checkpoint tells',
    (way) => {
      expect(report.ways[way]?.byCheckpointAlone).toBe(3);
    },
  );
});
