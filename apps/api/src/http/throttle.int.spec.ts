import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';

import { startApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ env: { SPEAN_RATE_LIMITS: 'on', SPEAN_TRUSTED_PROXIES: '127.0.0.0/8' } });
});
afterAll(() => api.close());

/** More than the limit, so that what it gives back while the test asks does not matter. */
const often = 400;

async function askOften(headers: Record<string, string> = {}): Promise<LightMyRequestResponse[]> {
  // All at once: the machine may be slow, and what was used up comes back with time.
  const first = await api.ask('POST', '/api/v1/persons', {}, headers);
  const others = Array.from({ length: often - 1 }, () => api.ask('POST', '/api/v1/persons', {}, headers));
  return [first, ...(await Promise.all(others))];
}

describe('who changes things too often', () => {
  it('is told when to come again, in both languages, and others go on', async () => {
    const answers = await askOften({ 'accept-language': 'km' });
    const [first] = answers;
    expect(first?.headers).toMatchObject({ 'ratelimit-policy': '"write";q=120;w=60' });
    expect(first?.headers['ratelimit']).toMatch(/^"write";r=119$/);
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(0);
    const problem = refused[0]?.json<{ type: string; title: string; retryAfter: number }>();
    expect(problem).toMatchObject({ type: 'urn:spean:problem:too-many-requests', retryAfter: 1 });
    expect(problem?.title).toMatch(/\p{Script=Khmer}/u);
    expect(refused[0]?.headers).toMatchObject({ 'retry-after': '1', ratelimit: '"write";r=0;t=1' });
    expect((await api.ask('POST', '/api/v1/persons', {}, { as: 'ngo-1' })).statusCode).toBe(400);
    expect((await api.ask('GET', '/api/v1/me')).statusCode).toBe(200);
  });
});

describe('who looks for the same child elsewhere', () => {
  it('does so as often as somebody who works, not as a thief would', async () => {
    const address = '/api/v1/persons/0198f0a0-0000-7000-8000-000000000000/possible-duplicates';
    const answer = await api.ask('GET', address);
    expect(answer.headers).toMatchObject({ 'ratelimit-policy': '"search";q=30;w=3600' });
  });
});

describe('an address', () => {
  it('is the one that a trusted proxy names', async () => {
    const unknown = { 'x-forwarded-for': '203.0.113.8' };
    const known = await api.ask('GET', '/api/v1/me', undefined, { 'x-forwarded-for': '203.0.113.7' });
    expect(known.headers['ratelimit']).toMatch(/^"read"/);
    const first = await api.app.inject({ url: '/api/v1/me', headers: unknown });
    expect(first.statusCode).toBe(401);
    expect(first.headers['ratelimit']).toBe('"address";r=2999');
  });
});
