import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';

import { eventually } from '../../../test/support/eventually.js';
import { Limiter } from './limiter.js';
import { RedisLimiter } from './redis-limiter.js';

const log = createLog('test', 'silent');
const rule = { name: 'search', most: 3, seconds: 3_600 };
const prefix = `spean-test-${randomBytes(6).toString('hex')}`;

describe('two processes that share a Redis', () => {
  const url = process.env['SPEAN_TEST_REDIS_URL'] ?? '';
  const [one, other] = [new RedisLimiter(url, prefix, 5_000), new RedisLimiter(url, prefix, 5_000)];
  afterAll(() => {
    one.close();
    other.close();
  });

  it('count together, each who asks by themselves', async () => {
    await eventually(() => Promise.all([one.take('connected', rule), other.take('connected', rule)]));
    const verdicts = [];
    for (const limiter of [one, other, one, other]) verdicts.push(await limiter.take('sw-1', rule));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    expect(verdicts.map(({ left }) => left)).toEqual([2, 1, 0, 0]);
    expect(verdicts[3]?.retryMs).toBeGreaterThan(1_100_000);
    expect(verdicts[3]?.retryMs).toBeLessThanOrEqual(1_200_000);
    expect((await one.take('sw-2', rule)).left).toBe(2);
  });
});

describe('a Redis that never answers', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('keeps nobody waiting, and the limit holds all the same', async () => {
    const limiter = new Limiter({ log, redis: { url, prefix } });
    const started = performance.now();
    const verdicts = [];
    for (let index = 0; index < 4; index += 1) verdicts.push(await limiter.take('sw-1', rule));
    expect(performance.now() - started).toBeLessThan(500);
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
    limiter.close();
  });
});
