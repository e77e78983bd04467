import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { Person, problemIn } from '../../../../test/support/person.js';
import { openAccounts } from '../../../../test/support/sign-ins.js';
import { withClient } from '../../../../test/support/sql.js';

let api: TestApi;
const lead = { as: 'ngo-1' };
const ministry = { as: 'ministry' };
const officer = { as: 'sup-kandal-1' };
const worker = { as: 'sw-kandal-1' };

const person = (id: string) => new Person(api.app, api.clock, id);
const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', address: string, body?: object, headers = lead) =>
  api.ask(method, `/api/v1${address}`, body, headers);
const newcomer = { id: 'newcomer', roles: ['NGO_CW'], title: 'Case worker', language: 'km' };

beforeAll(async () => {
  api = await startApi();
  await withClient(api.database.urls.admin, (client) =>
    client.query(`
      INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'MOSVY', 'government', 'Ministry');
      INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES
        (1, 'ministry', 'MOSVY', '{MOSVY_CPD}', 'Officer'), (1, 'ngo-2', 'NGO-ONE', '{NGO_CW}', 'Case worker'),
        (1, 'forgetful', 'NGO-ONE', '{NGO_CW}', 'Case worker'), (1, 'watched', 'NGO-ONE', '{NGO_SUP}', 'Supervisor');
    `),
  );
  await openAccounts(api.database.urls.admin);
});
afterAll(() => api.close());

describe('whoever is entered', () => {
  it('joins with what the inviter was told, once and within 72 hours', async () => {
    const { token } = (await ask('POST', '/staff', newcomer)).json<{ token: string }>();
    const joining = person('newcomer');
    const weak = await joining.join(token, 'newcomer NGO-ONE');
    expect(weak.json()).toMatchObject({ errors: [{ field: 'password' }] });
    const rivals = await Promise.all([1, 2].map(() => person('newcomer').join(token, 'mango rain bicycle')));
    expect(rivals.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422]);
    expect((await joining.signIn('mango rain bicycle')).statusCode).toBe(201);
    expect((await joining.ask('GET', '/me')).json()).toMatchObject({ id: 'newcomer', agency: 'NGO-ONE' });

    const again = (await ask('POST', '/staff/newcomer/invitation', {})).json<{ token: string }>();
    const newer = (await ask('POST', '/staff/newcomer/invitation', {})).json<{ token: string }>();
    expect(problemIn(await joining.join(again.token, 'mango rain bicycle'))).toBe('invitation-unusable');
    api.clock.advance('PT73H');
    expect(problemIn(await joining.join(newer.token, 'mango rain bicycle'))).toBe('invitation-unusable');
  });

  it('comes in only through supervisors of the agency or the national office, with roles that these may give', async () => {
    expect(problemIn(await ask('POST', '/staff', { ...newcomer, id: 'x1' }, worker))).toBe('not-administrator');
    expect(problemIn(await ask('POST', '/staff', { ...newcomer, id: 'x1', agency: 'NGO-ONE' }, officer))).toBe(
      'not-administrator',
    );
    for (const [role, headers] of [
      ['MOSVY_CPD', lead],
      ['TRIAL_JUDGE', lead],
      ['SYSTEM', ministry],
      ['CHILD', ministry],
    ] as const) {
      const body = { ...newcomer, id: 'x1', agency: 'NGO-ONE', roles: ['NGO_CW', role] };
      const refused = await ask('POST', '/staff', body, headers);
      expect([role, refused.json()]).toEqual([role, expect.objectContaining({ status: 400 })]);
      expect(refused.json()).toMatchObject({ errors: [{ field: 'roles.1' }] });
    }
    expect((await ask('POST', '/staff', { ...newcomer, id: 'x2', agency: 'NGO-ONE' }, ministry)).statusCode).toBe(201);
    expect(problemIn(await ask('POST', '/staff', newcomer))).toBe('already-exists');
    expect((await ask('GET', '/staff', undefined, worker)).json()).toEqual([]);
    const seen = (await ask('GET', '/staff')).json<{ agency: string }[]>();
    expect(new Set(seen.map(({ agency }) => agency))).toEqual(new Set(['NGO-ONE']));
  });

  it('gets other roles from others, never from themselves', async () => {
    expect((await ask('PUT', '/staff/ngo-2/roles', { roles: ['NGO_CW', 'NGO_SUP'] })).statusCode).toBe(204);
    expect(problemIn(await ask('PUT', '/staff/ngo-1/roles', { roles: ['NGO_SUP'] }))).toBe('not-administrator');
    expect((await ask('GET', '/me', undefined, { as: 'ngo-2' })).json()).toMatchObject({
      roles: ['NGO_CW', 'NGO_SUP'],
    });
  });
});

