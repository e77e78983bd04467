import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { LightMyRequestResponse } from 'fastify';

import type { TestApi } from './api.js';

/** The body of an answer, as the test knows it to be. */
type Json = LightMyRequestResponse['json'];

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  json: Json;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As it is sent: nothing is encoded. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** Text is sent as it is, also with a GET; anything else as JSON. */
  readonly body?: unknown;
}

/** Sends exactly this, where clients of the platform would refuse to. */
export function overTheWire(port: number, { method, path, headers = {}, body }: WireRequest): Promise<WireAnswer> {
  const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const sent = {
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers: sent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const told = { status: answer.statusCode ?? 0, headers: answer.headers, text };
        resolve({ ...told, json: (() => JSON.parse(text) as unknown) as Json });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(payload);
  });
}

/** Lets the interface be reached over the network, and says at which port. */
export async function listening({ app }: TestApi): Promise<number> {
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}

/** Opens an account for a program of an agency. @returns its key */
export async function openProgram(
  api: TestApi,
  id: string,
  {
    scopes,
    agency,
    as = 'ngo-1',
    dailyRecords = 1_000_000,
  }: {
    scopes: string[];
    agency?: string;
    as?: string;
    dailyRecords?: number;
  },
): Promise<string> {
  const account = { id, title: `Program ${id}`, scopes, dailyRecords, ...(agency === undefined ? {} : { agency }) };
  const answer = await api.ask('POST', '/api/v1/service-accounts', account, { as });
  if (answer.statusCode !== 201) throw new Error(`no account: ${answer.payload}`);
  return answer.json<{ key: string }>().key;
}
