import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { withClient } from '../../../../test/support/sql.js';
import { startApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const beat = (secondsAgo: number) =>
  withClient(api.database.urls.admin, (client) =>
    client.query(
      `INSERT INTO heartbeats (tenant_id, process, at) VALUES (1, 'worker', clock_timestamp() - $1 * interval '1 second')
       ON CONFLICT (tenant_id, process) DO UPDATE SET at = excluded.at`,
      [secondsAgo],
    ),
  );

describe('health', () => {
  it('is told to anybody, with what the queues run on', async () => {
    await beat(1);
    const answer = await api.app.inject({ url: '/health' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      status: 'ok',
      queue: 'redis',
      database: 'up',
      worker: 'up',
      checkpoints: 'up',
    });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('is bad when the worker is silent, though requests may be sent', async () => {
    await beat(60);
    const health = await api.app.inject({ url: '/health' });
    expect([health.statusCode, health.json<{ worker: string }>().worker]).toEqual([503, 'down']);
    expect((await api.app.inject({ url: '/ready' })).statusCode).toBe(200);
  });

  it('shows that a place for checkpoints takes none, and goes on', async () => {
    await beat(1);
    const failing = `INSERT INTO checkpoint_sinks (tenant_id, sink, delivered_up_to, failing_since, failed_because)
      VALUES (1, 'folder /mnt/away', 3, clock_timestamp(), 'Error ENOENT')`;
    await withClient(api.database.urls.admin, (client) => client.query(failing));
    const answer = await api.app.inject({ url: '/health' });
    expect([answer.statusCode, answer.json<{ checkpoints: string }>().checkpoints]).toEqual([200, 'down']);
  });

  it('is bad while the database is away', async () => {
    const lost = await startApi();
    await lost.ask('GET', '/api/v1/me');
    await lost.database.drop();
    const answer = await lost.app.inject({ url: '/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'unavailable', database: 'down' });
    const refused = await lost.ask('GET', '/api/v1/agencies');
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('5');
    await lost.close();
  });
});