describe('whoever lost all that they could prove themselves with', () => {
  it('begins anew with an invitation, which takes away what they had and opens nothing by itself', async () => {
    const before = person('forgetful');
    await before.signIn();
    await before.enrolTotp();
    const reset = '/staff/forgetful/invitation';
    for (const headers of [worker, officer]) {
      expect(problemIn(await ask('POST', reset, {}, headers))).toBe('not-administrator');
    }
    expect(problemIn(await before.ask('POST', reset, {}))).toBe('not-administrator');
    const { token } = (await ask('POST', reset, {})).json<{ token: string }>();
    expect((await before.ask('GET', '/me')).statusCode).toBe(200);
    const strict = await api.beside({ SPEAN_DEMONSTRATION: 'off' });
    try {
      const after = new Person(strict, api.clock, 'forgetful');
      expect((await after.join(token, 'mango rain bicycle')).json()).toMatchObject({ session: { stage: 'enrolment' } });
      expect(problemIn(await after.ask('GET', '/me'))).toBe('enrolment-due');
      expect((await before.ask('GET', '/me', undefined, strict)).statusCode).toBe(401);
      for (const proof of [{ code: before.code(30) }, { recoveryCode: before.recoveryCodes[0] }]) {
        expect((await after.prove(proof)).statusCode).toBe(403);
      }
      await after.enrolTotp();
      expect((await after.ask('GET', '/me')).statusCode).toBe(200);
      expect(
        (await after.ask('POST', '/sessions/current/proof', { recoveryCode: before.recoveryCodes[0] })).statusCode,
      ).toBe(401);
      expect((await before.signIn()).statusCode).toBe(401);
    } finally {
      await strict.close();
    }
  });
});

describe('whoever may have somebody else in their account', () => {
  it('is signed out everywhere by those who administer it', async () => {
    const suspect = person('watched');
    await suspect.signIn();
    const end = (headers: { as: string }) => ask('DELETE', '/staff/watched/sessions', undefined, headers);
    for (const headers of [worker, officer]) expect(problemIn(await end(headers))).toBe('not-administrator');
    expect(problemIn(await suspect.ask('DELETE', '/staff/watched/sessions'))).toBe('not-administrator');
    expect((await suspect.ask('GET', '/me')).statusCode).toBe(200);
    expect((await end(lead)).statusCode).toBe(204);
    expect((await suspect.ask('GET', '/me')).statusCode).toBe(401);
    const events = await withClient(api.database.urls.admin, (client) =>
      client.query(`SELECT subject, by, detail FROM identity_events WHERE kind = 'sessions_ended' AND by IS NOT NULL`),
    );
    expect(events.rows).toEqual([{ subject: 'watched', by: 'ngo-1', detail: 'administrator' }]);
    expect((await ask('DELETE', '/staff/nobody/sessions')).statusCode).toBe(404);
  });
});

describe('whoever leaves', () => {
  const openCase = async (headers: { as: string }) => {
    const child = (await ask('POST', '/persons', { sex: 'female', synthetic: true }, headers)).json<{ id: string }>();
    const body = { personId: child.id, pathway: 'A_OCSEA', owner: headers.as, synthetic: true };
    const opened = await ask('POST', '/cases', body, headers);
    expect([opened.statusCode, opened.payload]).toEqual([201, expect.any(String)]);
    return opened.json<{ id: string }>().id;
  };

  it('is out at once, and their open cases go to a successor of the same agency', async () => {
    const leaver = { as: 'newcomer' };
    await withClient(api.database.urls.admin, (client) =>
      client.query(`UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE staff_id = 'ngo-1')
        WHERE staff_id = 'newcomer'`),
    );
    const cases = [await openCase(leaver), await openCase(leaver)];
    const leave = (successor: string, headers = lead) => ask('POST', '/staff/newcomer/leaving', { successor }, headers);
    expect(problemIn(await leave('ngo-2', officer))).toBe('not-administrator');
    for (const unfit of ['sw-kandal-1', 'nobody', 'newcomer']) {
      expect((await leave(unfit)).json()).toMatchObject({ errors: [{ field: 'successor' }] });
    }
    expect((await leave('ngo-2')).json()).toEqual({ assigned: 2, waiting: 0 });
    expect((await leave('ngo-2')).json()).toEqual({ assigned: 0, waiting: 0 });
    for (const id of cases) {
      const view = await ask('GET', `/cases/${id}`, undefined, { as: 'ngo-2' });
      expect(view.json()).toMatchObject({ owner: 'ngo-2', agency: 'NGO-ONE' });
      const timeline = await ask('GET', `/cases/${id}/timeline`, undefined, { as: 'ngo-2' });
      expect(timeline.payload).toContain('CaseAssigned');
    }
    expect((await ask('GET', '/me', undefined, leaver)).statusCode).toBe(401);
    expect((await person('newcomer').signIn('mango rain bicycle')).statusCode).toBe(401);
    expect((await ask('POST', '/staff/newcomer/invitation', {})).statusCode).toBe(404);
  });
});
