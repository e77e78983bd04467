import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** W3C Trace Context: version, trace id, parent id, flags. A trace id of zeros is invalid. */
const traceparent = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace that the caller follows, or a new one. It joins the answer, the log and the events. */
export function traceIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['traceparent'];
  const known = typeof given === 'string' ? traceparent.exec(given)?.[1] : undefined;
  return known ?? randomBytes(16).toString('hex');
}
