import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { Person, problemIn } from '../../../../test/support/person.js';
import { openAccounts, testPassword } from '../../../../test/support/sign-ins.js';
import { withClient } from '../../../../test/support/sql.js';

let api: TestApi;
let owner: Person;
let count = 0;

const sql = <Row extends object>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<Row>(text)).rows);
const works = async (token: string) =>
  (await api.app.inject({ url: '/api/v1/sessions/current', headers: { authorization: `Bearer ${token}` } }))
    .statusCode === 200;

beforeAll(async () => {
  api = await startApi({ env: { SPEAN_DEMONSTRATION: 'off' } });
  await sql(`INSERT INTO staff (tenant_id, id, agency, roles, title)
    SELECT 1, 'person-' || n, 'NGO-ONE', '{NGO_CW}', 'Case worker' FROM generate_series(1, 9) AS n`);
  await openAccounts(api.database.urls.admin);
});
afterAll(() => api.close());

beforeEach(async () => {
  owner = new Person(api.app, api.clock, `person-${(count += 1)}`);
  await owner.signIn();
  await owner.enrolTotp();
  api.clock.advance('PT1M');
});

/** The same person at another device, signed in with both factors. */
async function elsewhere(): Promise<Person> {
  const there = new Person(api.app, api.clock, owner.id);
  there.uri = owner.uri;
  await there.signIn();
  await there.prove();
  return there;
}

describe('a session', () => {
  it('has another token after each proof, and the one before opens nothing', async () => {
    await owner.signIn();
    const halfway = owner.token;
    await owner.prove();
    const first = owner.token;
    api.clock.advance('PT1M');
    await owner.prove();
    const tokens = [halfway, first, owner.token];
    expect(new Set(tokens).size).toBe(3);
    expect(await Promise.all(tokens.map(works))).toEqual([false, false, true]);
  });

  it('is seen and ended by its owner, who has proved again who they are', async () => {
    const there = await elsewhere();
    const seen = (await owner.ask('GET', '/sessions')).json<{ id: string; current: boolean; device: string }[]>();
    expect(seen.map(({ current, device }) => [current, device])).toContainEqual([false, 'telephone']);
    const other = `/sessions/${seen.find(({ current }) => !current)?.id ?? ''}`;
    api.clock.advance('PT6M');
    for (const address of [other, '/sessions']) {
      const refused = await owner.ask('DELETE', address);
      expect([refused.statusCode, problemIn(refused)]).toEqual([403, 'proof-due']);
    }
    expect(await works(there.token)).toBe(true);
    await owner.prove();
    expect((await owner.ask('DELETE', other)).statusCode).toBe(204);
    expect([await works(there.token), await works(owner.token)]).toEqual([false, true]);
    api.clock.advance('PT1M');
    const again = await elsewhere();
    expect((await owner.ask('DELETE', '/sessions')).statusCode).toBe(204);
    expect([await works(again.token), await works(owner.token)]).toEqual([false, true]);
  });

  it('of a browser leaves nothing in it when it is over', async () => {
    const payload = { account: 'person-9', password: testPassword, browser: true };
    const opened = await api.app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
    const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
    const headers = { cookie, 'x-spean-csrf': opened.json<{ csrf: string }>().csrf };
    const out = await api.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers });
    expect([out.statusCode, out.headers['clear-site-data']]).toEqual([204, '"cache", "storage"']);
    expect(String(out.headers['set-cookie'])).toMatch(/^__Host-spean=; Max-Age=0;/);
  });
});

describe('what somebody proves themselves with', () => {
  it('is a password for as long as its owner keeps it', async () => {
    api.clock.advance('P800D');
    expect((await owner.signIn()).statusCode).toBe(201);
    expect((await owner.prove()).statusCode).toBe(200);
  });

  it('is a code for a minute and a half, of which the clock of the telephone may be half a minute off', async () => {
    const answers: number[] = [];
    for (const seconds of [-90, -60, 60, 90, 30]) {
      await owner.signIn();
      answers.push((await owner.prove({ code: owner.code(seconds) })).statusCode);
      await sql(`DELETE FROM sign_in_failures`);
    }
    expect(answers).toEqual([401, 401, 401, 401, 200]);
  });

  it('are ten recovery codes of 24 letters out of 32, of which a digest is kept', async () => {
    expect(new Set(owner.recoveryCodes).size).toBe(10);
    for (const code of owner.recoveryCodes)
      expect(code).toMatch(/^(?:[A-HJKMNP-TV-Z0-9]{4}-){5}[A-HJKMNP-TV-Z0-9]{4}$/);
    const kept = await sql<{ bytes: number }>(
      `SELECT length(code_hash) AS bytes FROM recovery_codes WHERE staff_id = '${owner.id}'`,
    );
    expect(kept).toEqual(Array<object>(10).fill({ bytes: 32 }));
    await owner.signIn();
    expect((await owner.prove({ recoveryCode: owner.recoveryCodes[0] })).statusCode).toBe(200);
  });
});
