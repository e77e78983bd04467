import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readConfiguration } from '#libs/configuration';

import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { withClient } from '../../../test/support/sql.js';
import { createApi } from './create-api.js';

let database: FreshDatabase;
let folder: string;

beforeAll(async () => {
  [database, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
  await writeFile(path.join(folder, 'key'), randomBytes(32));
  await chmod(path.join(folder, 'key'), 0o600);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const inProduction = (more: NodeJS.ProcessEnv = {}) => {
  const configuration = readConfiguration({
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.urls.program,
    REDIS_URL: database.redisUrl,
    SPEAN_MASTER_KEY_FILE: path.join(folder, 'key'),
    SPEAN_CHECKPOINT_KEY_FILE: path.join(folder, 'checkpoint-key'),
    SPEAN_CHECKPOINT_FOLDERS: `${folder}/one,${folder}/two`,
    ...more,
  });
  return createApi(configuration, { urls: database.urls, queuePrefix: database.name });
};

describe('production', () => {
  it('starts with real secrets, and knows nobody who has not signed in', async () => {
    const api = await inProduction();
    const answer = await api.inject({ url: '/api/v1/me', headers: { 'x-spean-caller': 'anybody' } });
    await api.close();
    expect(answer.statusCode).toBe(401);
  });

  it('keeps its description to itself, unless it is told to show it', async () => {
    const shown = async (more?: NodeJS.ProcessEnv) => {
      const api = await inProduction(more);
      const answers = ['/docs', '/docs/swagger-ui.css', '/openapi.json'].map((url) => api.inject({ url }));
      const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode);
      await api.close();
      return statuses;
    };
    expect(await shown()).toEqual([404, 404, 404]);
    expect(await shown({ SPEAN_DESCRIPTION: 'on' })).toEqual([200, 200, 200]);
  });

  it('does not start while somebody can sign in with a printed password', async () => {
    await withClient(database.urls.admin, (client) =>
      client.query(`
        INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'ngo', 'ngo', 'An organisation');
        INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES (1, 'somebody', 'ngo', '{NGO_CW}', 'Made up');
        INSERT INTO accounts (tenant_id, staff_id, demonstration, opened_at) VALUES (1, 'somebody', true, now());
      `),
    );
    await expect(inProduction()).rejects.toThrow('demonstration accounts');
  });
});
