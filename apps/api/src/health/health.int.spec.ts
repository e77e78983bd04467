import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('health', () => {
  it('is told to anybody, with what the queues run on', async () => {
    const answer = await api.app.inject({ url: '/health' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: 'ok', queue: 'postgresql', database: 'up' });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('is unavailable while the database is away', async () => {
    const lost = await startApi();
    await lost.database.drop();
    const answer = await lost.app.inject({ url: '/ready' });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'unavailable', database: 'down' });
    const refused = await lost.ask('GET', '/api/v1/me');
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('5');
    await lost.close();
  });
});
