import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDesk, rowId, type Desk } from './desk.spec.js';
import type { Fields } from './fields.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.primero.close());

const consents = { consent_for_services: true, disclosure_other_orgs: true };
const services_section = [{ unique_id: rowId, service_type: 'counselling' }];
const toCif = { transitioned_to: 'agency-cif-user', notes: 'Please see her', service_record_id: rowId };

/** Makes a case with a referral or transfer, and answers how to change that. */
async function begun(path: 'referrals' | 'transfers' | 'transfer_requests', sent: Fields = toCif) {
  const id = await desk.newCase({ ...consents, services_section, owned_by: 'mgrpnh' });
  const { body } = await desk.ask('POST', `/cases/${id}/${path}`, { data: sent });
  const address = `/cases/${id}/${path}/${String(body.data?.['id'])}`;
  const patch = async (data: Fields) => (await desk.ask('PATCH', address, { data })).body.data as Fields;
  return { id, made: body.data as Fields, patch, address };
}

async function inState(state: string) {
  const referral = await begun('referrals');
  if (state === 'accepted' || state === 'done') await referral.patch({ status: 'accepted' });
  if (state === 'done') await referral.patch({ status: 'done' });
  if (state === 'rejected') await referral.patch({ status: 'rejected' });
  if (state === 'revoked') await desk.ask('DELETE', referral.address);
  return referral;
}

