import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { receiveRecord } from '#libs/record-exchange';
import { ExchangeDesk } from '../exchange-desk.spec.js';
import { FakePrimero } from '../fake-primero.spec.js';
import { ExchangeRecords } from './exchange-records.js';
import { targetStates } from './target-states.js';

let desk: ExchangeDesk;
let primero: FakePrimero;
let records: ExchangeRecords;

beforeAll(async () => {
  desk = await ExchangeDesk.open();
  records = new ExchangeRecords(desk.spean);
});
afterAll(() => desk.close());
beforeEach(async () => {
  primero = new FakePrimero();
  primero.now = desk.clock.now();
  const url = await primero.server.start();
  desk.connect([desk.target({ id: 'mosvy', system: 'primero', url })]);
  await desk.follow();
  for (const table of ['exchange_owed', 'sent_records', 'exchange_targets']) await desk.change(`DELETE FROM ${table}`);
});
afterEach(() => primero.server.stop());

const staff = { id: 'exchange-1', roles: ['INTEGRATION' as const], agency: 'spean' };
const ministry = { id: 'cpd-1', roles: ['MOSVY_CPD' as const], agency: 'mosvy' };

const unusable = (id: string) => ({
  id,
  case_id: id,
  module_id: 'primeromodule-cp',
  name_first: 'Dara',
  sex: 'male',
  date_of_birth: '22012-01-01',
});

async function sentCase(): Promise<string> {
  const caseId = await desk.openCase();
  await desk.consent(caseId, 'primero');
  await desk.send();
  return caseId;
}

describe('the ledger', () => {
  it('shows what came and went, without what stands in it', async () => {
    const caseId = await sentCase();
    const [record] = await records.list({ caseId, limit: 10 }, staff);
    expect(record).toMatchObject({ direction: 'out', target: 'mosvy', kind: 'case', state: 'confirmed', caseId });
    expect(JSON.stringify(record)).not.toMatch(/Sreymom|sealed|person/);
  });

  it('opens a record to those who may see all of the case, and to nobody who may not', async () => {
    const caseId = await sentCase();
    const [{ id } = { id: '' }] = await records.list({ caseId, limit: 1 });
    expect((await records.open(id, staff))?.identity).toMatchObject({ record: { name_first: 'ស្រីមុំ (Sreymom)' } });
    expect((await records.open(id, ministry))?.identity).toBeNull();
    await desk.execute(caseId, 'DeclareConflict', {
      conflictId: randomUUID(),
      ...{ subject: 'staff', ref: 'exchange-1', reason: 'Related' },
    });
    expect(await records.open(id, staff)).toBeUndefined();
    expect(await records.list({ caseId, limit: 1 }, staff)).toEqual([]);
    expect(await records.replay(id, staff)).toBe(false);
  });

  it('defect 8: sends a parked record again when somebody asks, as the case stands now', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    const refusal = { status: 422, json: { errors: [{ status: 422, detail: ['/sex'] }] } };
    primero.server.next.push(undefined, () => refusal);
    await desk.send();
    const [parked] = await records.list({ caseId, state: 'parked', limit: 1 });
    expect(parked).toMatchObject({ reason: 'refused /sex', lastStatus: 422 });
    expect(await records.replay(parked?.id ?? '')).toBe(true);
    await desk.exchange.sweepOnce();
    expect(primero.cases.has(caseId)).toBe(true);
    expect(await records.list({ caseId, limit: 5 })).toMatchObject([{ state: 'confirmed', attempts: 2 }]);
  });

  it('takes in a corrected record in place of one that could not be used', async () => {
    const id = randomUUID();
    await receiveRecord(desk.spean, 'primero', unusable(id), { target: 'mosvy' });
    const [bad] = await records.list({ state: 'quarantined', direction: 'in', limit: 1 });
    expect(bad).toMatchObject({ target: 'mosvy', caseId: null, reason: expect.stringMatching(/^date_of_birth/) });
    const still = { ...unusable(id), name_first: 'Other' };
    await expect(records.correct(bad?.id ?? '', still)).rejects.toMatchObject({ code: 'still_unusable' });
    expect(await records.correct(bad?.id ?? '', { ...unusable(id), date_of_birth: '2012-01-01' })).toBe(true);
    expect(await records.open(bad?.id ?? '', staff)).toMatchObject({ state: 'ignored', reason: 'corrected' });
    expect(await desk.rows('SELECT FROM case_summary WHERE stream_id = $1', [id])).toHaveLength(1);
    await expect(records.correct(bad?.id ?? '', {})).rejects.toMatchObject({ code: 'not_quarantined' });
  });

  it('defect 7: does a stretch of time once more without doing anything twice', async () => {
    const from = desk.clock.now();
    for (let each = 0; each < 3; each += 1) await sentCase();
    desk.clock.advance('PT1S');
    const to = desk.clock.now();
    expect(await records.replayAll({ target: 'mosvy', direction: 'out', state: 'confirmed', from, to })).toBe(3);
    await desk.exchange.sweepOnce();
    expect(primero.server.calls('POST', /cases$/)).toHaveLength(3);
    expect(primero.server.calls('PATCH', /./)).toEqual([]);
  });

  it('forgets what was sent of a child who is forgotten, and sends nothing more', async () => {
    const caseId = await sentCase();
    const [row] = await desk.rows<{ person_id: string }>('SELECT person_id FROM case_summary WHERE stream_id = $1', [
      caseId,
    ]);
    await desk.spean.commands.eraseAgain({
      ...{ erasureId: randomUUID(), people: [row?.person_id ?? ''], cases: [caseId] },
      ...{ because: 'retention_over', proposedBy: 'sup-1', approvedBy: 'sup-2', at: desk.clock.now() },
    });
    const [{ id } = { id: '' }] = await records.list({ caseId, limit: 1 });
    expect(await desk.rows('SELECT sealed FROM sent_records WHERE sent_id = $1', [id])).toEqual([{ sealed: null }]);
    const asked = primero.server.heard.length;
    await desk.send();
    expect(primero.server.heard).toHaveLength(asked);
    await expect(records.replay(id)).rejects.toMatchObject({ code: 'erased' });
  });
});

describe('those who look after the exchange', () => {
  it('see how a target fares', async () => {
    const caseId = await desk.openCase();
    await desk.consent(caseId, 'primero');
    primero.server.next.push(() => ({ status: 502, text: '<html>' }));
    await desk.send();
    const [target] = desk.targets;
    expect(await targetStates(desk.spean, target === undefined ? [] : [target])).toMatchObject([
      { target: 'mosvy', breaker: 'closed', failures: 1, owed: 1, urgent: 0, lastError: 'in_trouble', parked: 0 },
    ]);
  });

  it('see what they have, what we have, and what differs, by names of fields', async () => {
    const [same, other, gone] = [await sentCase(), await sentCase(), await sentCase()];
    primero.cases.set(other, { ...primero.cases.get(other), name_last: 'Other' });
    primero.cases.delete(gone);
    const theirs = { ...unusable(randomUUID()), date_of_birth: '2012-01-01', last_updated_at: primero.now };
    primero.cases.set(theirs.id, theirs);
    const [work] = desk.exchange.works;
    const report = await work?.connector.reconcile();
    expect(report?.onlyOurs).not.toContain(same);
    expect(report).toMatchObject({
      theirs: 3,
      onlyTheirs: [theirs.id],
      onlyOurs: expect.arrayContaining([gone]),
      differing: [{ caseId: other, fields: ['name_last'] }],
      unreadable: [],
    });
  });
});
