import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

import { createApi } from '../../../apps/api/src/create-api.js';
import type { Configuration } from '#libs/configuration';
import { createLog } from '#libs/logging';
import type { BenchDatabase } from '../bench-database.js';
import { runOpenfn, type OpenfnRun } from '../../simulators/openfn/run-openfn.js';

/** A program that asks over the network, as another system's job would. */
export interface Program {
  /** The lists in an answer, and how long it took to have all of it (milliseconds). */
  pull(system: 'primero' | 'oscar', path: string): Promise<{ data: unknown[]; ms: number }>;
  /** The hourly run of the live integration, for everything there is, with both addresses ours. */
  walk(): Promise<OpenfnRun>;
  close(): Promise<void>;
}

const account = 'svc-puller';

export async function openProgram(configuration: Configuration, urls: BenchDatabase): Promise<Program> {
  const key = await enterAccount(urls.admin);
  const app = await createApi(configuration, { urls, log: createLog('bench', 'silent'), queuePrefix: 'bench_pull' });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const headers = {
    primero: { authorization: `Basic ${Buffer.from(`${account}:${key}`).toString('base64')}` },
    oscar: await signIn(base, key),
  };
  return {
    pull: async (system, path) => {
      const started = performance.now();
      const answer = await fetch(`${base}/${system}${path}`, { headers: headers[system] });
      const { data } = (await answer.json()) as { data?: unknown[] };
      if (data === undefined) throw new Error(`${path}: ${answer.status}`);
      return { data, ms: performance.now() - started };
    },
    walk: () =>
      runOpenfn({
        primero: { url: `${base}/primero`, userName: account, password: key, wrapping: 1 },
        oscar: { url: `${base}/oscar`, email: account, password: key },
        since: '2022-12-19T00:00:04.400Z',
        owners: { referred: 'mgrpnh', shared: 'agency-cif-user' },
      }),
    close: () => app.close(),
  };
}

async function enterAccount(adminUrl: string): Promise<string> {
  const key = `spk_${randomBytes(32).toString('base64url')}`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'puller', 'ngo', 'Agency')`);
  await client.query(
    `INSERT INTO service_accounts (tenant_id, id, agency, title, scopes, addresses, daily_records, created_by, created_at)
     VALUES (1, $1, 'puller', 'Pulls', '{primero,oscar}', '{}', 10000000, 'benchmark', now())`,
    [account],
  );
  await client.query(
    'INSERT INTO service_keys (tenant_id, id, account, key_hash, created_at) VALUES (1, gen_random_uuid(), $1, $2, now())',
    [account, createHash('sha256').update(key).digest()],
  );
  await client.end();
  return key;
}

async function signIn(base: string, password: string): Promise<Record<string, string>> {
  const answer = await fetch(`${base}/oscar/api/v1/admin_auth/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account, password }),
  });
  const named = (name: string): [string, string] => [name, answer.headers.get(name) ?? ''];
  return Object.fromEntries(['access-token', 'client', 'uid'].map(named));
}
