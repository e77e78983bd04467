import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { withClient } from '../../../../test/support/sql.js';
import { runCommandLine } from '../command-line.js';

let database: FreshDatabase;
let folder: string;
const environment = process.env;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(`${tmpdir()}/spean-`)]);
  process.env = {
    ...environment,
    NODE_ENV: 'test',
    DATABASE_URL: database.urls.program,
    MIGRATOR_DATABASE_URL: database.urls.migrator,
    SPEAN_DATA_DIR: folder,
  };
});
afterAll(async () => {
  process.env = environment;
  process.exitCode = 0;
  await database.drop();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const invite = async (...options: string[]) => {
  let printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => (printed += String(text)) !== '');
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.exitCode = 0;
  const code = await runCommandLine(['staff', 'invite', ...options]);
  return { code, printed };
};
const officer = ['--id', 'first', '--role', 'MOSVY_CPD', '--title', 'Officer', '--agency', 'mosvy'];

describe('spean staff invite', () => {
  it('lets the first administrator of an empty installation in', async () => {
    expect((await invite(...officer)).code).toBe(1);
    const { code, printed } = await invite(...officer, '--agency-type', 'ministry', '--agency-title', 'Ministry');
    expect(code).toBe(0);
    const { token } = JSON.parse(printed) as { token: string };
    expect(token).toMatch(/^[\w-]{43}$/);
    const kept = await withClient(database.urls.admin, async (client) =>
      JSON.stringify((await client.query('SELECT *, token_hash::text FROM invitations, staff')).rows),
    );
    expect([kept.includes('first'), kept.includes(token)]).toEqual([true, false]);
  });

  it('refuses who is there already, and roles of nobody who signs in', async () => {
    expect((await invite(...officer)).code).toBe(1);
    expect((await invite('--id', 'x', '--role', 'SYSTEM', '--title', 'X', '--agency', 'mosvy')).code).toBe(1);
  });
});
