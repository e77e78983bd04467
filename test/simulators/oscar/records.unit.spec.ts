import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { externalId, openDesk, referral, system, type Desk } from './desk.spec.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.oscar.close());

const person = {
  ...{ given_name: 'Julia', family_name: 'Test', gender: 'female', date_of_birth: '2012-02-02' },
  ...{ local_given_name: 'យូលី', local_family_name: 'តេស្ត', location: '12110417' },
};

const open = (organization = 'cif', fields = {}) => desk.oscar.staff.openClient(organization, { ...person, ...fields });
const services = (item: Record<string, unknown> | undefined) => item?.['services'] as Record<string, unknown>[];

describe('a list of clients in the simulated OSCaR', () => {
  it('shows the clients of every connected organisation by name, without a page or a consent', async () => {
    for (let count = 0; count < 30; count += 1) open();
    open('tpo');
    open('holt');
    const items = await desk.listed();
    expect(items).toHaveLength(31);
    expect(new Set(items.map((item) => item['organization_name']))).toEqual(new Set(['cif', 'tpo']));
  });

  it('leaves out whoever has no name, gender or birth date', async () => {
    open('cif', { gender: '' });
    open('cif', { date_of_birth: '' });
    open('cif', { given_name: '', local_given_name: '' });
    open('cif', { given_name: '' });
    expect(await desk.listed()).toMatchObject([{ given_name: '', local_given_name: 'យូលី' }]);
  });

  it('shows a referred client first, with its risk and no local name', async () => {
    const own = open('cif', { given_name: 'Own' });
    const referred = open();
    desk.oscar.staff.referOut(referred, system, { services: ['Kinship care'], reason: 'needs kin', risk: 'high' });
    const [first, second] = await desk.listed();
    expect(first).toMatchObject({ slug: referred.slug, level_of_risk: 'high', is_referred: true, organization_id: 46 });
    expect(first).not.toHaveProperty('resource');
    expect(first).not.toHaveProperty('local_given_name');
    expect(services(first)).toEqual([
      {
        ...{ program_name: null, enrollment_date: null, referral_id: 1, referral_status: 'Referred' },
        ...{ uuid: '1a1accbd-90a9-4c71-a077-2595322744cb', name: 'Kinship care' },
      },
    ]);
    expect(second).toMatchObject({ slug: own.slug, resource: null, services: [], external_id: '', mosvy_number: '' });
    expect(second).not.toHaveProperty('level_of_risk');
  });

  it('finds no referral for an account that stands for no system', async () => {
    desk.oscar.staff.referOut(open(), system, { services: ['Kinship care'], reason: 'x', risk: 'high' });
    const headers = await desk.signIn('nobody@example.org');
    const { body } = await desk.ask('GET', '/organizations/clients', undefined, headers);
    expect(body.data).toMatchObject([{ resource: null }]);
  });

  it.each([
    ['2022-12-19+00:00:00', 2],
    ['2026-11-24T23:59:59.400Z', 1],
    ['2026-11-24 23:59:59', 1],
    ['2026-11-24', 1],
    ['2026-11-25', 0],
  ])('since %s goes by days: %d', async (since, count) => {
    open();
    desk.clock.advance('PT24H');
    open();
    expect(await desk.listed(`?since_date=${since}`)).toHaveLength(count);
  });

  it('until an end shows those made in between, and no referred one', async () => {
    open();
    desk.oscar.staff.referOut(open(), system, { services: ['Kinship care'], reason: 'x', risk: 'low' });
    const items = await desk.listed('?since_date=2026-11-23T00:00:00Z&end_date=2026-11-23T12:00:00Z');
    expect(items).toHaveLength(1);
    expect(await desk.listed('?since_date=2026-11-20&end_date=2026-11-21')).toEqual([]);
  });

  it('takes a link for an origin: its own client is called one of Primero', async () => {
    const { global_id } = open();
    desk.clock.advance('PT24H');
    const data = [{ global_id, external_id: externalId, external_id_display: '5a04e68', is_referred: false }];
    expect((await desk.ask('PUT', '/organizations/clients/update_links/', { data })).body).toEqual({
      message: 'Record saved.',
    });
    expect(await desk.listed()).toMatchObject([{ resource: 'primero', external_id: externalId }]);
    expect(await desk.listed('?since_date=2026-11-24')).toEqual([]);
  });

  it('passes over a link to nobody, and breaks without data', async () => {
    const data = [{ global_id: '01C1P15MBWYBWDG2WYRG08VCFR', external_id: externalId }];
    expect((await desk.ask('PUT', '/organizations/clients/update_links', { data })).status).toBe(200);
    const broken = await desk.ask('PUT', '/organizations/clients/update_links', {});
    expect([broken.status, broken.headers.get('content-type')]).toEqual([500, expect.stringContaining('text/html')]);
  });

  it('shows enrolments once a client is linked', async () => {
    const client = open('cif', { external_id: externalId });
    desk.oscar.staff.enrol(client, 'Foster care', '2026-10-01', ['Emergency foster care']);
    expect(services((await desk.listed())[0])).toEqual([
      {
        ...{ program_name: 'Foster care', enrollment_date: '2026-10-01', name: 'Emergency foster care' },
        uuid: '155c6b46-ac10-4226-b9fd-6e117111b08c',
      },
    ]);
  });
});

