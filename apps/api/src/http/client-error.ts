import type { Socket } from 'node:net';

import type { Log } from '#libs/logging';

import { problemDocument, problemMediaType } from './problem-document.js';
import { RequestProblem } from './problem.js';
import type { ProblemCode } from './problem-texts.js';
import { traceIdOf } from './trace-id.js';

const codes: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Bytes that are no HTTP request at all never reach the program; they, too, are answered with a problem document. */
export function answerClientError(log: Log, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  log.warn('security event', { code: error.code ?? 'malformed-request' });
  if (socket.writable) socket.write(responseTo(codes[error.code ?? ''] ?? 'malformed-request'));
  socket.destroy(error);
}

function responseTo(code: ProblemCode): string {
  const document = problemDocument(new RequestProblem(code), 'en', traceIdOf({}));
  const body = JSON.stringify(document);
  return [
    `HTTP/1.1 ${document.status} ${code}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
