import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { ExchangeDesk } from '../exchange-desk.spec.js';
import { FakePrimero } from '../fake-primero.spec.js';

let desk: ExchangeDesk;
let primero: FakePrimero;

beforeAll(async () => {
  desk = await ExchangeDesk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  primero = new FakePrimero();
  primero.now = desk.clock.now();
  const url = await primero.server.start();
  desk.connect([desk.target({ id: 'mosvy', system: 'primero', url, users: { cif: 'agency-cif-user' } })]);
  for (const table of ['exchange_owed', 'sent_records', 'exchange_targets']) await desk.change(`DELETE FROM ${table}`);
});
afterEach(() => primero.server.stop());

const told = async () => (await desk.sent()).map(({ kind, state, reason }) => ({ kind, state, reason }));

describe('a case of ours', () => {
  it('is made at a Primero that a consent names, once, whole, and is known to have arrived', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    await desk.send();
    const there = primero.cases.get(caseId);
    expect(there).toMatchObject({ id: caseId, case_id: caseId, module_id: 'primeromodule-cp', risk_level: 'high' });
    expect(there).toMatchObject({ name_first: 'ស្រីមុំ (Sreymom)', location_current: '17020304' });
    expect(await told()).toEqual([{ kind: 'case', state: 'confirmed', reason: null }]);
    expect(await desk.owed()).toEqual([]);
    await desk.send();
    expect(primero.server.calls('POST', /cases$/)).toHaveLength(1);
    const traces = await desk.rows(`SELECT reader, purpose FROM read_audit WHERE $1 = ANY (case_ids)`, [caseId]);
    expect(traces).toEqual([{ reader: 'exchange mosvy', purpose: 'exchange' }]);
  });

  it('defect 10: goes nowhere without a consent, and the refusal is on record', async () => {
    await desk.openCase();
    await desk.send();
    expect(primero.server.heard).toEqual([]);
    expect(await told()).toEqual([{ kind: 'case', state: 'ignored', reason: 'consent_missing' }]);
    expect(await desk.owed()).toEqual([]);
  });

  it('stops leaving when the consent is withdrawn, also where it was queued already (G-X4)', async () => {
    const caseId = await desk.openCase();
    const [consentId] = await desk.consent(caseId, 'primero');
    primero.server.next.push(() => ({ status: 500, text: '<html>' }));
    await desk.send();
    await desk.execute(caseId, 'WithdrawConsent', { consentId: consentId as string, giver: 'child' });
    desk.clock.advance('PT1H');
    await desk.send();
    expect(primero.cases.size).toBe(0);
    expect((await told()).at(-1)).toEqual({ kind: 'case', state: 'ignored', reason: 'consent_withdrawn' });
  });

  it('is changed, not made again, when Primero has it already (409), and never loses its owner there', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    primero.cases.set(caseId, { id: caseId, owned_by: 'somebody', services_section: [] });
    primero.server.next.push(() => ({ status: 404, json: {} }));
    await desk.send();
    expect(primero.cases.get(caseId)).toMatchObject({ owned_by: 'somebody', name_last: 'សុខ (Sok)' });
    const [patch] = primero.server.calls('PATCH', /./);
    expect(Object.keys((patch?.json as { data: object }).data)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(id|case_id|owned_by|assigned_user_names)$/)]),
    );
  });

  it('that lost a field over there says which, and not what stood in it', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    primero.dropped = ['name_last', 'risk_level'];
    await desk.send();
    expect(await desk.sent()).toMatchObject([{ kind: 'case', state: 'sent', findings: ['name_last', 'risk_level'] }]);
  });

  it('defects 2 and 12: hears what Primero corrected before it speaks, and lowers no risk', async () => {
    const caseId = await desk.openCase({}, 'low');
    await desk.consent(caseId, 'primero');
    await desk.send();
    primero.cases.set(caseId, { ...primero.cases.get(caseId), risk_level: 'high', name_first: 'Other' });
    await desk.change(`UPDATE sent_records SET state = 'pending'`);
    await desk.oweAgain('mosvy', caseId);
    await desk.exchange.sweepOnce();
    expect(primero.cases.get(caseId)).toMatchObject({ risk_level: 'high', name_first: 'ស្រីមុំ (Other)' });
    expect(await desk.rows('SELECT risk FROM case_summary WHERE stream_id = $1', [caseId])).toEqual([{ risk: 'high' }]);
  });

  it('keeps what both sides put right, also where the answer to its making was lost', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    // It is made, and the answer never comes.
    const made = { id: caseId, case_id: caseId, module_id: 'primeromodule-cp', name_first: 'ស្រីមុំ (Sreymom)' };
    primero.server.next.push(undefined, () => {
      primero.cases.set(caseId, { ...made, name_last: 'សុខ (Sok)', last_updated_at: '2026-03-16T02:30:00.000Z' });
      return { status: 200, cut: true };
    });
    await desk.send();
    primero.cases.set(caseId, { ...primero.cases.get(caseId), name_first: 'ស្រីមុំ (Srey Mom)' });
    await desk.rename(caseId, { familyNameLatin: 'Soc' });
    desk.clock.advance('PT1H');
    await desk.send();
    const names = { name_first: 'ស្រីមុំ (Srey Mom)', name_last: 'សុខ (Soc)' };
    expect(primero.cases.get(caseId)).toMatchObject(names);
    expect((await desk.childOf(caseId)).identity).toMatchObject({ givenNameLatin: 'Srey Mom', familyNameLatin: 'Soc' });
  });

  it('takes one that appears between looking and making for theirs: it is heard before it is changed', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    primero.server.next.push((heard) => {
      expect(heard.method).toBe('GET');
      const theirs = { id: caseId, case_id: caseId, module_id: 'primeromodule-cp', name_nickname: 'Mom' };
      primero.cases.set(caseId, { ...theirs, last_updated_at: '2026-03-16T02:30:00.000Z' });
      return { status: 404, json: { errors: [] } };
    });
    await desk.send();
    expect((await desk.childOf(caseId)).identity).toMatchObject({ nickname: 'Mom' });
    expect(primero.cases.get(caseId)).toMatchObject({ name_nickname: 'Mom', name_first: 'ស្រីមុំ (Sreymom)' });
  });

  it('defect 7: that could not be sent is sent later, by itself', async () => {
    const ids = [];
    for (let each = 0; each < 3; each += 1) {
      ids.push(await desk.openCase());
      await desk.consent(ids[each] as string, 'primero');
      desk.clock.advance('PT1M');
    }
    primero.server.next.push(...Array.from({ length: 3 }, () => () => ({ status: 502, text: '<html>' })));
    await desk.send();
    expect(primero.cases.size).toBe(0);
    for (let round = 0; round < 5; round += 1) {
      desk.clock.advance('PT1M');
      await desk.send();
    }
    expect([...primero.cases.keys()].sort()).toEqual(ids.sort());
    expect(await desk.owed()).toEqual([]);
  });

  it('defect 9: that Primero refuses waits alone, with the names of the fields', async () => {
    const bad = await desk.openCase();
    const good = await desk.openCase();
    for (const each of [bad, good]) await desk.consent(each, 'primero');
    const refusal = { errors: [{ status: 422, message: 'Invalid Record JSON', detail: ['/location_current'] }] };
    const refuse = { status: 422, json: refusal };
    primero.server.next.push(...Array.from({ length: 8 }, () => refusing(bad, refuse)));
    await desk.send();
    expect([...primero.cases.keys()]).toEqual([good]);
    const parked = (await desk.sent()).find(({ state }) => state === 'parked');
    expect(parked).toMatchObject({ reason: 'refused /location_current' });
    expect(await desk.owed()).toEqual([]);
  });
});