describe('a record sent to the simulated OSCaR', () => {
  it('without a global id is a referral that waits, and no client', async () => {
    const { status, body } = await desk.upsert({});
    expect([status, body]).toEqual([200, { external_id: externalId, message: 'Record saved.' }]);
    expect(desk.oscar.state.referrals).toMatchObject([
      { id: 1, referral_status: 'Referred', saved: false, date_of_referral: '2026-11-23', ngo_name: system },
    ]);
    expect(await desk.listed()).toEqual([]);
  });

  it('becomes a client when it is accepted, under the identity that waited', async () => {
    await desk.upsert({});
    const [waiting] = desk.oscar.state.referrals;
    const client = desk.oscar.staff.acceptReferral(waiting!);
    expect(client.global_id).toBe(waiting!.client_global_id);
    const [item] = await desk.listed();
    expect(item).toMatchObject({ status: 'Accepted', resource: 'primero', external_id: externalId });
    expect(services(item)).toMatchObject([{ referral_id: 1, referral_status: 'Accepted' }]);
  });

  it('becomes a client that has left when it is rejected', async () => {
    await desk.upsert({});
    desk.oscar.staff.rejectReferral(desk.oscar.state.referrals[0]!);
    const [item] = await desk.listed();
    expect(item).toMatchObject({ status: 'Exited' });
    expect(services(item)).toMatchObject([{ referral_status: 'Exited' }]);
  });

  it('again while it waits is a second referral of one identity', async () => {
    await desk.upsert({});
    await desk.upsert({ services: [{ name: 'Kinship care' }] });
    const [first, second] = desk.oscar.state.referrals;
    expect(second!.client_global_id).toBe(first!.client_global_id);
  });

  it('again once there is a client, without a global id, is refused', async () => {
    await desk.upsert({});
    desk.oscar.staff.acceptReferral(desk.oscar.state.referrals[0]!);
    const { status, body } = await desk.upsert({});
    expect([status, body]).toEqual([
      422,
      {
        external_id: externalId,
        message: 'Record was found.',
        errors: { global_id: 'global_id must exist.', referral_status: 'referral_status must be present.' },
      },
    ]);
    expect((await desk.upsert({ global_id: '01C1P15MBWYBWDG2WYRG08VCFR' })).status).toBe(422);
  });

  it.each([
    ['no risk', { level_of_risk: undefined }, 'level_of_risk'],
    ['a risk in other words', { level_of_risk: 'no_action' }, 'level_of_risk'],
    ['a service by an unknown name', { services: [{ name: 'no such' }] }, 'services'],
    ['no service', { services: [] }, 'services'],
  ])('with %s is refused, and leaves an identity behind', async (_, fields, field) => {
    const { status, body } = await desk.upsert(fields);
    expect([status, Object.keys(body['message'] as object)]).toEqual([422, [field]]);
    expect(desk.oscar.state.globalIds.size).toBe(1);
    expect(desk.oscar.state.referrals).toEqual([]);
  });

  it('of a known identity overwrites its first client, and wipes what the interface can not carry', async () => {
    const client = open('cif', { reason_for_referral: 'ours', relevant_referral_information: 'ours' });
    const { global_id } = client;
    await desk.upsert({
      global_id,
      is_referred: false,
      given_name: 'Latin',
      location_current_village_code: '',
      address_current_village_code: '',
    });
    expect(client).toMatchObject({
      ...{ given_name: 'Latin', local_given_name: '', local_family_name: '', location: '' },
      ...{ reason_for_referral: '', relevant_referral_information: '', external_id: externalId },
    });
  });

  it('of a known identity is a referral, too, when it says so and the organisation has the client', async () => {
    const { global_id, id } = open();
    await desk.upsert({ global_id });
    expect(desk.oscar.state.referrals).toMatchObject([{ client_id: id, saved: true }]);
    await desk.upsert({ global_id, organization_name: 'tpo' });
    expect(desk.oscar.state.referrals).toHaveLength(1);
  });

  it('of a known identity is refused for a gender or a status that is none, or when nobody has it', async () => {
    const { global_id } = open();
    expect((await desk.upsert({ global_id, gender: 'girl', is_referred: false })).body['message']).toEqual({
      gender: ['is not included in the list'],
    });
    expect((await desk.upsert({ global_id, referral_status: 'Rejected' })).body['message']).toBe(
      "Referral status must be one of ['Accepted', 'Exited', 'Referred'].",
    );
    await desk.upsert({ external_id: 'b' });
    const waiting = desk.oscar.state.referrals[0]!.client_global_id;
    const missing = await desk.upsert({ global_id: waiting });
    expect([missing.status, missing.body]).toEqual([404, { global_id: waiting, message: 'Record not found.' }]);
  });

  it('for no organisation is refused, and for an unknown one breaks in HTML', async () => {
    expect((await desk.upsert({ organization_name: '' })).body).toEqual({
      message: 'Record error. Please check OSCaR logs for details.',
    });
    expect((await desk.ask('POST', '/organizations/clients/upsert', {})).status).toBe(422);
    const broken = await desk.upsert({ organization_name: 'nowhere' });
    expect([broken.status, broken.text]).toEqual([500, expect.stringContaining('<html>')]);
  });

  it('numbers referrals for each organisation, so that a number stands in several', async () => {
    await desk.upsert({});
    await desk.upsert({ organization_name: 'tpo' });
    expect(desk.oscar.state.referrals.map(({ id }) => id)).toEqual([1, 1]);
  });
});

