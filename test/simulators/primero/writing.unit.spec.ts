import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { caseId, module, openDesk, rowId, type Desk } from './desk.spec.js';
import type { Fields } from './fields.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.primero.close());

const post = (data: Fields) => desk.ask('POST', '/cases', { data });
const patch = (id: string, data: Fields) => desk.ask('PATCH', `/cases/${id}`, { data });

/** What a new case holds of the fields that were sent. */
async function keptOf(fields: Fields): Promise<Fields> {
  const stored = await desk.caseNow(await desk.newCase(fields));
  return Object.fromEntries(Object.entries(stored).filter(([name]) => name in fields));
}

async function pointersOf(fields: Fields): Promise<unknown> {
  const { status, body } = await post({ module_id: module, ...fields });
  return status === 422 ? body.errors?.[0]?.['detail'] : status;
}

describe('a new case in the simulated Primero', () => {
  beforeEach(() => {
    desk.primero.state.cases.clear();
    desk.primero.state.caseIds.clear();
  });

  it('is answered with its fields, or with nothing when the client chose the id', async () => {
    expect((await post({ module_id: module, sex: 'female' })).body.data).toMatchObject({
      sex: 'female',
      enabled: true,
    });
    const chosen = await post({ module_id: module, id: caseId });
    expect([chosen.status, chosen.text]).toEqual([204, '']);
  });

  it('is a conflict when its id or its case_id is taken', async () => {
    await post({ module_id: module, id: caseId, case_id: 'A' });
    expect((await post({ module_id: module, id: caseId })).status).toBe(409);
    expect((await post({ module_id: module, case_id: 'A' })).body.errors).toEqual([
      { status: 409, resource: '/api/v2/cases', message: 'Conflict: A record with this id already exists' },
    ]);
  });

  it('without a module loses everything but the core fields, and is a success', async () => {
    const { status, body } = await post({ name_first: 'Example', sex: 'female', owned_by: 'mgrpnh' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ owned_by: 'mgrpnh' });
    expect(body.data).not.toHaveProperty('sex');
    expect(body.data).not.toHaveProperty('name_first');
  });

  it('wrapped twice loses everything', async () => {
    const { status, body } = await post({ data: { module_id: module, sex: 'female' } });
    expect([status, body.data?.['sex']]).toEqual([200, undefined]);
  });

  it('without data is refused', async () => {
    expect((await desk.ask('POST', '/cases', {})).status).toBe(422);
  });

  it('loses unknown fields and wrong shapes in silence', async () => {
    const sent = {
      favourite_colour: 'blue',
      sex: ['female'],
      protection_concerns: 'migrant',
      services_section: [rowId, { unique_id: rowId, service_type: 'counselling', favourite: 1 }],
    };
    expect(await keptOf(sent)).toEqual({ services_section: [{ unique_id: rowId, service_type: 'counselling' }] });
  });

  it.each<[string, Fields, unknown]>([
    ['a module that is none', { module_id: 'primeromodule-x' }, ['/module_id']],
    ['an id in capitals', { id: caseId.toUpperCase() }, ['/id']],
    ['a text that is a bare date', { national_id_no: '2025-10-06' }, ['/national_id_no']],
    ['a text that is a moment', { name_first: '2021-11-09T10:20:12.384Z' }, ['/name_first']],
    ['a number for a text', { mosvy_number: 12 }, ['/mosvy_number']],
    ['a moment for a day', { date_of_birth: '2015-01-01T00:00:00Z' }, ['/date_of_birth']],
    ['a day with slashes', { date_of_birth: '2015/01/01' }, ['/date_of_birth']],
    ['a day that is none', { date_of_birth: '2015-02-31' }, ['/date_of_birth']],
    ['a null tick', { consent_for_services: null }, ['/consent_for_services']],
    ['a worded tick', { consent_for_services: 'true' }, ['/consent_for_services']],
    ['an option in capitals', { sex: 'Female' }, ['/sex']],
    ['an empty option', { risk_level: '' }, ['/risk_level']],
    ['an option of a list that is missing', { legitimate_basis: ['consent'] }, ['/legitimate_basis']],
    ['a word for a number', { age: '14' }, ['/age']],
    ['a number past 32 bits', { age: 2 ** 31 }, ['/age']],
    [
      'a day for a moment in a row',
      row({ service_response_day_time: '2026-01-01' }),
      [at('service_response_day_time')],
    ],
    ['an unknown service type in a row', row({ service_type: 'Counselling' }), [at('service_type')]],
    ['a row with a null id', { services_section: [{ unique_id: null }] }, [at('unique_id')]],
    ['a row with an id in capitals', { services_section: [{ unique_id: rowId.toUpperCase() }] }, [at('unique_id')]],
  ])('is refused whole with %s', async (_, fields, pointers) => {
    expect(await pointersOf(fields)).toEqual(pointers);
  });

  it('is refused for a birth in a year to come by the model, with a key of a text', async () => {
    const { status, body } = await post({ module_id: module, date_of_birth: '2027-01-01' });
    expect([status, body.errors?.[0]]).toEqual([
      422,
      {
        status: 422,
        resource: '/api/v2/cases',
        detail: 'date_of_birth',
        message: ['errors.models.child.date_of_birth'],
      },
    ]);
  });

  it('takes null for an option and a day, any text for a place, and flags as words or not', async () => {
    const sent = { sex: null, date_of_birth: null, location_current: 'nowhere', urgent_protection_concern: 'true' };
    expect(await keptOf(sent)).toEqual(sent);
    expect(await keptOf({ consent_reporting: true, family_id: 5 })).toEqual({ consent_reporting: true, family_id: 5 });
  });

  it('lets a day past the end of a month run over into the next', async () => {
    const sent = row({ service_response_day_time: '2025-02-31T10:00:00Z' });
    expect(await keptOf(sent)).toMatchObject(row({ service_response_day_time: '2025-03-03T10:00:00.000Z' }));
  });

  it('makes the name, the ids, the owner and the times itself', async () => {
    const stored = await desk.caseNow(await desk.newCase({ name_first: 'A', name_middle: 'B', name_last: 'C' }));
    const unique = String(stored['unique_identifier']);
    expect(stored).toMatchObject({
      name: 'A B C',
      case_id: unique,
      short_id: unique.slice(-7),
      case_id_display: unique.slice(-7),
      owned_by: 'api',
      owned_by_agency_id: 'agency-mosvy',
      created_by: 'api',
      workflow: 'new',
      status: 'open',
      record_state: true,
      last_updated_at: '2026-11-23T02:00:00.000Z',
    });
  });

  it('follows the response type of its newest service in its workflow', async () => {
    const id = await desk.newCase(row({ service_response_type: 'referral_from_oscar' }));
    expect((await desk.caseNow(id))['workflow']).toBe('referral_from_oscar');
    await patch(id, row({ service_implemented: 'implemented' }));
    expect((await desk.caseNow(id))['workflow']).toBe('services_implemented');
    await patch(id, { status: 'closed' });
    expect((await desk.caseNow(id))['workflow']).toBe('closed');
  });
});

