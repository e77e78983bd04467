import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSpean, type Spean } from '#libs/composition';
import { perform, planTiny, writeDirectory, type Story } from '#libs/demonstration';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { withClient } from '../../support/sql.js';
import { aboutCanary, canaries, planted } from './canaries.js';
import { dumpOf } from './dump.js';
import { Needles } from './needles.js';

/** The drill tells them all, with API, worker and queues, and searches the files as well. */
const stories = 3;

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;
const performed: Story[] = [];

beforeAll(async () => {
  [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
  const masterKeys = { active: { kind: 'file', file: path.join(folder, 'master.key') } } as const;
  spean = await openSpean({ databaseUrl: fresh.urls.program, masterKeys, mayCreateMasterKey: true });
  await writeDirectory(spean.database, spean.context);
  for (const story of planTiny(spean.pathways, 1, spean.clock.now())) {
    if (performed.length === stories) break;
    const known = aboutCanary(story);
    await perform(known, spean);
    performed.push(known);
  }
});

afterAll(async () => {
  await spean.close();
  await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
});

const found = () => withClient(fresh.urls.admin, async (client) => needles.in(await dumpOf(client)));
const needles = new Needles({ ...canaries, planted });

describe('a backup of the database', () => {
  it('was taken of cases in which people wrote the words that it is searched for', () => {
    expect(JSON.stringify(performed).split(canaries.narrative).length).toBeGreaterThan(20);
  });

  it('holds no name, telephone number, address or word of a child, in any encoding', async () => {
    await expect(found()).resolves.toEqual([]);
  });

  it('is searched by somebody who would find one', async () => {
    const text = `UPDATE agencies SET title = '${planted}' WHERE id = (SELECT min(id) FROM agencies)`;
    await withClient(fresh.urls.admin, (client) => client.query(text));
    await expect(found()).resolves.toMatchObject([{ word: 'planted' }]);
  });
});
