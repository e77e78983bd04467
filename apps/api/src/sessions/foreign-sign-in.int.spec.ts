import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { Person, problemIn } from '../../../../test/support/person.js';
import { openAccounts } from '../../../../test/support/sign-ins.js';
import { withClient } from '../../../../test/support/sql.js';

const publicUrl = 'http://spean.test/';
const callback = `${publicUrl}api/v1/sessions/foreign/callback`;
const script = path.join(import.meta.dirname, '../../../../test/support/identity-provider.mjs');

let provider: ChildProcess;
let api: TestApi;
let lead: Person;

beforeAll(async () => {
  provider = fork(script, [callback], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [issuer] = (await once(provider, 'message')) as [string];
  api = await startApi({
    env: {
      SPEAN_DEMONSTRATION: 'off',
      SPEAN_PUBLIC_URL: publicUrl,
      SPEAN_OIDC_ISSUER: issuer,
      SPEAN_OIDC_CLIENT_ID: 'spean',
      SPEAN_OIDC_CLIENT_SECRET: 'a secret of the test alone',
    },
  });
  await withClient(api.database.urls.admin, (client) =>
    client.query(`INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES
      (1, 'lead', 'NGO-ONE', '{NGO_SUP}', 'Lead'), (1, 'ngo-2', 'NGO-ONE', '{NGO_CW}', 'Case worker')`),
  );
  await openAccounts(api.database.urls.admin);
  lead = new Person(api.app, api.clock, 'lead');
  await lead.signIn();
  await lead.enrolTotp();
  const linked = await lead.ask('PUT', '/staff/ngo-1/foreign-identity', { subject: 'subject-of-ngo-1' });
  expect([linked.statusCode, linked.payload]).toEqual([204, '']);
});
afterAll(async () => {
  provider.disconnect();
  await api.close();
});

/** Leaves for the provider. */
async function depart() {
  const answer = await api.app.inject({ method: 'POST', url: '/api/v1/sessions/foreign', payload: { device: 'here' } });
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  return { address: answer.json<{ address: string }>().address, cookie };
}

/** Signs in at the provider's own pages and agrees there. @returns the address it sends the browser back to */
async function signInThere(address: string, subject: string): Promise<URL> {
  const jar = new Map<string, string>();
  let [url, form] = [new URL(address), undefined as URLSearchParams | undefined];
  for (let hops = 0; hops < 12; hops += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    form = undefined;
    if (location?.startsWith(callback) === true) return new URL(location);
    if (location !== null) url = new URL(location, url);
    else {
      url = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', url);
      const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
      form = new URLSearchParams({ prompt, login: subject, password: 'x' });
    }
  }
  throw new Error('the provider never sent the browser back');
}

const arrive = ({ pathname, search }: URL, cookie: string) =>
  api.app.inject({ url: `${pathname}${search}`, headers: { cookie } });

describe('whoever signs in at an identity provider', () => {
  it('is nobody here before somebody said who they are, and is known by the subject alone', async () => {
    const { address, cookie } = await depart();
    const unknown = await arrive(await signInThere(address, 'stranger'), cookie);
    expect([unknown.statusCode, problemIn(unknown)]).toEqual([401, 'sign-in-refused']);
  });

  it('is let in once with each answer, in the browser that asked, as far as the second factor', async () => {
    const { address, cookie } = await depart();
    const asked = new URL(address).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect([asked.get('state')?.length, asked.get('nonce')?.length]).toEqual([43, 43]);
    const back = await signInThere(address, 'subject-of-ngo-1');
    expect((await arrive(back, '')).statusCode).toBe(401);
    const answer = await arrive(back, cookie);
    expect(answer.json()).toMatchObject({ session: { stage: 'enrolment', device: 'here' } });
    expect((await arrive(back, cookie)).statusCode).toBe(401);
  });

  it.each(['state', 'code', 'iss'])('is refused when %s is another', async (name) => {
    const { address, cookie } = await depart();
    const back = await signInThere(address, 'subject-of-ngo-1');
    back.searchParams.set(name, 'https://another.example');
    expect((await arrive(back, cookie)).statusCode).toBe(401);
  });

  it('cannot bring the answer of another departure', async () => {
    const [mine, theirs] = [await depart(), await depart()];
    const back = await signInThere(theirs.address, 'subject-of-ngo-1');
    expect((await arrive(back, mine.cookie)).statusCode).toBe(401);
  });

  it('is linked by those alone who administer the account, and to one account', async () => {
    const link = (staffId: string, subject: string) =>
      lead.ask('PUT', `/staff/${staffId}/foreign-identity`, { subject });
    expect(problemIn(await link('sw-kandal-1', 'x'))).toBe('not-administrator');
    expect(problemIn(await link('ngo-2', 'subject-of-ngo-1'))).toBe('already-exists');
  });
});

it('is told so, and not that something broke, while the provider does not answer', async () => {
  const alone = await startApi({
    env: {
      SPEAN_DEMONSTRATION: 'off',
      SPEAN_PUBLIC_URL: publicUrl,
      SPEAN_OIDC_ISSUER: 'http://127.0.0.1:9', // where nobody listens
      SPEAN_OIDC_CLIENT_ID: 'spean',
      SPEAN_OIDC_CLIENT_SECRET: 'a secret of the test alone',
    },
  });
  const payload = { device: 'here' };
  const answer = await alone.app.inject({ method: 'POST', url: '/api/v1/sessions/foreign', payload });
  expect([answer.statusCode, problemIn(answer)]).toEqual([503, 'provider-away']);
  expect(answer.headers['retry-after']).toBe('5');
  await alone.close();
});
