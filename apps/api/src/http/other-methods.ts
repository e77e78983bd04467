import type { FastifyInstance } from 'fastify';

import { RequestProblem } from './problem.js';

interface Address {
  readonly shape: RegExp;
  readonly methods: readonly string[];
}

/**
 * An address that is there, asked with a method that it does not have: 405 with those it has, and for OPTIONS the list
 * alone. No other origin may read anything here, so no answer ever carries a permission for one.
 */
export function answerOtherMethods(server: FastifyInstance): void {
  const addresses: Address[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) addresses.push({ shape: shapeOf(url), methods: [method].flat() });
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?');
    const allowed = addresses.filter(({ shape }) => shape.test(path)).flatMap(({ methods }) => methods);
    if (allowed.length === 0) return done();
    void reply.header('allow', [...new Set([...allowed, 'OPTIONS'])].sort().join(', '));
    if (request.method !== 'OPTIONS') return done(new RequestProblem('method-not-allowed'));
    void reply.status(204).send();
  });
}

/** `/api/v1/cases/:caseId` means any one part there. */
const shapeOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`);
