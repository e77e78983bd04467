import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDesk, type Desk } from './desk.spec.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.oscar.close());

const statusWith = async (headers: Record<string, string>, path = '/organizations/clients') =>
  (await desk.ask('GET', path, undefined, headers)).status;

describe('who may come in to the simulated OSCaR', () => {
  it('signs in with the token in headers, and null in the body', async () => {
    const { body, headers } = await desk.ask(
      'POST',
      '/admin_auth/sign_in',
      { email: 'api@example.org', password: 'right' },
      {},
    );
    expect(body.data).toMatchObject({ id: 7, token: null, uid: 'api@example.org', provider: 'email' });
    expect(headers.get('token-type')).toBe('Bearer');
    expect(Number(headers.get('expiry'))).toBe(Date.parse('2026-11-30T02:00:00Z') / 1000);
    expect(headers.get('set-cookie')).toContain('_cif-web_session=');
  });

  it('says no in two ways', async () => {
    const wrong = await desk.ask('POST', '/admin_auth/sign_in', { email: 'api@example.org', password: 'x' }, {});
    expect([wrong.status, wrong.body]).toEqual([
      401,
      { success: false, errors: ['Invalid login credentials. Please try again.'] },
    ]);
    const none = await desk.ask('GET', '/organizations/clients', undefined, {});
    expect([none.status, none.body]).toEqual([401, { errors: ['You need to sign in or sign up before continuing.'] }]);
  });

  it('ignores Basic and cookies, beside a token and instead of one', async () => {
    const basic = { authorization: `Basic ${Buffer.from('api@example.org:right').toString('base64')}`, cookie: 'a=b' };
    expect(await statusWith(basic)).toBe(401);
    expect(await statusWith({ ...basic, ...(await desk.signIn()) })).toBe(200);
  });

  it('takes the token as parameters of the query, too', async () => {
    const query = new URLSearchParams(await desk.signIn());
    expect(await statusWith({}, `/organizations/clients?${query.toString()}`)).toBe(200);
  });

  it('keeps a token for a week, and not a moment longer', async () => {
    const headers = await desk.signIn();
    desk.clock.advance('PT167H59M');
    expect(await statusWith(headers)).toBe(200);
    desk.clock.advance('PT1M');
    expect(await statusWith(headers)).toBe(401);
  });

  it('lets ten devices in, and forgets the oldest for an eleventh', async () => {
    const first = await desk.signIn();
    const others = [];
    for (let count = 0; count < 10; count += 1) others.push(await desk.signIn());
    expect(await statusWith(first)).toBe(401);
    expect(await statusWith(others[0]!)).toBe(200);
  });

  it('shows its organisations in two shapes, with and without a slash at the end', async () => {
    const { body } = await desk.ask('GET', '/organizations');
    expect((body['organizations'] as object[])[0]).toMatchObject({ id: 46, short_name: 'cif', demo: false });
    const { body: pairs } = await desk.ask('GET', '/organizations/listing/');
    expect(pairs).toContainEqual(['Another', 'tpo']);
  });

  it('answers an unknown route in HTML, and an unknown transaction with 500', async () => {
    const route = await desk.ask('GET', '/nothing');
    expect([route.status, route.headers.get('content-type')]).toEqual([404, expect.stringContaining('text/html')]);
    expect((await desk.ask('GET', '/organizations/transactions/x')).status).toBe(500);
    desk.oscar.state.transactions.set('t1', []);
    expect((await desk.ask('GET', '/organizations/transactions/t1')).body).toEqual({ transaction_id: 't1', items: [] });
  });
});
