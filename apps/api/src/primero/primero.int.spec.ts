import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { listening, openProgram, overTheWire, type WireRequest } from '../../../../test/support/programs.js';
import { withClient } from '../../../../test/support/sql.js';

type Row = Record<string, unknown>;
type List = { data: Row[]; metadata: { total: number; per: number; page: number } };

let api: TestApi;
let port: number;
let key: string;

beforeAll(async () => {
  api = await startApi();
  port = await listening(api);
  key = await openProgram(api, 'svc-primero', { scopes: ['primero'] });
});
afterAll(() => api.close());

const basicOf = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
const send = (method: WireRequest['method'], path: string, body?: unknown, headers?: Record<string, string>) =>
  overTheWire(port, {
    method,
    path: `/primero/api/v2${path}`,
    headers: headers ?? basicOf('svc-primero', key),
    ...(body === undefined ? {} : { body }),
  });
const listed = async (query = '') => (await send('GET', `/cases?${query}`)).json<List>();
const sql = <R extends object>(text: string, values: unknown[] = []) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<R>(text, values)).rows);

let born = 0;

/** A made-up child. */
function child(more: Row = {}): Row {
  born += 1;
  return {
    case_id: randomUUID(),
    module_id: 'primeromodule-cp',
    name_first: 'ស្រីមុំ (Sreymom)',
    name_last: 'សុខ (Sok)',
    sex: 'female',
    date_of_birth: `2013-05-${String((born % 28) + 1).padStart(2, '0')}`,
    location_current: '2020202',
    risk_level: 'medium',
    services_section: [
      {
        unique_id: randomUUID(),
        service_response_type: 'referral_to_oscar',
        service_type: 'counselling',
        service_subtype: ['counselling_trauma'],
        service_implementing_agency: 'agency-bridge',
        service_referral_notes: 'made-up note',
      },
    ],
    ...more,
  };
}

/** @returns the case as it was made */
async function made(more: Row = {}): Promise<Row & { id: string; services_section: Row[] }> {
  const answer = await send('POST', '/cases', { data: child(more) });
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  const { id } = answer.json<{ data: { id: string } }>().data;
  return (await send('GET', `/cases/${id}`)).json<{ data: Row & { id: string; services_section: Row[] } }>().data;
}

describe('who calls', () => {
  it('number 6: is known by a token from the body of the sign-in, and by Basic on every call', async () => {
    const signIn = await send('POST', '/tokens', { user: { user_name: 'svc-primero', password: key } }, {});
    const { token } = signIn.json<{ token: string }>();
    expect([signIn.status, token.length > 40]).toEqual([200, true]);
    for (const headers of [
      { authorization: `Bearer ${token}` },
      basicOf('svc-primero', key),
      basicOf('Program svc-primero', key),
    ])
      expect((await send('GET', '/cases', undefined, headers)).status).toBe(200);
    const kept = JSON.stringify(await sql('SELECT *, token_hash::text FROM service_tokens'));
    expect([kept.includes(token), kept.includes(key)]).toEqual([false, false]);
  });

  it('is told that nobody is known in the words of Primero', async () => {
    const staff = await api.headersOf('ngo-1');
    for (const headers of [
      {},
      basicOf('svc-other', key),
      basicOf('svc-primero', `${key}x`),
      { authorization: 'Bearer x' },
      staff,
    ]) {
      const answer = await send('GET', '/cases', undefined, headers);
      expect([answer.status, answer.json()]).toEqual([401, { error: expect.any(String) }]);
    }
    const refused = await send('POST', '/tokens', { user: { user_name: 'svc-primero', password: 'x' } }, {});
    expect([refused.status, refused.json()]).toEqual([401, { error: expect.any(String) }]);
  });

  it('has a token for two hours, and until its key is withdrawn', async () => {
    const first = await openProgram(api, 'svc-brief', { scopes: ['primero'] });
    const tokenOf = async (secret: string) =>
      (await send('POST', '/tokens', { user: { user_name: 'svc-brief', password: secret } }, {})).json<{
        token: string;
      }>().token;
    const [old, short] = [await tokenOf(first), await tokenOf(first)];
    const statusOf = async (token: string) =>
      (await send('GET', '/cases', undefined, { authorization: `Bearer ${token}` })).status;
    expect(await statusOf(old)).toBe(200);
    await api.ask('POST', '/api/v1/service-accounts/svc-brief/keys', {}, { as: 'ngo-1' });
    await api.ask('DELETE', '/api/v1/service-accounts/svc-brief/keys/old', undefined, { as: 'ngo-1' });
    expect([await statusOf(old), await statusOf(short)]).toEqual([401, 401]);
  });

  it('is let in by its scope alone, and frozen beyond its budget, in the words of Primero', async () => {
    const other = await openProgram(api, 'svc-scope', { scopes: ['oscar', 'cases'] });
    const refused = await send('GET', '/cases', undefined, basicOf('svc-scope', other));
    expect([refused.status, refused.json()]).toEqual([
      403,
      { errors: [{ status: 403, resource: '/api/v2/cases', message: 'Forbidden' }] },
    ]);
    for (let count = 0; count < 4; count += 1) await made();
    const poor = await openProgram(api, 'svc-poor', { scopes: ['primero'], dailyRecords: 3 });
    const over = await send('GET', '/cases', undefined, basicOf('svc-poor', poor));
    expect([over.status, over.json()]).toMatchObject([429, { errors: [{ status: 429 }] }]);
    expect(over.text).not.toContain('Sreymom');
  });

  it('is answered in the words of Primero where there is nothing', async () => {
    for (const path of ['/cases/nobody', '/nothing', `/cases/${randomUUID()}/referrals`]) {
      const answer = await send('GET', path);
      expect([path, answer.status, answer.json()]).toMatchObject([
        path,
        404,
        { errors: [{ status: 404, message: 'Not Found' }] },
      ]);
    }
    expect((await send('DELETE', '/cases')).json()).toMatchObject({ errors: [{ status: 404 }] });
    const broken = await send('POST', '/cases', '{"data":');
    expect([broken.status, broken.json()]).toMatchObject([422, { errors: [{ status: 422 }] }]);
  });
});

