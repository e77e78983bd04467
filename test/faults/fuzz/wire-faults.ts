import { gzipSync } from 'node:zlib';

import type { FuzzRequest } from './exchange.js';

type Fault = (request: FuzzRequest) => FuzzRequest;

const withHeaders =
  (headers: FuzzRequest['headers']): Fault =>
  (request) => ({ ...request, headers: { ...request.headers, ...headers } });

const withAddress =
  (change: (url: string) => string): Fault =>
  (request) => ({ ...request, url: change(request.url) });

const pathOf = (url: string): string => url.split('?')[0] ?? url;

/** Requests that are wrong as HTTP rather than in what they say. */
export const wireFaults: readonly Fault[] = [
  ...[
    'text/plain',
    'text/html; charset=utf-7',
    'application/json; charset=utf-16',
    'application/json; charset=',
    'application/json;;;',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/json, text/plain',
    'APPLICATION/JSON',
    '*/*',
    '/',
    'application/vnd.api+json',
  ].map((type) => withHeaders({ 'content-type': type })),
  withHeaders({ 'content-encoding': 'gzip' }),
  withHeaders({ 'content-encoding': 'br, gzip, identity' }),
  (request) => ({ ...withHeaders({ 'content-encoding': 'gzip' })(request), body: gzipSync(request.body ?? '') }),
  withHeaders({ 'if-match': ['"1"', '"2"'] }),
  withHeaders({ 'idempotency-key': ['a', 'b'] }),
  withHeaders({ 'x-forwarded-for': '127.0.0.1, 10.0.0.1', 'x-forwarded-host': 'elsewhere.example' }),
  withHeaders({ 'x-http-method-override': 'DELETE', 'x-original-url': '/admin' }),
  withHeaders({ 'accept-language': `${'km;q=0.1,'.repeat(500)}en;q=NaN` }),
  withHeaders({ accept: 'application/xml', 'accept-encoding': 'gzip;q=x', range: 'bytes=0-1,5-' }),
  withHeaders({ traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00` }),
  withHeaders({ cookie: `${'a=b; '.repeat(500)}__Host-session=x` }),
  withHeaders({ 'x-long': 'a'.repeat(12_000) }),
  withHeaders({ host: 'elsewhere.example' }),
  withHeaders({ origin: 'null', 'access-control-request-method': 'POST' }),
  withHeaders({ 'if-none-match': '*', 'if-modified-since': 'Thu, 99 Foo 2026' }),
  ...['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'PATCH', 'PROPFIND', 'QUERY'].map((method): Fault => (request) => ({
    ...request,
    method,
  })),
  ...['%', '%00', '%ff', '%c0%af', '..%2f..%2f', '//', ';a=b', '#x', '%20', '%0d%0aSet-Cookie:a', '\\', '*'].map(
    (end) => withAddress((url) => `${pathOf(url)}${end}`),
  ),
  withAddress((url) => `/${url}`),
  withAddress((url) => pathOf(url).replace('/api/v1', '/api/v1/../v1')),
  withAddress((url) => pathOf(url).toUpperCase()),
  withAddress((url) => `${pathOf(url)}/${'a'.repeat(7_000)}`),
  ...[
    'limit=1&limit=2',
    'limit[]=1',
    'limit[a][b]=1',
    '__proto__[x]=1',
    'constructor=1',
    '=',
    '&&&',
    '?',
    'limit=%',
    'cursor=WyJhIl0',
    'cursor=WzEsMiwzXQ',
    'cursor=bnVsbA',
    'asOf=-271821-04-20',
    `x=${'a'.repeat(7_000)}`,
    Array.from({ length: 1_000 }, (_, index) => `p${index}`).join('&'),
  ].map((query) => withAddress((url) => `${pathOf(url)}?${query}`)),
];
