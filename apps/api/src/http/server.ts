import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

import type { Log } from '#libs/logging';

import { takeLists } from '../foreign/foreign-bodies.js';
import { assertCleanText } from './clean-text.js';
import { answerClientError } from './client-error.js';
import { fieldError } from './field-errors.js';
import { readFiles } from './file-body.js';
import { bodyLimit, readJsonAlone } from './json-body.js';
import { invalidFields } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import { answerOtherMethods } from './other-methods.js';
import { logRequests } from './request-log.js';
import { addSecurityHeaders, headersOfRefusedAddress } from './security-headers.js';
import { traceIdOf } from './trace-id.js';

/** Time within which a whole request must have arrived (milliseconds); a slow line in a district needs some. */
const requestTimeoutMs = 60_000;
/** Characters of one part of an address: a code is at most half as long. */
const maxParamLength = 200;

/**
 * The HTTP server with everything that holds for every request, before any route looks at it.
 *
 * @param trustedProxies whose word on where a request came from is taken
 */
export function httpServer(
  log: Log,
  trustedProxies: readonly string[],
): { adapter: FastifyAdapter; server: FastifyInstance } {
  const problems = new ProblemFilter(log);
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength },
    genReqId: ({ headers }: IncomingMessage) => traceIdOf(headers),
    clientErrorHandler: (error, socket) => answerClientError(log, error, socket),
    // An address that cannot be decoded is refused before any hook has run.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(headersOfRefusedAddress);
      problems.answer(error, request, reply);
    },
  });
  const server = adapter.getInstance<FastifyInstance>();
  takeLists(server);
  readJsonAlone(server);
  readFiles(server);
  addSecurityHeaders(server);
  answerOtherMethods(server);
  logRequests(server, log);
  server.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {};
    done(complaintAbout(request));
  });
  return { adapter, server };
}

function complaintAbout({ body, query, params, headers }: FastifyRequest): Error | undefined {
  try {
    if (typeof body !== 'object' || Array.isArray(body))
      throw invalidFields(fieldError('body', { code: 'wrong_type' }));
    assertCleanText({ body, query, params, header: headers });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