const refusing =
  (caseId: string, answer: { status: number; json: object }) =>
  ({ method, json }: { method: string; json: unknown }) =>
    method === 'POST' && (json as { data: { id: string } }).data.id === caseId ? answer : undefined;

const refusingReferral =
  (answer: { status: number; json: object }) =>
  ({ method, path }: { method: string; path: string }) =>
    method === 'POST' && path.endsWith('/referrals') ? answer : undefined;

describe('a referral', () => {
  it('is made once, known by its service row, and its answers are moved step by step', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    await desk.consent(caseId, 'cif');
    const referralId = await desk.refer(caseId, 'cif');
    await desk.send();
    expect(primero.referrals.get(caseId)).toMatchObject([
      { status: 'in_progress', service_record_id: referralId, transitioned_to: 'agency-cif-user' },
    ]);
    const cif = { id: 'cw-1', roles: ['NGO_CW' as const], agency: 'cif', province: '17' };
    await desk.execute(caseId, 'AcceptReferral', { referralId }, cif);
    await desk.send();
    await desk.send();
    expect(primero.referrals.get(caseId)).toMatchObject([{ status: 'accepted' }]);
    expect(primero.server.calls('POST', /referrals$/)).toHaveLength(1);
    await desk.execute(caseId, 'RevokeReferral', { referralId, reason: 'OTHER' });
    await desk.send();
    expect(primero.referrals.get(caseId)).toMatchObject([{ status: 'revoked' }]);
  });

  it('shows only what is staged before it is accepted, where no consent names the system', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'cif');
    await desk.refer(caseId, 'cif', { text: 'She told me everything' });
    await desk.send();
    const there = primero.cases.get(caseId);
    expect(there).toMatchObject({ sex: 'female', location_current: '1702' });
    expect(JSON.stringify(there)).not.toMatch(/Sreymom|Sok|2013|everything|17020304/);
    expect(there?.['name_first']).toMatch(/^K-/);
  });

  it('that Primero refused for want of a consent goes by itself once there is one, and waits for nobody any more', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'cif');
    await desk.refer(caseId, 'cif');
    const refusal = { errors: [{ status: 422, message: 'transition.errors.consent', detail: ['consent'] }] };
    primero.server.next.push(...Array.from({ length: 8 }, () => refusingReferral({ status: 422, json: refusal })));
    await desk.send();
    const referrals = async () =>
      (await desk.sent()).filter(({ kind }) => kind === 'referral').map(({ state, reason }) => `${state} ${reason}`);
    expect(await referrals()).toEqual(['parked refused consent']);
    primero.server.next.length = 0;
    await desk.oweAgain('mosvy', caseId);
    await desk.send();
    expect(primero.referrals.get(caseId)).toBeUndefined();
    for (const giver of ['child', 'caregiver'] as const) {
      const services = { kind: 'CONSENT_SERVICES', giver, manner: 'thumbprint' as const, language: 'km' };
      await desk.execute(caseId, 'GiveConsent', { consentId: randomUUID(), ...services });
    }
    await desk.send();
    expect(primero.referrals.get(caseId)).toHaveLength(1);
    expect(await referrals()).toEqual(['ignored superseded', 'confirmed null']);
  });

  it('is made with its consent overridden where an exception stands in, once somebody else approved it', async () => {
    const caseId = await desk.openCase();
    const exceptionId = randomUUID();
    const why = { code: 'EX8', reason: 'the court decided', reaskOn: '2026-12-01' };
    const kinds = ['CONSENT_SERVICES', 'CONSENT_SHARING'];
    await desk.execute(caseId, 'RecordConsentException', { exceptionId, kinds, ...why });
    await desk.execute(caseId, 'RecordDocument', { documentId: randomUUID(), code: 'BIA' });
    const supervisor = { id: 'sup-1', roles: ['PDOSVY_SUP' as const], agency: 'osvy-1', province: '17' };
    await desk.execute(caseId, 'ApproveConsentException', { exceptionId }, supervisor);
    await desk.refer(caseId, 'cif');
    await desk.send();
    const [made] = primero.server.calls('POST', /referrals$/);
    expect(made?.json).toMatchObject({ data: { transitioned_to: 'agency-cif-user', consent_overridden: true } });
  });

  it('to an agency in conflict of interest is not told of', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    await desk.consent(caseId, 'cif');
    const referralId = await desk.refer(caseId, 'cif');
    await desk.execute(caseId, 'DeclareConflict', {
      conflictId: referralId,
      ...{ subject: 'agency', ref: 'cif', reason: 'Related' },
    });
    await desk.send();
    expect(primero.referrals.size).toBe(0);
    expect(primero.cases.get(caseId)?.['services_section']).toEqual([]);
    expect(await told()).toContainEqual({ kind: 'referral', state: 'ignored', reason: 'conflict_of_interest' });
  });
});

