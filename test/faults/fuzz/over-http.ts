import { Agent, request as httpRequest } from 'node:http';

import type { Ask, FuzzAnswer } from './exchange.js';
import { hangMs } from './judge.js';

/** Longer than an answer may take, so that one which comes late is told from one which never comes. */
const patienceMs = hangMs * 5;

/** Asks a program that listens. Ends the connection where the program does. */
export function askOverHttp(address: string, atOnce: number): { ask: Ask; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const { hostname, port } = new URL(address);
  const ask: Ask = ({ method, url, headers, body }) =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(patienceMs);
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      try {
        const asking = httpRequest({
          agent,
          hostname,
          port,
          method,
          path: asBytes(url),
          headers: { ...headers, ...length },
          signal,
        });
        asking.once('error', () => resolve(undefined));
        asking.once('response', (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.once('error', () => resolve(undefined));
          answer.once('end', () => resolve(told(answer.statusCode, answer.headers['content-type'], parts)));
        });
        asking.end(body);
      } catch {
        resolve(undefined); // what Node itself does not let out
      }
    });
  return { ask, close: () => agent.destroy() };
}

/** Node sends no address with blanks or letters beyond ASCII. */
const asBytes = (url: string): string => url.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent);

const told = (status = 0, contentType = '', parts: readonly Buffer[] = []): FuzzAnswer => ({
  status,
  contentType,
  text: Buffer.concat(parts).toString(),
});