describe('a changed case in the simulated Primero', () => {
  it('is answered with what changed, and nothing else', async () => {
    const id = await desk.newCase({ sex: 'female', risk_level: 'low' });
    desk.clock.advance('PT1M');
    const { body } = await patch(id, { risk_level: 'high', sex: 'female' });
    expect(body.data).toEqual({ id, risk_level: 'high', last_updated_at: desk.clock.now() });
  });

  it('keeps its ids and its maker whatever is sent', async () => {
    const id = await desk.newCase();
    const before = await desk.caseNow(id);
    await patch(id, { id: caseId, case_id: 'B', case_id_display: 'B', short_id: 'B', created_by: 'reader' });
    expect(await desk.caseNow(id)).toEqual({ ...before, last_updated_at: desk.clock.now() });
  });

  it('merges rows by their id, adds unknown ones, and adds one without an id again at each time', async () => {
    const id = await desk.newCase(row({ service_type: 'counselling', service_provider: 'A' }));
    await patch(id, row({ service_provider: 'B' }));
    const nameless = { services_section: [{ service_type: 'family_support' }] };
    await patch(id, nameless);
    await patch(id, nameless);
    const services = (await desk.caseNow(id))['services_section'] as Fields[];
    expect(services).toHaveLength(3);
    expect(services[0]).toEqual({ unique_id: rowId, service_type: 'counselling', service_provider: 'B' });
    expect(new Set(services.map(({ unique_id }) => unique_id)).size).toBe(3);
  });

  it('loses a row by _destroy, and not by _delete, null or an empty list', async () => {
    const id = await desk.newCase(row({ service_type: 'counselling' }));
    const rows = async () => ((await desk.caseNow(id))['services_section'] as Fields[]).length;
    await patch(id, row({ _delete: true }));
    await patch(id, { services_section: null });
    await patch(id, { services_section: [] });
    expect(await rows()).toBe(1);
    await patch(id, row({ _destroy: true }));
    expect(await rows()).toBe(0);
  });

  it('keeps choices through null, and loses them by an empty list', async () => {
    const id = await desk.newCase({ protection_concerns: ['migrant'] });
    await patch(id, { protection_concerns: null });
    expect((await desk.caseNow(id))['protection_concerns']).toEqual(['migrant']);
    await patch(id, { protection_concerns: [] });
    expect((await desk.caseNow(id))['protection_concerns']).toEqual([]);
  });

  it('knows no version: the last one wins', async () => {
    const id = await desk.newCase({ risk_level: 'low' });
    const { headers } = await desk.ask('GET', `/cases/${id}`);
    expect(headers.get('etag')).toBeNull();
    await patch(id, { risk_level: 'high' });
    await patch(id, { risk_level: 'medium' });
    expect((await desk.caseNow(id))['risk_level']).toBe('medium');
  });

  it('takes no more than its action names', async () => {
    const id = await desk.newCase({ sex: 'female' });
    await desk.ask('PATCH', `/cases/${id}`, { data: { status: 'closed', sex: 'male' }, record_action: 'close' });
    expect(await desk.caseNow(id)).toMatchObject({ status: 'closed', sex: 'female' });
  });

  it('is disabled when deleted, and comes back by record_state alone', async () => {
    const id = await desk.newCase();
    expect((await desk.ask('DELETE', `/cases/${id}`)).body).toEqual({ data: { id } });
    expect(await desk.caseNow(id)).toMatchObject({ enabled: false });
    await patch(id, { status: true });
    expect(await desk.caseNow(id)).toMatchObject({ enabled: false });
    await patch(id, { record_state: true });
    expect(await desk.caseNow(id)).toMatchObject({ enabled: true });
  });
});

function row(fields: Fields): Fields {
  return { services_section: [{ unique_id: rowId, ...fields }] };
}

function at(field: string): string {
  return `/services_section/0/${field}`;
}