describe('a referral in the simulated Primero', () => {
  it('begins in progress, shares the case, marks its service and raises an alert', async () => {
    const { id, made } = await begun('referrals');
    expect(made).toMatchObject({
      ...{ type: 'Referral', status: 'in_progress', record_id: id, record_type: 'case', ...toCif },
      ...{ transitioned_to_agency: 'agency-cif', transitioned_by: 'api', record_owned_by: 'mgrpnh', remote: false },
      record: { id, assigned_user_names: ['agency-cif-user'], services_section: [{ service_status_referred: true }] },
    });
    expect(made).not.toHaveProperty('rejected_reason');
    const alerts = await desk.ask('GET', `/cases/${id}/alerts`);
    expect(alerts.body.data).toMatchObject([{ alert_for: 'referral', form_unique_id: 'referral' }]);
  });

  it('needs both consents of the case, and a receiver who may receive: each is told', async () => {
    const id = await desk.newCase({ consent_for_services: true });
    const { status, body } = await desk.ask('POST', `/cases/${id}/referrals`, { data: { transitioned_to: 'reader' } });
    expect(status).toBe(422);
    expect(body.errors?.map(({ detail, message }) => [detail, message])).toEqual([
      ['consent', ['transition.errors.consent']],
      ['transitioned_to', ['transition.errors.to_user_can_receive']],
    ]);
    const overridden = { ...toCif, consent_overridden: true };
    expect((await desk.ask('POST', `/cases/${id}/referrals`, { data: overridden })).status).toBe(200);
  });

  it('to somebody elsewhere needs no receiver and shares nothing', async () => {
    const remote = { remote: true, transitioned_to_remote: 'A hospital', transitioned_to_agency: 'Elsewhere' };
    const { made, id } = await begun('referrals', remote);
    expect(made).toMatchObject({ ...remote, status: 'in_progress' });
    expect(await desk.caseNow(id)).not.toHaveProperty('assigned_user_names');
  });

  it.each<[string, Fields, string]>([
    ['in_progress', { status: 'accepted' }, 'accepted'],
    ['in_progress', { status: 'rejected' }, 'rejected'],
    ['in_progress', { status: 'done' }, 'in_progress'],
    ['in_progress', { status: 'revoked' }, 'in_progress'],
    ['accepted', { status: 'done' }, 'done'],
    ['accepted', { status: 'rejected' }, 'accepted'],
    ['rejected', { status: 'accepted' }, 'rejected'],
    ['done', { status: 'accepted' }, 'done'],
    ['revoked', { status: 'accepted' }, 'revoked'],
  ])('that is %s and is sent %j is %s, always with a 200', async (state, sent, now) => {
    const { address } = await inState(state);
    const { status, body } = await desk.ask('PATCH', address, { data: sent });
    expect([status, body.data?.['status']]).toEqual([200, now]);
  });

  it.each(['in_progress', 'accepted', 'rejected', 'done', 'revoked'])('that is %s can be revoked', async (state) => {
    const { address } = await inState(state);
    const { status, body } = await desk.ask('DELETE', address);
    expect([status, body.data?.['status']]).toEqual([200, 'revoked']);
  });

  it('when accepted leaves the case and its time of change as they are', async () => {
    const { id, patch } = await begun('referrals');
    const before = await desk.caseNow(id);
    desk.clock.advance('PT1H');
    expect(await patch({ status: 'accepted' })).toMatchObject({ responded_at: desk.clock.now() });
    expect(await desk.caseNow(id)).toEqual(before);
  });

  it('when rejected keeps the reason and takes the case back from the receiver', async () => {
    const { id, patch } = await begun('referrals');
    expect(await patch({ status: 'rejected', rejected_reason: 'No capacity' })).toMatchObject({
      rejected_reason: 'No capacity',
    });
    expect((await desk.caseNow(id))['assigned_user_names']).toEqual([]);
  });

  it('when done puts the note into the row of the service', async () => {
    const { id, patch } = await begun('referrals');
    await patch({ status: 'accepted' });
    await patch({ status: 'done', rejection_note: 'Seen twice' });
    expect((await desk.caseNow(id))['services_section']).toMatchObject([
      { unique_id: rowId, service_type: 'counselling', note_on_referral_from_provider: 'Seen twice' },
    ]);
  });

  it('honours nothing but the status of a full body, as jobs send it', async () => {
    const { id, patch, made } = await begun('referrals');
    const sent = { status: 'accepted', id: made['id'], type: 'Transfer', record_id: rowId, notes: 'changed' };
    expect(await patch(sent)).toMatchObject({ type: 'Referral', record_id: id, notes: toCif.notes });
  });

  it('can be answered by its receiver and by nobody else who sees little', async () => {
    const { made, address } = await begun('referrals');
    const answer = (as: string) => desk.ask('PATCH', address, { data: { status: 'accepted' } }, as);
    expect(made['user_can_accept_or_reject']).toBe(false);
    expect((await answer('agency-cif-user')).body.data).toMatchObject({ status: 'accepted' });
    const other = await begun('referrals', { ...toCif, transitioned_to: 'mgrpnh' });
    expect((await desk.ask('PATCH', other.address, { data: { status: 'accepted' } }, 'agency-cif-user')).status).toBe(
      403,
    );
  });

  it('for many cases stops at the first that fails, and earlier ones stay', async () => {
    const [first, second, third] = [await desk.newCase(consents), await desk.newCase(), await desk.newCase(consents)];
    const data = { ids: [first, second, third], transitioned_to: 'agency-cif-user' };
    expect((await desk.ask('POST', '/cases/referrals', { data })).status).toBe(422);
    const counts = [first, second, third].map((id) => desk.primero.state.transitionsOf(id).length);
    expect(counts).toEqual([1, 0, 0]);
    const tooMany = { ...data, ids: Array.from({ length: 101 }, () => first) };
    expect((await desk.ask('POST', '/cases/referrals', { data: tooMany })).status).toBe(422);
    expect((await desk.ask('POST', '/cases/referrals', { data: { ...data, ids: [first] } })).body.data).toHaveLength(1);
  });
});

