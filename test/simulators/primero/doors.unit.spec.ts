import { afterEach, describe, expect, it } from '@jest/globals';
import { basic, module, openDesk, type Desk } from './desk.spec.js';

let desk: Desk | undefined;

async function open(options?: Parameters<typeof openDesk>[0]): Promise<Desk> {
  desk = await openDesk(options);
  return desk;
}

afterEach(async () => {
  await desk?.primero.close();
  desk = undefined;
});

const signIn = { user: { user_name: 'api', password: 'right' } };

describe('who may come in to the simulated Primero', () => {
  it('signs a user in with a cookie and no token', async () => {
    const { ask } = await open();
    const { status, body, headers } = await ask('POST', '/tokens', signIn, {});
    expect([status, body]).toEqual([200, { id: 1, user_name: 'api', group_permission: 'all' }]);
    expect(headers.get('authorization')).toBeNull();
    expect(headers.getSetCookie().join()).toMatch(/_app_session=.*CSRF-TOKEN=/);
  });

  it('lets a cookie read, and write only with the other token beside it', async () => {
    const { ask } = await open();
    const { headers } = await ask('POST', '/tokens', signIn, {});
    const [session = '', csrf = ''] = headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const write = (more: object) =>
      ask('POST', '/cases', { data: { module_id: module } }, { cookie: session, ...more });
    expect((await ask('GET', '/cases', undefined, { cookie: session })).status).toBe(200);
    expect((await write({})).status).toBe(403);
    expect((await write({ 'x-csrf-token': csrf.split('=')[1] })).status).toBe(200);
  });

  it('answers a wrong password and no credentials with its own kind of document', async () => {
    const { ask } = await open();
    const wrong = await ask('POST', '/tokens', { user: { user_name: 'api', password: 'wrong' } }, {});
    expect([wrong.status, wrong.body]).toEqual([401, { error: 'Invalid User name or password.' }]);
    expect((await ask('GET', '/cases', undefined, {})).status).toBe(401);
    expect((await ask('GET', '/cases', undefined, basic('nobody'))).status).toBe(401);
  });

  it('with an identity provider: echoes the token that came, and takes Basic as well', async () => {
    const { ask, primero, clock } = await open({ mode: 'idp' });
    const bearer = { authorization: `Bearer ${primero.issueToken('api')}` };
    const { body } = await ask('POST', '/tokens', signIn, bearer);
    expect(`Bearer ${body.token}`).toBe(bearer.authorization);
    expect((await ask('POST', '/tokens', signIn, {})).status).toBe(401);
    expect((await ask('GET', '/cases', undefined, bearer)).status).toBe(200);
    expect((await ask('GET', '/cases')).status).toBe(200);
    clock.advance('PT61M');
    expect((await ask('GET', '/cases', undefined, bearer)).status).toBe(401);
  });

  it('says 403 to a role that may not, and 404 to an id or a route that is none, with their words', async () => {
    const { ask, newCase } = await open();
    const id = await newCase();
    const refused = await ask('POST', '/cases', { data: {} }, 'reader');
    expect(refused.body).toEqual({ errors: [{ status: 403, resource: '/api/v2/cases', message: 'Forbidden' }] });
    expect((await ask('GET', `/cases/${id}`, undefined, 'agency-cif-user')).status).toBe(403);
    const missing = await ask('GET', '/cases/x');
    expect([missing.status, missing.body.errors]).toEqual([
      404,
      [{ status: 404, resource: '/api/v2/cases/x', message: 'Not Found', detail: "Couldn't find Child with 'id'=x" }],
    ]);
    expect((await ask('GET', '/services')).status).toBe(404);
  });

  it('shows users to whom a case can be handed, and agencies', async () => {
    const { ask } = await open();
    const names = async (path: string) => (await ask('GET', path)).body.data?.map(({ user_name }) => user_name);
    expect(await names('/users/refer-to')).not.toContain('reader');
    expect(await names('/users/transfer-to?agency=agency-cif')).toEqual(['agency-cif-user']);
    expect(await names('/users/assign-to')).toHaveLength(4);
    expect((await ask('GET', '/agencies')).body.metadata).toMatchObject({ total: 2 });
  });

  it('keeps every request with its body', async () => {
    const { ask, primero } = await open();
    await ask('POST', '/cases', { data: { module_id: module } });
    expect(primero.requests).toMatchObject([{ method: 'POST', url: '/api/v2/cases', status: 200 }]);
    expect(primero.requests[0]?.body).toContain(module);
  });
});
