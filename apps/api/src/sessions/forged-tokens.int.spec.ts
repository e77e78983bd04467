import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { selfSigned } from '../../../../test/support/certificate.js';
import { accessToken, clientSecret, ForgingProvider, type IdToken } from '../../../../test/support/forging-provider.js';
import { problemIn } from '../../../../test/support/person.js';
import { openAccounts } from '../../../../test/support/sign-ins.js';
import { withClient } from '../../../../test/support/sql.js';

const subject = 'subject-of-ngo-1';

let provider: ForgingProvider;
let api: TestApi;

const settings = (issuer: string) => ({
  SPEAN_DEMONSTRATION: 'off',
  SPEAN_PUBLIC_URL: 'http://spean.test/',
  SPEAN_OIDC_ISSUER: issuer,
  SPEAN_OIDC_CLIENT_ID: 'spean',
  SPEAN_OIDC_CLIENT_SECRET: clientSecret,
});

beforeAll(async () => {
  provider = await ForgingProvider.start();
  api = await startApi({ env: settings(provider.issuer) });
  await openAccounts(api.database.urls.admin);
  await withClient(api.database.urls.admin, (client) =>
    client.query(
      `INSERT INTO foreign_identities (tenant_id, staff_id, issuer, subject, linked_by, linked_at)
       VALUES (1, 'ngo-1', $1, $2, 'test', now())`,
      [provider.issuer, subject],
    ),
  );
});
afterAll(async () => {
  provider.close();
  await api.close();
});

/** Leaves, is sent back with a right answer, and brings whatever token the provider was made to write. */
async function arriveWith(bent: (token: IdToken) => IdToken) {
  const departure = await api.app.inject({ method: 'POST', url: '/api/v1/sessions/foreign', payload: {} });
  const { searchParams } = new URL(departure.json<{ address: string }>().address);
  provider.hand(bent(provider.honest(searchParams.get('nonce') ?? '', subject)));
  const back = new URLSearchParams({ code: 'c', state: searchParams.get('state') ?? '', iss: provider.issuer });
  const [cookie = ''] = String(departure.headers['set-cookie']).split(';');
  return api.app.inject({ url: `/api/v1/sessions/foreign/callback?${back.toString()}`, headers: { cookie } });
}

const claiming =
  (claims: object) =>
  (token: IdToken): IdToken => ({ ...token, claims: { ...token.claims, ...claims } });
const without =
  (name: string) =>
  (token: IdToken): IdToken => ({
    ...token,
    claims: Object.fromEntries(Object.entries(token.claims).filter(([each]) => each !== name)),
  });

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const long = 3_600;
const now = Math.floor(Date.now() / 1_000);

const forged: [string, (token: IdToken) => IdToken][] = [
  ['for another program', claiming({ aud: 'another' })],
  ['for several programs, and said to be used by another', claiming({ aud: ['spean', 'another'], azp: 'another' })],
  ['for nobody', without('aud')],
  ['of another provider', claiming({ iss: 'https://another.example' })],
  ['of no provider', without('iss')],
  ['that has expired', claiming({ iat: now - 2 * long, exp: now - long })],
  ['that never expires', without('exp')],
  ['that does not count yet', claiming({ nbf: now + long })],
  ['of another departure', claiming({ nonce: 'n'.repeat(43) })],
  ['that was made for no departure, as other kinds of tokens are', without('nonce')],
  ['of nobody', without('sub')],
  ['that nobody signed', ({ claims }) => ({ header: { alg: 'none' }, claims })],
  ['that nobody signed, and says otherwise', ({ header, claims }) => ({ header, claims })],
  [
    'signed with what both sides know',
    ({ header, claims }) => ({ header: { ...header, alg: 'HS256' }, claims, by: 'secret' }),
  ],
  ['signed by somebody else', (token) => ({ ...token, by: stranger.privateKey })],
  [
    'that brings its own key along',
    ({ header, claims }) => ({
      header: { ...header, kid: 'mine', jwk: stranger.publicKey.export({ format: 'jwk' }) },
      claims,
      by: stranger.privateKey,
    }),
  ],
  [
    'that says where its key is',
    ({ header, claims }) => ({
      header: { ...header, kid: 'mine', jku: 'https://another.example/keys' },
      claims,
      by: stranger.privateKey,
    }),
  ],
];

describe('a token of the identity provider', () => {
  it('lets in whom it speaks of, and goes nowhere from here', async () => {
    const answer = await arriveWith((token) => token);
    expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ session: expect.anything() })]);
    expect([answer.payload.includes(accessToken), answer.payload.includes('eyJ')]).toEqual([false, false]);
    const kept = await withClient(api.database.urls.admin, async (client) => {
      const tables = ['sessions', 'ceremonies', 'accounts', 'identity_events', 'foreign_identities'];
      const texts = tables.map((table) => `SELECT row_to_json(${table})::text AS kept FROM ${table}`);
      return JSON.stringify((await client.query(texts.join(' UNION ALL '))).rows);
    });
    expect([kept.includes(subject), kept.includes(accessToken), kept.includes('eyJ')]).toEqual([true, false, false]);
  });

  it.each(forged)('%s lets nobody in', async (_, bent) => {
    const before = provider.asked;
    const answer = await arriveWith(bent);
    expect([answer.statusCode, problemIn(answer), provider.asked]).toEqual([401, 'sign-in-refused', before + 1]);
  });

  it('opens a session that ends by our rules, whatever lasts at the provider', async () => {
    const { token } = (await arriveWith((each) => each)).json<{ token: string }>();
    const ask = () =>
      api.app.inject({ url: '/api/v1/sessions/current', headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).statusCode).toBe(200);
    api.clock.advance('PT11M');
    expect((await ask()).statusCode).toBe(401);
  });
});

it('a provider that gives itself out for another is not asked', async () => {
  const beside = await api.beside(settings(`${provider.issuer}/another`));
  const answer = await beside.inject({ method: 'POST', url: '/api/v1/sessions/foreign', payload: {} });
  await beside.close();
  expect([answer.statusCode, problemIn(answer)]).toEqual([503, 'provider-away']);
});

it('a provider whose certificate nobody vouches for is told nothing', async () => {
  let asked = 0;
  const server = createServer(selfSigned('127.0.0.1'), (_request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const beside = await api.beside(settings(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const [failed, answer] = await Promise.all([
    once(server, 'tlsClientError'),
    beside.inject({ method: 'POST', url: '/api/v1/sessions/foreign', payload: {} }),
  ]);
  await beside.close();
  server.close();
  expect([answer.statusCode, problemIn(answer), failed.length > 0, asked]).toEqual([503, 'provider-away', true, 0]);
});