describe('a list of cases', () => {
  it('number 7: has its envelope, is a list also when empty, and takes every filter of the jobs', async () => {
    const one = await made({ oscar_number: '01EDN2N13KJQYZJDNNJE68XDQZ', workflow: 'referral_from_oscar' });
    const { case_id: caseId } = one;
    const only = async (query: string) => {
      const { data, metadata } = await listed(query);
      return [data.map(({ id }) => id), metadata];
    };
    const found = [[one.id], { total: 1, per: 20, page: 1 }];
    expect(await only(`remote=true&case_id=${String(caseId)}`)).toEqual(found);
    expect(await only(`remote=true&id=${one.id}`)).toEqual(found);
    expect(await only('oscar_number=01EDN2N13KJQYZJDNNJE68XDQZ')).toEqual(found);
    expect(await only('workflow=referral_from_oscar')).toEqual(found);
    expect(await only('case_id=nobody')).toEqual([[], { total: 0, per: 20, page: 1 }]);
    expect((await listed('page=1&per=10000')).metadata.per).toBe(10_000);
    expect((await listed('page=1&per=99999')).metadata.per).toBe(10_000);
  });

  it('number 12: takes times of change from and to, however they are written', async () => {
    const before = await made();
    api.clock.advance('PT1H');
    const from = api.clock.now();
    const after = await made();
    const ids = async (range: string) => (await listed(`per=10000&last_updated_at=${range}`)).data.map(({ id }) => id);
    const open = await ids(`${encodeURIComponent(from)}..`);
    expect([open.includes(before.id), open.includes(after.id)]).toEqual([false, true]);
    const closed = await ids(`2020-01-01T00:00:00.000Z..${String(before['last_updated_at'])}`);
    expect([closed.includes(before.id), closed.includes(after.id)]).toEqual([true, false]);
  });

  it('takes fields, lists of values, ranges, alternatives and exceptions', async () => {
    const boy = await made({ sex: 'male', date_of_birth: '2010-01-01', risk_level: 'high' });
    const ids = async (query: string) => (await listed(`per=10000&${query}`)).data.map(({ id }) => id);
    expect(await ids('sex=male')).toEqual([boy.id]);
    expect(await ids('sex=male,other&date_of_birth=2009-06-01..2010-06-01')).toEqual([boy.id]);
    expect(await ids('not[sex]=female')).toEqual([boy.id]);
    expect(await ids('or[sex]=male&or[risk_level]=high')).toEqual([boy.id]);
    expect(await ids('loc:location_current=9')).toEqual([]);
    expect(await ids(`id_search=true&query=${String(boy['case_id']).slice(0, 13)}`)).toEqual([boy.id]);
    const { data } = await listed('sex=male&fields=sex,risk_level');
    expect(data).toEqual([{ id: boy.id, sex: 'male', risk_level: 'high' }]);
  });

  it('skips and repeats nobody while others come in and change', async () => {
    const all = (await listed('per=10000')).data.map(({ id }) => id);
    const told: unknown[] = [];
    for (let page = 1; (page - 1) * 3 < all.length; page += 1) {
      const { data, metadata } = await listed(`order_by=last_updated_at&order=desc&per=3&page=${page}`);
      expect(metadata).toEqual({ total: all.length, per: 3, page });
      told.push(...data.map(({ id }) => id));
      await made();
      await send('PATCH', `/cases/${String(all[0])}`, { data: { name_nickname: `Changed ${page}` } });
    }
    expect([...told].sort()).toEqual([...all].sort());
  });

  it('defect 6: tells as many as are asked for, and the oldest first', async () => {
    for (let count = 0; count < 21; count += 1) await made();
    const { data } = await listed('page=1&per=10000');
    const times = data.map(({ created_at }) => String(created_at));
    expect(data.length).toBeGreaterThan(20);
    expect(times).toEqual([...times].sort());
  });

  it('leaves a trace of everybody in it before it leaves', async () => {
    const { data } = await listed('per=2');
    const [trace] = await sql<Row>('SELECT * FROM read_audit ORDER BY id DESC LIMIT 1');
    expect(trace).toMatchObject({
      reader: 'svc-primero',
      agency: 'NGO-ONE',
      purpose: 'exchange',
      route: '/primero/api/v2/cases',
    });
    expect(new Set(trace?.['case_ids'] as string[])).toEqual(new Set(data.map(({ id }) => id)));
    expect((trace?.['person_ids'] as string[]).length).toBe(2);
  });
});

