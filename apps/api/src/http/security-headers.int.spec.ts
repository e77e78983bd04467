import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('every answer, good or bad,', () => {
  it.each([
    ['GET', '/api/v1/me'],
    ['GET', '/api/v1/nothing'],
    ['DELETE', '/api/v1/me'],
    ['OPTIONS', '/api/v1/me'],
    ['POST', '/api/v1/persons'],
    ['GET', '/ready'],
    ['GET', '/docs'],
    ['GET', '/openapi.json'],
  ] as const)('to %s %s is kept nowhere, sniffed by nobody and shown in no frame', async (method, url) => {
    const { headers } = await api.ask(method, url, method === 'POST' ? {} : undefined);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.includes('script-src')).toBe(url === '/docs');
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});
