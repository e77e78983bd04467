import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';

import { createApi } from '../../apps/api/src/create-api.js';
import { readConfiguration } from '#libs/configuration';
import { createLog, type Log } from '#libs/logging';

import { freshDatabase, type FreshDatabase } from './database.js';
import { SignIns } from './sign-ins.js';
import { withClient } from './sql.js';
import { VirtualClock } from './virtual-clock.js';

/** The real interface on a database of its own, with a clock that the test tells the time. */
export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly clock: VirtualClock;
  readonly database: FreshDatabase;
  /** Another process of the same installation, with other settings if need be; whoever asks for it closes it. */
  beside(env?: NodeJS.ProcessEnv): Promise<NestFastifyApplication>;
  /** One request as a member of staff, whom `as` among the headers may name; other headers are added to it. */
  ask(method: Method, url: string, body?: unknown, headers?: AskHeaders): Promise<LightMyRequestResponse>;
  /** What proves that a member of staff asks. */
  headersOf(staffId: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Headers of a request, and who makes it. */
export type AskHeaders = Record<string, string> & { as?: string };

type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The member of staff who asks unless a test says otherwise. */
export const worker = 'sw-kandal-1';

export interface TestApiOptions {
  /** What the clock shows at first. */
  start?: string;
  /** Settings besides those that the test's own database and queues need. */
  env?: NodeJS.ProcessEnv;
  log?: Log;
}

export async function startApi({
  start = '2026-03-14T02:00:00Z',
  env = {},
  log,
}: TestApiOptions = {}): Promise<TestApi> {
  const [database, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
  await fillDirectory(database);
  const clock = new VirtualClock(start);
  const { urls, name: queuePrefix, redisUrl: REDIS_URL } = database;
  const configure = (more: NodeJS.ProcessEnv) =>
    readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder, REDIS_URL, ...env, ...more });
  const parts = { clock, urls, queuePrefix, log: log ?? createLog('test', 'silent') };
  const app = await createApi(configure({}), parts);
  const signIns = new SignIns(app, clock, urls.admin);
  return {
    app,
    beside: (more = {}) => createApi(configure(more), parts),
    clock,
    database,
    ask: async (method, url, body, { as = worker, ...headers } = {}) =>
      app.inject({
        method,
        url,
        headers: { ...(await signIns.headersOf(as)), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    headersOf: (staffId) => signIns.headersOf(staffId),
    close: async () => {
      await app.close();
      await Promise.all([database.drop(), rm(folder, { recursive: true })]);
    },
  };
}

/** Two agencies of one province and the people who work there. */
async function fillDirectory({ urls }: FreshDatabase): Promise<void> {
  await withClient(urls.admin, (client) =>
    client.query(`
      INSERT INTO agencies (tenant_id, id, type, title, province) VALUES
        (1, 'OSVY-0801', 'government', 'District office', '08'), (1, 'NGO-ONE', 'ngo', 'An organisation', '08');
      INSERT INTO staff (tenant_id, id, agency, roles, title, province) VALUES
        (1, '${worker}', 'OSVY-0801', '{OSVY_SW}', 'Social worker', '08'),
        (1, 'sup-kandal-1', 'OSVY-0801', '{PDOSVY_SUP}', 'Supervisor', '08'),
        (1, 'ngo-1', 'NGO-ONE', '{NGO_CW,NGO_SUP}', 'Case worker', '08');
    `),
  );
}
