import type { FastifyInstance } from 'fastify';

import { spokenAt } from './speaks-as.js';

/** Bytes: a job sends all links of a night in one body. */
const largest = 4 * 1024 * 1024;

/** Lets larger bodies in where whole lists of records are sent. */
export function takeLists(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (spokenAt(route.url) !== undefined) route.bodyLimit = largest;
  });
}
