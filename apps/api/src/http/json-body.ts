import type { FastifyInstance, FastifyRequest } from 'fastify';

import { RequestProblem } from './problem.js';

/** The request with the bytes of its body, which the idempotency digest covers. */
export interface RequestWithBytes extends FastifyRequest {
  rawBody?: Buffer;
}

/** Bytes: the definition of a pathway with all its texts in Khmer fits, and so does the longest text a person writes. */
export const bodyLimit = 256 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON alone is read, and strictly: real UTF-8, no keys that reach into prototypes. Everything else is a 415. */
export function readJsonAlone(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    (request: RequestWithBytes, bytes, done) => {
      request.rawBody = bytes;
      const answer = (error: Error | null, body?: unknown) =>
        done(error === null ? null : new RequestProblem('malformed-json'), body);
      const text = decoded(bytes);
      if (text === undefined) answer(new RequestProblem('malformed-json'));
      else void parse(request, text, answer);
    },
  );
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