describe('a case', () => {
  it('number 9: always has its services and their subtypes as lists, and agencies with their prefix', async () => {
    const bare = await made({ services_section: [] });
    expect(bare.services_section).toEqual([]);
    const [row] = (await made({ services_section: [{ service_type: 'psychosocial_service' }] })).services_section;
    expect(row).toMatchObject({
      service_subtype: [],
      service_implementing_agency: expect.stringMatching(/^agency-./),
      oscar_referring_organization: expect.stringMatching(/^agency-./),
    });
  });

  it('number 11: is read from bodies that are wrapped once and twice', async () => {
    const twice = await send('POST', '/cases', { data: { data: child({ name_nickname: 'Twice' }) } });
    const { id, name_nickname } = twice.json<{ data: Row }>().data;
    expect([twice.status, name_nickname]).toEqual([200, 'Twice']);
    const changed = await send('PATCH', `/cases/${String(id)}`, { data: { data: { name_nickname: 'Again' } } });
    expect(changed.json<{ data: Row }>().data).toMatchObject({ id, name_nickname: 'Again' });
  });

  it('is answered with nothing where the client chose its id, and refused where that is taken', async () => {
    const id = randomUUID();
    const record = child({ id, case_id: id });
    const [first, second] = [
      await send('POST', '/cases', { data: record }),
      await send('POST', '/cases', { data: record }),
    ];
    expect([first.status, first.text, second.status]).toEqual([204, '', 409]);
    expect(second.json()).toMatchObject({ errors: [{ status: 409 }] });
    expect((await send('GET', `/cases/${id}`)).json<{ data: Row }>().data).toMatchObject({ id, name_last: 'សុខ (Sok)' });
  });

  it('number 13: merges services by their id, adds others with an id, and keeps what was not sent', async () => {
    const before = await made();
    const [row] = before.services_section;
    const rows = [
      { unique_id: row?.['unique_id'], referral_status_edf41f2: 'accepted_340953' },
      { service_type: 'health_medical_service', service_implementing_agency: 'agency-clinic' },
    ];
    const changed = await send('PATCH', `/cases/${before.id}`, { data: { services_section: rows } });
    expect([changed.status, Object.keys(changed.json<{ data: Row }>().data).sort()]).toEqual([
      200,
      ['id', 'last_updated_at', 'services_section'],
    ]);
    const after = (await send('GET', `/cases/${before.id}`)).json<{ data: typeof before }>().data;
    expect(after.services_section).toMatchObject([
      { ...row, referral_status_edf41f2: 'accepted_340953' },
      { unique_id: expect.stringMatching(/^[0-9a-f-]{36}$/), service_implementing_agency: 'agency-clinic' },
    ]);
    expect({ ...after, services_section: [], last_updated_at: '' }).toEqual({
      ...before,
      services_section: [],
      last_updated_at: '',
    });
    await send('PATCH', `/cases/${before.id}`, { data: { services_section: rows } });
    expect((await send('GET', `/cases/${before.id}`)).json<{ data: Row }>().data).toEqual(after);
  });

  it('takes a value back that was corrected in between', async () => {
    const { id } = await made();
    for (const name of ['One', 'Two', 'One']) {
      api.clock.advance('PT1S');
      await send('PATCH', `/cases/${id}`, { data: { name_nickname: name } });
      expect((await send('GET', `/cases/${id}`)).json()).toMatchObject({ data: { name_nickname: name } });
    }
  });

  it('keeps what two programs change at the same moment', async () => {
    const { id } = await made();
    await Promise.all([
      send('PATCH', `/cases/${id}`, { data: { name_nickname: 'Both' } }),
      send('PATCH', `/cases/${id}`, { data: { address_current: 'Both, too' } }),
      send('PATCH', `/cases/${id}`, { data: { mosvy_number: 'M-1' } }),
    ]);
    const both = { name_nickname: 'Both', address_current: 'Both, too', mosvy_number: 'M-1' };
    expect((await send('GET', `/cases/${id}`)).json()).toMatchObject({ data: both });
  });

  it('number 14: may come with users of the jobs that nobody here is', async () => {
    for (const owner of ['mgrpnh', 'agency-cif-user'])
      expect(await made({ owned_by: owner })).toMatchObject({ owned_by: owner });
  });

  it('defect 4: is not taken from whoever keeps it by a program that says who owns it', async () => {
    const { id } = await made({ owned_by: 'mgrpnh' });
    const answer = await send('PATCH', `/cases/${id}`, { data: { owned_by: 'mgrstr', name_nickname: 'Still' } });
    expect(answer.status).toBe(200);
    expect((await send('GET', `/cases/${id}`)).json()).toMatchObject({
      data: { owned_by: 'mgrpnh', name_nickname: 'Still' },
    });
  });

  it('defect 5: of Stung Treng, whose province the jobs do not know, is taken in like any other', async () => {
    expect(await made({ location_current: '19010101', owned_by: undefined })).toMatchObject({
      location_current: '19010101',
    });
  });

  it('defect 10: brings no consent along, whatever it claims', async () => {
    const { id } = await made({ consent_for_services: true, disclosure_other_orgs: true });
    expect(await sql('SELECT asked FROM case_sharing WHERE stream_id = $1', [id])).toEqual([{ asked: false }]);
  });

  it('defect 15: without a telephone has none, and an age is not made up', async () => {
    const { age, owned_by_phone } = await made({ date_of_birth: undefined, owned_by_phone: '000000000' });
    expect([age, owned_by_phone]).toEqual([undefined, undefined]);
  });

  it('that can not be used waits for a person, is answered with 2xx and JSON, and is there once', async () => {
    const bad = child({ date_of_birth: '22012-01-01' });
    const answers = [await send('POST', '/cases', { data: bad }), await send('POST', '/cases', { data: bad })];
    for (const answer of answers) {
      expect([answer.status, answer.json()]).toEqual([
        200,
        {
          data: { id: expect.any(String), case_id: bad['case_id'] },
          review: expect.objectContaining({ state: 'quarantined' }),
        },
      ]);
      expect(answer.text).not.toMatch(/22012|Sreymom/);
    }
    const { review } = answers[0]!.json<{ review: { record: string; reason: string } }>();
    expect(review.reason).toMatch(/^date_of_birth: /);
    const kept = await sql('SELECT state FROM received_records WHERE record_id = $1', [review.record]);
    expect(kept).toEqual([{ state: 'quarantined' }]);
  });
});

