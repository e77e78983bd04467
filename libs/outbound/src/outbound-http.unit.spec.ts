import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { OutboundHttp } from './index.js';

/** Listens where nothing may arrive, on both families, and counts what does. */
const listener = http.createServer((request, response) => {
  if (request.url === '/redirect') response.writeHead(302, { location: '/there' }).end();
  else if (request.url === '/large') response.end(Buffer.alloc(300 * 1024));
  else if (request.url === '/slow') response.write('a little');
  else response.end('taken');
});
let connections = 0;
let port: number;
listener.on('connection', () => (connections += 1));

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '::', resolve));
  port = (listener.address() as AddressInfo).port;
});
afterAll(() => {
  listener.closeAllConnections();
  listener.close();
});
beforeEach(() => {
  connections = 0;
});

/** A name server of an enemy: every name is what the test says. */
const resolving =
  (...addresses: string[]): LookupFunction =>
  (_host, { all }, callback) => {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (all === true) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
  };

const get = { method: 'GET', headers: {} } as const;

async function refusedAs(outbound: OutboundHttp, address: string): Promise<unknown> {
  const { hostname } = new URL(address);
  const partner = { hosts: [hostname, 'partner.example'] }; // even if somebody had listed it
  try {
    await outbound.send(address, partner, get);
    return 'sent';
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    outbound.close();
  }
}

describe('an address of this machine or its network', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '127.255.255.254',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '１２７.０.０.１',
  ])('is not asked, written as %s', async (host) => {
    expect(await refusedAs(new OutboundHttp(), `https://${host}:${port}/`)).toBe('address');
    expect(connections).toBe(0);
  });
});

describe('a name', () => {
  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['10.1.2.3']],
    [['100.64.1.1']],
    [['169.254.169.254']],
    [['fd12::1']],
    [['0.0.0.0']],
  ])('that resolves to %j is not asked', async (addresses) => {
    const outbound = new OutboundHttp({ lookup: resolving(...addresses) });
    expect(await refusedAs(outbound, `https://partner.example:${port}/`)).toBe('address');
    expect(connections).toBe(0);
  });

  it('that the machine resolves to itself is not asked', async () => {
    expect(await refusedAs(new OutboundHttp(), `https://localhost:${port}/`)).toBe('address');
    expect(connections).toBe(0);
  });

  it.each([
    ['http://partner.example/', 'scheme'],
    ['http://127.0.0.1/', 'scheme'],
    ['ftp://partner.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://partner.example@elsewhere.example/', 'credentials'],
    ['https://elsewhere.example/', 'host'],
    ['https://partner.example.elsewhere.example/', 'host'],
    ['https://partner.example./', 'host'],
    ['nonsense', 'host'],
  ])('%s is refused by its %s', async (address, code) => {
    const asked = new OutboundHttp().send(address, { hosts: ['partner.example'] }, get);
    await expect(asked).rejects.toMatchObject({ code });
  });
});

describe('a partner on this machine, in development', () => {
  const outbound = new OutboundHttp({ mayReachLoopback: true, patienceMs: 300 });
  const partner = { hosts: ['127.0.0.1'] };
  afterAll(() => outbound.close());
  const ask = (path: string) => outbound.send(`http://127.0.0.1:${port}${path}`, partner, get);

  it('is reached', async () => {
    expect(String((await ask('/')).body)).toBe('taken');
    expect(connections).toBe(1);
  });

  it('that sends us elsewhere is not followed', async () => {
    await expect(ask('/redirect')).rejects.toMatchObject({ code: 'redirect' });
  });

  it('that answers without end is not listened to', async () => {
    await expect(ask('/large')).rejects.toMatchObject({ code: 'too_large' });
    await expect(ask('/slow')).rejects.toMatchObject({ code: 'too_slow' });
  });

  it('is the only one that plain HTTP goes to', async () => {
    const asked = outbound.send('http://partner.example/', { hosts: ['partner.example'] }, get);
    await expect(asked).rejects.toMatchObject({ code: 'scheme' });
  });
});