describe('answers sent to the simulated OSCaR', () => {
  const put = (data: object[]) => desk.ask('PUT', '/organizations/referrals/update_statuses/', { data });

  it('are written one by one: what came before a bad one stays', async () => {
    await desk.upsert({});
    await desk.upsert({ organization_name: 'tpo' });
    const [first, second] = desk.oscar.state.referrals.map(({ id, client_global_id }) => ({
      ...{ referral_id: id, client_global_id },
      referral_status: 'Accepted',
    }));
    const { status, body } = await put([first!, { ...first, referral_id: 99 }, second!]);
    expect([status, body['message']]).toEqual([422, 'Record error. Please check OSCaR logs for details.']);
    expect(desk.oscar.state.referrals.map(({ referral_status }) => referral_status)).toEqual(['Accepted', 'Referred']);
    expect((await put([second!])).body).toEqual({ message: 'Record saved.' });
    expect((await put([{ ...first, referral_status: 'Rejected' }])).status).toBe(422);
  });
});

describe('a question about a duplicate', () => {
  it('is answered in words alone', async () => {
    open();
    const ask = async (fields: Record<string, string>) =>
      (await desk.ask('GET', `/organizations/clients/check_duplication?${new URLSearchParams(fields).toString()}`))
        .body;
    expect(await ask({ given_name: 'JULIA', family_name: 'Test', address_current_village_code: '12' })).toEqual({
      similar_fields: 'Record was Found',
    });
    expect(await ask({ given_name: 'Julia', gender: 'male' })).toEqual({ similar_fields: 'Record was not found' });
  });
});

describe('the staff of the simulated OSCaR', () => {
  it('change and exit clients, and give them workers', async () => {
    const { staff } = desk.oscar;
    const client = staff.openClient('cif', person, { name: 'A worker', mobile: '012' });
    staff.changeClient(client, { given_name: 'Other' });
    staff.exitClient(client, 'Client refused service');
    expect(await desk.listed()).toMatchObject([
      { given_name: 'Other', status: 'Exited', case_worker_name: 'A worker', case_worker_mobile: '012' },
    ]);
    expect(referral.given_name).not.toBe('Other');
  });
});