describe('referrals of a case', () => {
  it('number 8: are a list, empty or not, with the fields that jobs read', async () => {
    const bare = await made({ services_section: [] });
    expect((await send('GET', `/cases/${bare.id}/referrals`)).json()).toEqual({ data: [] });
    const one = await made();
    const { data } = (await send('GET', `/cases/${one.id}/referrals`)).json<{ data: Row[] }>();
    expect(data).toMatchObject([
      {
        id: expect.any(String),
        type: 'Referral',
        status: 'in_progress',
        service_record_id: one.services_section[0]?.['unique_id'],
        notes: 'made-up note',
        record_id: one.id,
      },
    ]);
  });

  it('number 13: are answered by their status alone, and once', async () => {
    const one = await made();
    const [referral] = (await send('GET', `/cases/${one.id}/referrals`)).json<{ data: Row[] }>().data;
    const address = `/cases/${one.id}/referrals/${String(referral?.['id'])}`;
    const body = { data: { status: 'accepted', id: referral?.['id'], type: 'Referral', record_id: one.id } };
    const accepted = await send('PATCH', address, body);
    expect([accepted.status, accepted.json()]).toMatchObject([
      200,
      { data: { status: 'accepted', notes: 'made-up note' } },
    ]);
    const late = await send('PATCH', address, { data: { status: 'rejected', rejected_reason: 'No room' } });
    expect([late.status, late.json()]).toMatchObject([200, { data: { status: 'accepted' } }]);
    expect((await send('PATCH', address, { data: { status: 'done' } })).json()).toMatchObject({
      data: { status: 'done' },
    });
    const [row] = (await send('GET', `/cases/${one.id}`)).json<{ data: { services_section: Row[] } }>().data
      .services_section;
    expect(row).toMatchObject({ service_implemented: 'implemented' });
  });

  it('defect 18: say why they were rejected, and that they were taken back', async () => {
    const one = await made({
      services_section: ['a', 'b'].map(() => ({ unique_id: randomUUID(), service_type: 'food_service' })),
    });
    const { data } = (await send('GET', `/cases/${one.id}/referrals`)).json<{ data: Row[] }>();
    const [first, second] = data.map(({ id }) => `/cases/${one.id}/referrals/${String(id)}`) as [string, string];
    const rejected = await send('PATCH', first, { data: { status: 'rejected', rejected_reason: 'NO_CAPACITY' } });
    expect(rejected.json()).toMatchObject({ data: { status: 'rejected', rejected_reason: 'NO_CAPACITY' } });
    expect((await send('DELETE', second)).json()).toMatchObject({ data: { status: 'revoked' } });
  });

  it('are told for many cases at once', async () => {
    const [one, other] = [await made(), await made()];
    const { data, metadata } = (await send('GET', `/cases/referrals?ids=${one.id},${other.id}`)).json<List>();
    expect(data.map(({ record_id }) => record_id)).toEqual([one.id, other.id]);
    expect(metadata).toEqual({ total: 2, per: 1_000, page: 1 });
    const since = (
      await send('GET', `/cases/referrals?last_updated_at=${String(other['last_updated_at'])}..`)
    ).json<List>();
    expect(since.data.map(({ record_id }) => record_id)).toContain(other.id);
  });

  it('are not sent without the consent that covers the receiver, and the same request is the same draft', async () => {
    const one = await made();
    const body = { data: { transitioned_to: 'agency-NGO-ONE-user', service: 'food_service', notes: 'made-up' } };
    for (const answer of [
      await send('POST', `/cases/${one.id}/referrals`, body),
      await send('POST', `/cases/${one.id}/referrals`, body),
    ]) {
      expect([answer.status, answer.json()]).toMatchObject([
        422,
        {
          errors: [
            {
              status: 422,
              resource: '/api/v2/cases/:id/referrals',
              message: ['transition.errors.consent'],
              detail: 'consent',
            },
          ],
        },
      ]);
    }
    expect(await sql("SELECT state FROM referrals WHERE stream_id = $1 AND to_agency = 'NGO-ONE'", [one.id])).toEqual([
      { state: 'DRAFT' },
    ]);
    const nobody = await send('POST', `/cases/${one.id}/referrals`, { data: { transitioned_to: 'nobody' } });
    expect([nobody.status, nobody.json()]).toMatchObject([422, { errors: [{ detail: ['/transitioned_to'] }] }]);
  });

  it('have transitions, transfers, assignments, flags and alerts beside them', async () => {
    const one = await made();
    for (const [part, length] of [
      ['transitions', 1],
      ['transitions?types=Assign', 0],
      ['transfers', 0],
      ['assigns', 0],
      ['flags', 0],
      ['alerts', 0],
    ] as const) {
      const answer = await send('GET', `/cases/${one.id}/${part}`);
      expect([part, answer.status, answer.json<{ data: Row[] }>().data.length]).toEqual([part, 200, length]);
    }
    expect((await send('GET', '/alerts')).json()).toEqual({ data: { case: 0, incident: 0, tracing_request: 0 } });
  });
});
