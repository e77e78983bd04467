import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';

import { createApi } from '../../../apps/api/src/create-api.js';
import type { Configuration } from '#libs/configuration';
import { hashPassword } from '#libs/identities';
import { createLog } from '#libs/logging';

import type { BenchDatabase } from '../bench-database.js';
import { agency, worker } from './cases.js';

/** The real interface, asked by the worker, who has signed in. */
export interface Interface {
  get<Body>(address: string): Promise<Body>;
  close(): Promise<void>;
}

const password = 'the password of every benchmark';

export async function openInterface(configuration: Configuration, urls: BenchDatabase): Promise<Interface> {
  await enterWorker(urls.admin);
  const app = await createApi(configuration, { urls, log: createLog('bench', 'silent'), queuePrefix: 'bench_guarded' });
  const headers = await signIn(app);
  return {
    get: async <Body>(path: string) => {
      const answer = await app.inject({ method: 'GET', url: `/api/v1${path}`, headers });
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.payload}`);
      return answer.json<Body>();
    },
    close: () => app.close(),
  };
}

async function enterWorker(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(
    `INSERT INTO agencies (tenant_id, id, type, title, province) VALUES (1, $1, 'ngo', 'Agency', '12')`,
    [agency],
  );
  await client.query(
    `INSERT INTO staff (tenant_id, id, agency, roles, title, province) VALUES (1, $1, $2, $3, 'Worker', '12')`,
    [worker.id, agency, worker.roles],
  );
  await client.query(
    `INSERT INTO accounts (tenant_id, staff_id, password_hash, password_set_at, opened_at) VALUES (1, $1, $2, now(), now())`,
    [worker.id, await hashPassword(password)],
  );
  await client.end();
}

async function signIn(app: NestFastifyApplication): Promise<{ authorization: string }> {
  const payload = { account: worker.id, password, device: 'a benchmark' };
  const answer = await app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
  if (answer.statusCode !== 201) throw new Error(`nobody could sign in: ${answer.payload}`);
  return { authorization: `Bearer ${answer.json<{ token: string }>().token}` };
}
