import https from 'node:https';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { selfSigned } from '../../../test/support/certificate.js';
import { OutboundHttp } from './index.js';

let taken = 0;
const server = https.createServer(selfSigned('127.0.0.1'), (_request, response) => {
  taken += 1;
  response.end();
});
let address: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('tells nothing to a server whose certificate nobody vouches for', async () => {
  const outbound = new OutboundHttp({ mayReachLoopback: true });
  const secret = { method: 'POST', headers: {}, body: 'for the partner alone' } as const;
  await expect(outbound.send(address, { hosts: ['127.0.0.1'] }, secret)).rejects.toMatchObject({
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  outbound.close();
  expect(taken).toBe(0);
});

it('would have been answered by that server otherwise', async () => {
  await new Promise((resolve, reject) => {
    https.get(address, { rejectUnauthorized: false }, resolve).once('error', reject);
  });
  expect(taken).toBe(1);
});
