import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openSpean, type Spean } from '#libs/composition';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { loop, tableOf } from './loop.js';
import { givenSamples } from './given-samples.js';
import { samples } from './samples.js';

let folder: string;
const fresh: FreshDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
});
afterAll(async () => {
  for (const each of fresh) await each.drop();
  await rm(folder, { recursive: true });
});

async function open(): Promise<Spean> {
  const database = await freshDatabase();
  fresh.push(database);
  const masterKeys = { active: { kind: 'file', file: path.join(folder, 'master.key') } } as const;
  return openSpean({ databaseUrl: database.urls.program, masterKeys, mayCreateMasterKey: true });
}

describe('a record that goes to the other system and comes back', () => {
  it.each([...samples, ...givenSamples()])('loses no field that both can hold: $name', async (sample) => {
    const stations = [await open(), await open()] as const;
    const fates = await loop(stations, sample);
    for (const station of stations) await station.close();
    expect(fates.filter(({ fate }) => fate === 'lost')).toEqual([]);
    expect(fates.filter(({ fate }) => fate === 'kept').length).toBeGreaterThan(5);
  });

  it('is told of field by field', () => {
    const table = tableOf([
      { sample: 'one', field: 'name_first', fate: 'kept', why: '' },
      { sample: 'two', field: 'name_first', fate: 'lost', why: '' },
      { sample: 'one', field: 'age', fate: 'no place', why: 'no age in OSCaR' },
    ]);
    expect(table).toBe('name_first  lost\nage         no place  no age in OSCaR');
  });
});