describe('an urgent lane', () => {
  it('defect 16: sends a survivor of exploitation ahead of all that has waited longer', async () => {
    for (let each = 0; each < 12; each += 1) {
      await desk.consent(await desk.openCase(), 'primero');
      desk.clock.advance('PT1M');
    }
    const urgent = await desk.openCase({ pathwayId: 'A_OCSEA' });
    await desk.consent(urgent, 'primero');
    await desk.follow();
    const lanes = await desk.rows<{ stream_id: string }>('SELECT stream_id FROM exchange_owed WHERE urgent');
    expect(lanes).toEqual([{ stream_id: urgent }]);
    await desk.exchange.sweepOnce();
    const made = primero.server.calls('POST', /cases$/).map(({ json }) => (json as { data: { id: string } }).data.id);
    expect([made.length, made.indexOf(urgent) < 4]).toEqual([13, true]);
  });
});

describe('what has not changed', () => {
  it('defect 16: is not sent again, however often everything is looked through', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    await desk.send();
    const heard = primero.server.heard.length;
    for (let hour = 0; hour < 3; hour += 1) {
      desk.clock.advance('PT1H');
      await desk.send();
    }
    expect(primero.server.heard).toHaveLength(heard);
  });
});

describe('a target in trouble', () => {
  it('that asks for patience is left alone for as long as it says', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    primero.server.next.push(() => ({ status: 429, headers: { 'retry-after': '120' }, json: {} }));
    await desk.send();
    desk.clock.advance('PT1M');
    await desk.send();
    expect(primero.server.heard).toHaveLength(1);
    desk.clock.advance('PT2M');
    await desk.send();
    expect(primero.cases.size).toBe(1);
  });

  it('is asked by one to see whether it is back, after five failures', async () => {
    for (let each = 0; each < 8; each += 1) await desk.consent(await desk.openCase(), 'primero');
    primero.server.next.push(...Array.from({ length: 8 }, () => () => ({ status: 503, text: 'away' })));
    for (let round = 0; round < 3; round += 1) await desk.send();
    expect(primero.server.heard.length).toBe(8);
    const before = primero.server.heard.length;
    await desk.send();
    expect(primero.server.heard).toHaveLength(before);
    for (let round = 0; round < 4; round += 1) {
      desk.clock.advance('PT2M');
      await desk.send();
    }
    expect(primero.cases.size).toBe(8);
    expect(await desk.rows('SELECT failures, open_until FROM exchange_targets')).toEqual([
      { failures: 0, open_until: null },
    ]);
  });

  it('defect 17: never sees the secret anywhere but in the header, and no row holds it', async () => {
    await desk.consent(await desk.openCase(), 'primero');
    await desk.send();
    expect(primero.server.heard.every(({ headers }) => headers.authorization?.startsWith('Basic '))).toBe(true);
    for (const table of ['exchange_owed', 'sent_records', 'exchange_targets', 'read_audit']) {
      const rows = await desk.rows(`SELECT t::text AS row FROM ${table} t`);
      expect(JSON.stringify(rows)).not.toMatch(/not-a-real-one|Sreymom/);
    }
  });
});
