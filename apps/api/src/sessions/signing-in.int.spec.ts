import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { Person, problemIn } from '../../../../test/support/person.js';
import { openAccounts, testPassword } from '../../../../test/support/sign-ins.js';
import { withClient } from '../../../../test/support/sql.js';

let api: TestApi;

const person = (id: string) => new Person(api.app, api.clock, id);
const sql = <Row extends object>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<Row>(text)).rows);

beforeAll(async () => {
  api = await startApi({ env: { SPEAN_DEMONSTRATION: 'off' } });
  await sql(`INSERT INTO staff (tenant_id, id, agency, roles, title)
    SELECT 1, 'person-' || n, 'NGO-ONE', '{NGO_CW}', 'Case worker' FROM generate_series(1, 9) AS n`);
  await openAccounts(api.database.urls.admin);
});
afterAll(() => api.close());

describe('a password', () => {
  it('alone lets its owner add a second factor, and do nothing else', async () => {
    const worker = person('person-1');
    expect((await worker.signIn()).json()).toMatchObject({ session: { stage: 'enrolment', device: 'telephone' } });
    const refused = await worker.ask('GET', '/me');
    expect([refused.statusCode, problemIn(refused)]).toEqual([403, 'enrolment-due']);
    expect((await worker.ask('PUT', '/accounts/me/password', { current: testPassword, next: 'x' })).statusCode).toBe(
      403,
    );
    expect((await worker.ask('POST', '/sessions/current/proof', { password: testPassword })).statusCode).toBe(403);
    const halfway = worker.token;
    expect((await worker.enrolTotp()).statusCode).toBe(200);
    expect(worker.recoveryCodes).toHaveLength(10);
    expect((await worker.ask('GET', '/me')).json()).toMatchObject({ id: 'person-1' });
    worker.token = halfway;
    expect((await worker.ask('GET', '/sessions/current')).statusCode).toBe(401);
  });

  it('that is wrong, of nobody or of somebody who left is answered alike', async () => {
    await sql(`UPDATE staff SET active = false WHERE id = 'person-9'`);
    const answers = [
      await person('person-2').signIn('not this one at all'),
      await person('nobody-at-all').signIn(),
      await person('person-9').signIn(),
    ];
    const told = answers.map((answer) => ({ ...answer.json<object>(), traceId: '', instance: '' }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('may be changed for a good one, which ends all other sessions', async () => {
    const [here, there] = [person('person-3'), person('person-3')];
    await here.signIn();
    await here.enrolTotp();
    there.uri = here.uri;
    api.clock.advance('PT30S');
    await there.signIn();
    await there.prove();
    const change = (next: string) => here.ask('PUT', '/accounts/me/password', { current: testPassword, next });
    const refused = await change('Person-3 ngo-one');
    expect(refused.json()).toMatchObject({ errors: [{ field: 'next', message: { en: expect.any(String) } }] });
    expect((await change('mango rain bicycle')).statusCode).toBe(204);
    expect((await there.ask('GET', '/me')).statusCode).toBe(401);
    expect((await here.ask('GET', '/me')).statusCode).toBe(200);
    expect((await here.signIn()).statusCode).toBe(401);
    expect((await here.signIn('mango rain bicycle')).statusCode).toBe(201);
  });
});

describe('the second factor', () => {
  it('counts once, however many ask with the same code at the same moment', async () => {
    const owner = person('person-4');
    await owner.signIn();
    await owner.enrolTotp();
    api.clock.advance('PT60S');
    const rivals = await Promise.all(
      Array.from({ length: 2 }, async () => {
        const rival = person('person-4');
        await rival.signIn();
        return rival;
      }),
    );
    const code = owner.code();
    const statuses = await Promise.all(rivals.map(async (each) => (await each.prove({ code })).statusCode));
    expect(statuses.sort()).toEqual([200, 401]);
    const late = person('person-4');
    await late.signIn();
    expect((await late.prove({ code: owner.code(-30) })).statusCode).toBe(401);
  });

  it('may be a recovery code, each of which counts once and however it is typed', async () => {
    const owner = person('person-5');
    await owner.signIn();
    await owner.enrolTotp();
    const [first = '', second = ''] = owner.recoveryCodes;
    await owner.signIn();
    expect((await owner.prove({ recoveryCode: first.toLowerCase().replaceAll('-', ' ') })).statusCode).toBe(200);
    await owner.signIn();
    expect((await owner.prove({ recoveryCode: first })).statusCode).toBe(401);
    expect((await owner.prove({ recoveryCode: second })).statusCode).toBe(200);
    expect((await owner.ask('POST', '/accounts/me/recovery-codes', {})).json()).toHaveLength(10);
    await owner.signIn();
    expect((await owner.prove({ recoveryCode: owner.recoveryCodes[2] })).statusCode).toBe(401);
  });

  it.each(['ស្ត្រី', '１２３４５６', '12 456', 'abcdef'])('is not proved by %s, which is no code', async (code) => {
    const owner = person('person-6');
    await owner.signIn();
    await owner.ask('POST', '/accounts/me/totp', {});
    const refused = await owner.ask('POST', '/accounts/me/totp/confirmation', { code });
    expect([refused.statusCode, problemIn(refused)]).toEqual([401, 'proof-refused']);
  });

  it('is asked for again before what needs a recent proof', async () => {
    const owner = person('person-6');
    await owner.signIn();
    await owner.enrolTotp();
    api.clock.advance('PT6M');
    const refused = await owner.ask('POST', '/accounts/me/recovery-codes', {});
    expect([refused.statusCode, problemIn(refused)]).toEqual([403, 'proof-due']);
    await owner.prove();
    expect((await owner.ask('POST', '/accounts/me/recovery-codes', {})).statusCode).toBe(201);
    expect(problemIn(await owner.ask('DELETE', '/accounts/me/totp'))).toBe('last-factor');
  });

  it('cannot be added to an account that has one by whoever knows the password alone', async () => {
    const [owner, thief] = [person('person-7'), person('person-7')];
    await thief.signIn();
    const offered = await thief.ask('POST', '/accounts/me/totp', {});
    await owner.signIn();
    await owner.enrolTotp();
    thief.uri = offered.json<{ uri: string }>().uri;
    const code = thief.code();
    expect((await thief.ask('POST', '/accounts/me/totp/confirmation', { code })).statusCode).toBe(401);
  });
});

describe('failures', () => {
  const failuresUntilLocked = async (id: string): Promise<number> => {
    for (let failures = 1; failures < 20; failures += 1) {
      const answer = await person(id).signIn('wrong every single time');
      if (answer.statusCode === 429) return failures - 1;
    }
    return Infinity;
  };
  const waitOf = async (id: string) => Number((await person(id).signIn('wrong again')).headers['retry-after']);

  it('make a name wait longer each time, whether or not somebody has it', async () => {
    for (const id of ['person-8', 'no-such-person']) {
      expect(await failuresUntilLocked(id)).toBe(5);
      expect(await waitOf(id)).toBe(60);
    }
    expect((await person('person-8').signIn()).statusCode).toBe(429);
    api.clock.advance('PT61S');
    expect((await person('person-8').signIn('wrong')).statusCode).toBe(401);
    expect(await waitOf('person-8')).toBe(120);
    api.clock.advance('PT121S');
    expect((await person('person-8').signIn()).statusCode).toBe(201);
    expect(await failuresUntilLocked('person-8')).toBe(5);
  });

  it('made at the same moment are all counted', async () => {
    const guesses = Array.from({ length: 12 }, () => person('guessed').signIn('a guess among many'));
    const statuses = (await Promise.all(guesses)).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  });

  it('of many names make an address wait, and its right passwords do not', async () => {
    const payload = { account: 'person-2', password: testPassword };
    const from = (account: string) =>
      api.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        remoteAddress: '203.0.113.9',
        payload: { ...payload, account },
      });
    for (let times = 0; times < 10; times += 1) expect((await from('person-2')).statusCode).toBe(201);
    const tries: number[] = [];
    for (let name = 1; name <= 51; name += 1) tries.push((await from(`guessed-${name}`)).statusCode);
    expect(tries.slice(-2)).toEqual([401, 429]);
    expect((await from('person-2')).statusCode).toBe(429);
    expect((await person('person-2').signIn()).statusCode).toBe(201);
  });

  it('at the second factor are not forgotten because the password is right', async () => {
    const owner = person('sup-kandal-1');
    await owner.signIn();
    await owner.enrolTotp();
    let guesses = 0;
    for (; guesses < 20; guesses += 1) {
      if ((await owner.signIn()).statusCode === 429) break;
      if ((await owner.prove({ code: '000000' })).statusCode === 429) break;
    }
    expect(guesses).toBeLessThan(4);
  });
});

describe('a session', () => {
  const signedIn = async () => {
    const someone = person('ngo-1');
    await someone.signIn();
    if (someone.uri === '') await someone.enrolTotp();
    return someone;
  };

  it('ends when it is not used for 15 minutes, after 12 hours at the latest, and on every process when it is ended', async () => {
    const user = await signedIn();
    for (let minutes = 0; minutes < 12 * 60 - 15; minutes += 14) {
      api.clock.advance('PT14M');
      expect([minutes, (await user.ask('GET', '/me')).statusCode]).toEqual([minutes, 200]);
    }
    api.clock.advance('PT14M');
    await user.ask('GET', '/me');
    api.clock.advance('PT14M');
    expect((await user.ask('GET', '/me')).statusCode).toBe(401);

    await user.signIn();
    await user.prove();
    api.clock.advance('PT16M');
    expect((await user.ask('GET', '/me')).statusCode).toBe(401);

    const other = await api.beside();
    try {
      await user.signIn();
      await user.prove();
      const lost = new Person(api.app, api.clock, user.id);
      lost.token = user.token;
      api.clock.advance('PT30S');
      await user.signIn();
      await user.prove();
      for (const app of [api.app, other]) expect((await lost.ask('GET', '/me', undefined, app)).statusCode).toBe(200);
      const devices = (await user.ask('GET', '/sessions')).json<{ id: string; current: boolean }[]>();
      const theirs = devices.find(({ current }) => !current);
      expect((await user.ask('DELETE', `/sessions/${theirs?.id ?? ''}`)).statusCode).toBe(204);
      expect((await lost.ask('GET', '/me')).statusCode).toBe(401);
      const ended = performance.now();
      while ((await lost.ask('GET', '/me', undefined, other)).statusCode === 200) await pause(100);
      expect(performance.now() - ended).toBeLessThan(5_000);
    } finally {
      await other.close();
    }
  });

  it('of a browser travels in a cookie that no script reads, and changes need what only our page knows', async () => {
    const user = new Person(api.app, api.clock, 'sw-kandal-1');
    const payload = { account: user.id, password: testPassword, browser: true };
    const answer = await api.app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
    expect(answer.json()).not.toHaveProperty('token');
    const [cookie = '', ...attributes] = String(answer.headers['set-cookie']).split('; ');
    expect(cookie).toMatch(/^__Host-spean=[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    const csrf = answer.json<{ csrf: string }>().csrf;
    const send = (headers: Record<string, string>) =>
      api.app.inject({ method: 'POST', url: '/api/v1/accounts/me/totp', headers, payload: {} });
    expect(problemIn(await send({ cookie }))).toBe('csrf-missing');
    expect(problemIn(await send({ cookie, 'x-spean-csrf': 'x'.repeat(43) }))).toBe('csrf-missing');
    expect((await send({ cookie, 'x-spean-csrf': csrf })).statusCode).toBe(201);
    const token = cookie.split('=')[1] ?? '';
    expect((await send({ authorization: `Bearer ${token}` })).statusCode).toBe(401);
    const again = await api.app.inject({ url: '/api/v1/sessions/current', headers: { cookie } });
    expect(again.json()).toMatchObject({ csrf });
  });
});

describe('what is kept', () => {
  it('holds no token, password, code or secret, and of what happened ids and codes that nobody changes', async () => {
    const user = person('person-1');
    await user.signIn();
    const kept = JSON.stringify([
      await sql('SELECT * FROM accounts'),
      await sql(`SELECT *, encode(token_hash, 'base64') FROM sessions`),
      await sql('SELECT * FROM recovery_codes'),
      await sql('SELECT * FROM identity_events'),
    ]);
    expect([user.token.length, kept.includes(user.token), kept.includes(testPassword)]).toEqual([43, false, false]);
    const kinds = await sql<{ kind: string }>('SELECT DISTINCT kind FROM identity_events');
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['signed_in', 'sign_in_failed', 'locked_out', 'proved', 'proof_failed', 'session_ended']),
    );
    for (const change of ["UPDATE identity_events SET kind = 'x'", 'DELETE FROM identity_events']) {
      await expect(sql(change)).rejects.toMatchObject({ code: 'SP009' });
    }
  });
});
