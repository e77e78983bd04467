import type { FastifyInstance, FastifyRequest } from 'fastify';

import { hasDuplicateNames } from './duplicate-names.js';
import { RequestProblem } from './problem.js';

/** The request with the bytes of its body, which the idempotency digest covers. */
export interface RequestWithBytes extends FastifyRequest {
  rawBody?: Buffer;
}

/** Bytes: the definition of a pathway with all its texts in Khmer fits, and so does the longest text a person writes. */
export const bodyLimit = 256 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** JSON is UTF-8 (RFC 8259, 8.1); a sender who says otherwise would be misread. */
const mediaType = /^application\/json\s*(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?$/i;

/**
 * JSON alone is read, and strictly: real UTF-8 that is not packed, no member twice, no names that reach into prototypes.
 * Everything else is a 415 or a 400.
 */
export function readJsonAlone(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    (request: RequestWithBytes, bytes, done) => {
      request.rawBody = bytes;
      const { 'content-type': type = '', 'content-encoding': packed = 'identity' } = request.headers;
      if (!mediaType.test(type) || packed !== 'identity') return done(new RequestProblem('unsupported-media-type'));
      const text = decoded(bytes);
      const malformed = () => done(new RequestProblem('malformed-json'));
      if (text === undefined) return malformed();
      void parse(request, text, (error: Error | null, body?: unknown) => {
        if (error !== null || hasDuplicateNames(text)) malformed();
        else done(null, body);
      });
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
