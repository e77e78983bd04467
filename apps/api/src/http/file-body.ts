import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';

import { mostBytes } from '#libs/attachments';

import type { RequestWithBytes } from './json-body.js';
import { presentedIn } from './presented.js';
import { RequestProblem } from './problem.js';

/** The request with the file that was sent. */
export interface RequestWithFile extends RequestWithBytes {
  file?: Buffer;
}

/** Files come as plain bytes: what they are is told by their content, whatever a sender says. */
export const fileType = 'application/octet-stream';

const takesFile = /\/documents\/:documentId\/attachment$/;

/** Bytes are read on the routes that take a file, and from somebody who says who they are. */
export function readFiles(server: FastifyInstance): void {
  server.addContentTypeParser(fileType, async (request: RequestWithFile, payload: Readable) => {
    const { 'content-encoding': packed = 'identity' } = request.headers;
    if (!takesFile.test(request.routeOptions.url ?? '') || packed !== 'identity') {
      throw new RequestProblem('unsupported-media-type');
    }
    if (presentedIn(request) === undefined) throw new RequestProblem('caller-unknown');
    request.rawBody = request.file = await bytesOf(payload);
    return {};
  });
}

async function bytesOf(payload: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of payload as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new RequestProblem('file-too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
