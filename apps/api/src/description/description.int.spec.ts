import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';

import { routes as policyRoutes } from '#libs/access';

import { startApi, type TestApi } from '../../../../test/support/api.js';

interface Operation {
  summary?: string;
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
  requestBody?: { content: Record<string, { schema?: unknown }> };
}

interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

/** The page and the description itself, which are there for everybody. */
const ourPages = /^\/(?:docs|openapi\.json)/;
/** Where the program speaks as another system would, it follows that system's contract, and the description leaves it out. */
const spokenAsAnother = /^\/(?:primero|oscar)\//;

let api: TestApi;
let description: Description;
let operations: [string, Operation][];

beforeAll(async () => {
  api = await startApi();
  description = (await api.app.inject({ url: '/openapi.json' })).json<Description>();
  operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});
afterAll(() => api.close());

describe('the description of the interface', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(description.openapi).toBe('3.1.0');
    const verdict = await new Validator().validate(structuredClone(description) as unknown as Record<string, unknown>);
    expect(verdict).toEqual({ valid: true });
  });

  it('has every route of the running program, and no other', () => {
    const routes = routesOf(api)
      .filter((route) => !spokenAsAnother.test(route.split(' ')[1] ?? ''))
      .sort();
    expect(routes.length).toBeGreaterThan(40);
    expect(operations.map(([name]) => name).sort()).toEqual(routes);
  });

  it('has no route without a row in the access policy, and no row without a route', () => {
    const named = routesOf(api).map((name) => name.replace(' /api/v1', ' ').replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(named.sort()).toEqual(Object.keys(policyRoutes).sort());
  });

  it('says of every route what it is for, what it answers and how it refuses', () => {
    for (const [name, { summary, responses, requestBody }] of operations) {
      expect([name, summary]).toEqual([name, expect.stringMatching(/\w/)]);
      const good = Object.entries(responses).find(([status]) => status.startsWith('2'));
      expect([name, good]).not.toEqual([name, undefined]);
      if (good?.[0] !== '204')
        expect([name, Object.values(good?.[1].content ?? {})[0]?.schema]).toEqual([name, expect.anything()]);
      if (name.startsWith('PATCH')) expect(requestBody?.content['application/json']?.schema).toBeDefined();
      if (/\/api\//.test(name)) {
        expect([name, responses['401']?.content]).toEqual([name, { 'application/problem+json': expect.anything() }]);
      }
    }
  });

  it('is shown on a page that loads nothing from elsewhere', async () => {
    const page = await api.app.inject({ url: '/docs' });
    expect(page.statusCode).toBe(200);
    const addresses = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      const { statusCode } = await api.app.inject({ url: new URL(address, 'http://here/docs').pathname });
      expect([address, statusCode]).toEqual([address, 200]);
    }
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.payload).not.toMatch(/<script>(?!\s*<)/);
  });
});

/** As the server itself lists them: `GET /api/v1/cases/:caseId` becomes `GET /api/v1/cases/{caseId}`. */
function routesOf({ app }: TestApi): string[] {
  const server = app.getHttpAdapter().getInstance();
  const lines = server.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n');
  const path: string[] = [];
  const routes: string[] = [];
  for (const line of lines) {
    const [, indent = '', part = '', , methods] = /^((?:│ {3}| {4})*)[├└]── (.*?)( \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (part === '') continue;
    path.splice(indent.length / 4, Infinity, part);
    const address = path.join('').replace(/:(\w+)/g, '{$1}');
    if (ourPages.test(address) || methods === undefined) continue;
    routes.push(
      ...methods
        .split(', ')
        .filter((each) => each !== 'HEAD' && each !== 'QUERY')
        .map((each) => `${each} ${address}`),
    );
  }
  return [...new Set(routes)];
}
