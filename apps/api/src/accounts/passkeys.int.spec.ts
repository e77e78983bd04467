import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { Authenticator } from '../../../../test/support/authenticator.js';
import { Person, problemIn } from '../../../../test/support/person.js';
import { openAccounts } from '../../../../test/support/sign-ins.js';

const origin = 'https://spean.example';
let api: TestApi;

interface Asked {
  ceremony: string;
  options: { challenge: string };
}

beforeAll(async () => {
  api = await startApi({ env: { SPEAN_DEMONSTRATION: 'off', SPEAN_PUBLIC_URL: `${origin}/` } });
  await openAccounts(api.database.urls.admin);
});
afterAll(() => api.close());

const ids = ['sw-kandal-1', 'sup-kandal-1', 'ngo-1'];
let person: Person;
beforeEach(() => {
  person = new Person(api.app, api.clock, ids.shift() ?? '');
});

const asked = async (address: string) => (await person.ask('POST', address, {})).json<Asked>();

async function enrol(authenticator: Authenticator, behaviour = {}) {
  const { ceremony, options } = await asked('/accounts/me/passkeys/options');
  const answer = authenticator.create(options, behaviour);
  return person.ask('POST', '/accounts/me/passkeys', { ceremony, answer, title: 'Telephone' });
}

async function signIn(authenticator: Authenticator, behaviour = {}) {
  const { ceremony, options } = await asked('/sessions/passkey/options');
  const body = { ceremony, answer: authenticator.get(options, behaviour), device: 'telephone' };
  return { body, answer: await person.ask('POST', '/sessions/passkey', body) };
}

describe('a passkey', () => {
  it('opens everything by itself, and each of its answers once', async () => {
    const authenticator = new Authenticator(origin);
    await person.signIn();
    const enrolled = await enrol(authenticator);
    expect([enrolled.statusCode, enrolled.payload]).toEqual([201, expect.any(String)]);
    expect(enrolled.json<{ recoveryCodes: string[] }>().recoveryCodes).toHaveLength(10);
    const { body, answer } = await signIn(authenticator);
    expect(answer.json()).toMatchObject({ session: { stage: 'open' } });
    expect((await person.ask('POST', '/sessions/passkey', body)).statusCode).toBe(401);
    person.token = answer.json<{ token: string }>().token;
    expect((await person.ask('GET', '/me')).json()).toMatchObject({ id: 'sw-kandal-1' });
    expect((await person.ask('GET', '/accounts/me/passkeys')).json()).toMatchObject([{ title: 'Telephone' }]);
    const removal = `/accounts/me/passkeys/${authenticator.id.toString('base64url')}`;
    expect(problemIn(await person.ask('DELETE', removal))).toBe('last-factor');
  });

  it('is a second factor, too, and the password alone adds no further one', async () => {
    const authenticator = new Authenticator(origin);
    await person.signIn();
    await enrol(authenticator);
    expect((await person.signIn()).json()).toMatchObject({ session: { stage: 'second_factor' } });
    expect(problemIn(await person.ask('POST', '/accounts/me/passkeys/options', {}))).toBe('second-factor-due');
    const { ceremony, options } = await asked('/sessions/passkey/options');
    const proof = await person.ask('POST', '/sessions/current/passkey', {
      ceremony,
      answer: authenticator.get(options),
    });
    expect(proof.json()).toMatchObject({ session: { stage: 'open' } });
  });

  it('counts for nothing from a false page, without its user, copied, or made for another', async () => {
    const [authenticator, stranger] = [new Authenticator(origin), new Authenticator(origin)];
    await person.signIn();
    expect((await enrol(authenticator, { origin: 'https://spean.example.evil' })).statusCode).toBe(401);
    expect((await enrol(authenticator, { verifiesUser: false })).statusCode).toBe(401);
    expect((await enrol(authenticator)).statusCode).toBe(201);
    for (const behaviour of [{ origin: 'https://spean.example.evil' }, { verifiesUser: false }]) {
      expect([behaviour, (await signIn(authenticator, behaviour)).answer.statusCode]).toEqual([behaviour, 401]);
    }
    expect((await signIn(stranger)).answer.statusCode).toBe(401);
    expect((await signIn(authenticator)).answer.statusCode).toBe(201);
    authenticator.forgetLastUse();
    expect((await signIn(authenticator)).answer.statusCode).toBe(401);
    for (const answer of [{}, { id: 'x' }, { id: authenticator.id.toString('base64url'), response: [] }]) {
      const { ceremony } = await asked('/sessions/passkey/options');
      expect((await person.ask('POST', '/sessions/passkey', { ceremony, answer })).statusCode).toBe(401);
    }
    const { ceremony, options } = await asked('/sessions/passkey/options');
    api.clock.advance('PT11M');
    const late = { ceremony, answer: authenticator.get(options) };
    expect((await person.ask('POST', '/sessions/passkey', late)).statusCode).toBe(401);
  });
});