describe('a transfer in the simulated Primero', () => {
  it('changes the owner when it is accepted, and a revoked one does not change it back', async () => {
    const { id, patch } = await begun('transfers');
    await patch({ status: 'accepted' });
    const owned = { owned_by: 'agency-cif-user', owned_by_agency_id: 'agency-cif', previously_owned_by: 'mgrpnh' };
    expect(await desk.caseNow(id)).toMatchObject(owned);
    expect(await patch({ status: 'revoked' })).toMatchObject({ status: 'revoked' });
    expect(await desk.caseNow(id)).toMatchObject(owned);
  });

  it('that is rejected leaves the owner, and is answered once', async () => {
    const { id, patch } = await begun('transfers');
    await patch({ status: 'rejected', rejected_reason: 'Too far' });
    expect(await patch({ status: 'accepted' })).toMatchObject({ status: 'rejected' });
    expect(await desk.caseNow(id)).toMatchObject({ owned_by: 'mgrpnh' });
  });

  it('is asked for by a request, which becomes one when it is granted', async () => {
    const { id, patch } = await begun('transfer_requests', { notes: 'Mine', consent_individual_transfer: true });
    await patch({ status: 'accepted' });
    const { body } = await desk.ask('GET', `/cases/${id}/transfers`);
    expect(body.data).toMatchObject([{ status: 'in_progress', transitioned_to: 'api', consent_overridden: true }]);
  });
});

describe('an assignment in the simulated Primero', () => {
  it('is done at once, for one case or later for those that match', async () => {
    const id = await desk.newCase({ name_first: 'Example' });
    const one = await desk.ask('POST', `/cases/${id}/assigns`, { data: { transitioned_to: 'mgrpnh' } });
    expect(one.body.data).toMatchObject({ type: 'Assign', status: 'done' });
    const bulk = { transitioned_to: 'api', filters: { id: [id] } };
    expect((await desk.ask('POST', '/cases/assigns', { data: bulk })).body).toEqual({ data: bulk });
    expect((await desk.ask('POST', '/cases/assigns', { data: { ids: [id] } })).status).toBe(422);
    expect(await desk.caseNow(id)).toMatchObject({ owned_by: 'api', previously_owned_by: 'mgrpnh' });
  });

  it('shows among all hand-overs of a case, of all kinds or of some', async () => {
    const { id } = await begun('referrals');
    await desk.ask('POST', `/cases/${id}/assigns`, { data: { transitioned_to: 'api' } });
    const types = async (query: string) =>
      (await desk.ask('GET', `/cases/${id}/transitions${query}`)).body.data?.map(({ type }) => type);
    expect(await types('')).toEqual(['Referral', 'Assign']);
    expect(await types('?types=Assign,Transfer')).toEqual(['Assign']);
  });
});

describe('flags and alerts in the simulated Primero', () => {
  it('are held by the case', async () => {
    const { id } = await begun('referrals');
    const flag = await desk.ask('POST', `/cases/${id}/flags`, { data: { date: '2026-12-01', message: 'Look again' } });
    const address = `/cases/${id}/flags/${String(flag.body.data?.['id'])}`;
    expect((await desk.ask('PATCH', address, { data: { unflag_message: 'Seen' } })).body.data).toMatchObject({
      removed: true,
    });
    expect((await desk.ask('GET', `/cases/${id}/flags`)).body.data).toHaveLength(1);
    const [alert] = (await desk.ask('GET', `/cases/${id}/alerts`)).body.data ?? [];
    const before = (await desk.ask('GET', '/alerts')).body.data?.['case'];
    expect((await desk.ask('DELETE', `/cases/${id}/alerts/${String(alert?.['unique_id'])}`)).status).toBe(204);
    expect((await desk.ask('GET', '/alerts')).body.data?.['case']).toBe(Number(before) - 1);
  });
});

describe('the staff of the simulated Primero', () => {
  it('change, assign, refer and answer without the interface', async () => {
    const { staff, state } = desk.primero;
    const { id } = staff.openCase('api', consents);
    const referral = staff.refer('api', id, { transitioned_to: 'mgrpnh' });
    staff.rejectReferral('mgrpnh', id, referral.id, 'Too far');
    const again = staff.refer('api', id, { transitioned_to: 'mgrpnh' });
    staff.acceptReferral('mgrpnh', id, again.id);
    staff.changeCase('api', id, { risk_level: 'high' });
    expect(state.transitionsOf(id).map(({ status }) => status)).toEqual(['rejected', 'accepted']);
    expect(await desk.caseNow(id)).toMatchObject({ risk_level: 'high' });
  });
});
