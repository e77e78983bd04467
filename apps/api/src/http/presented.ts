import { createHash } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

/** What a request brings along to say who sends it. */
export interface Presented {
  readonly token: string;
  /** It came in a cookie, which browsers send along by themselves. */
  readonly byCookie: boolean;
}

/** Bound to this host and to TLS by its prefix (RFC 6265bis). */
export const sessionCookie = '__Host-spean';
export const csrfHeader = 'x-spean-csrf';
const bearer = /^Bearer ([\w-]{20,100})$/i;
const tokenShape = /^[\w-]{20,100}$/;

export function presentedIn({ headers }: FastifyRequest): Presented | undefined {
  if (headers.authorization !== undefined) {
    const token = bearer.exec(headers.authorization)?.[1];
    return token === undefined ? undefined : { token, byCookie: false };
  }
  const token = cookieIn(headers.cookie, sessionCookie);
  return token === undefined || !tokenShape.test(token) ? undefined : { token, byCookie: true };
}

export function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

const attributes = 'Path=/; Secure; HttpOnly';

/** A session cookie in the browser's sense, too: gone when the browser is closed. */
export const cookieHolding = (name: string, value: string, sameSite: 'Strict' | 'Lax' = 'Strict'): string =>
  `${name}=${value}; ${attributes}; SameSite=${sameSite}`;

export const cookieGone = (name: string): string => `${name}=; Max-Age=0; ${attributes}`;

/** What a page must send along with every change: it follows from the token, which no other page can read. */
export const csrfTokenOf = (token: string): string => createHash('sha256').update(`csrf ${token}`).digest('base64url');
