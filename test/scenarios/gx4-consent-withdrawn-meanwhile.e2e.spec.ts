import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually } from '../support/eventually.js';
import { exchangeCast } from '../support/exchange-cast.js';
import { startAmongOthers, type ProgramAmongOthers } from '../support/other-systems.js';
import { local } from '../support/phnom-penh.js';

interface ExchangeRecord {
  readonly state: string;
  readonly reason: string | null;
}

let others: ProgramAmongOthers;
/** Cases of one batch, each with the consents of its child and of the mother. */
const batch: { caseId: string; personId: string; consents: string[] }[] = [];

/** More than are sent at the same time. */
const size = 20;

const worker = () => others.program.as('worker');
const nameOf = (index: number): string => `Synthetic ${'abcdefghijklmnopqrst'.charAt(index)}`;
const identity = (index: number) => ({
  givenNameLatin: nameOf(index),
  familyNameLatin: 'Sok',
  birthDate: '2013-05-01',
});

async function consentedCase(index: number): Promise<void> {
  const person = { sex: 'female', province: '02', synthetic: true, identity: identity(index) };
  const { id: personId } = await worker().post('/persons', person);
  const { id: caseId } = await worker().post('/cases', { personId, owner: 'worker', province: '02', synthetic: true });
  const consents: string[] = [];
  for (const giver of ['child', 'caregiver']) {
    const consent = { kind: 'CONSENT_SHARING', giver, manner: 'thumbprint', language: 'km', recipient: 'primero' };
    consents.push((await worker().post(`/cases/${caseId}/consents`, consent)).id);
  }
  batch.push({ caseId, personId, consents });
}

async function withdraw(index: number): Promise<void> {
  const { caseId, consents } = batch[index]!;
  for (const id of consents) await worker().post(`/cases/${caseId}/consents/${id}/withdrawal`, { giver: 'child' });
}

/** What went to Primero about a child, its name or its case: method and how it was answered. */
const toldOf = (index: number) =>
  others.primero.requests
    .filter(({ method }) => method !== 'GET')
    .filter(({ body = '', url }) => body.includes(nameOf(index)) || url.includes(batch[index]!.caseId));

/** Whether Primero was asked what it has of the case, which is the first thing that is done when its turn has come. */
const isAskedFor = (index: number): boolean =>
  others.primero.requests.some(({ fault, url }) => fault === 'slow' && url.includes(`/cases/${batch[index]!.caseId}`));

const recordsOf = async (index: number) => {
  const { items } = await others.program
    .as('ministry')
    .get<{ items: ExchangeRecord[] }>(`/exchange/records?caseId=${batch[index]!.caseId}`);
  return items.map(({ state, reason }) => `${state} ${reason}`);
};

beforeAll(async () => {
  const ministry = { id: 'ministry', agency: 'mosvy', roles: ['MOSVY_CPD'] };
  const cast = { ...exchangeCast, staff: [...exchangeCast.staff, ministry] };
  others = await startAmongOthers(local('2026-03-02', '09:00'), cast);
  // So that they wait in one batch.
  others.primero.faults.add({ kind: 'throttled', retryAfterSeconds: 3_600 });
  for (let index = 0; index < size; index += 1) await consentedCase(index);
  await others.program.exchange();
});
afterAll(() => others.stop());

describe('G-X4: consent is withdrawn while a batch is being sent', () => {
  it('nothing of a child leaves that waits its turn, nor of one whose turn has begun', async () => {
    await withdraw(0);
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    others.primero.faults.clear();
    others.primero.faults.add({ kind: 'slow', until });
    const running = others.program.advance('PT2H').then(() => others.program.exchange());
    await eventually(() => expect(batch.findIndex((_, index) => isAskedFor(index))).toBeGreaterThan(-1));
    const begun = batch.findIndex((_, index) => isAskedFor(index));
    const waiting = batch.findLastIndex((_, index) => !isAskedFor(index));
    expect(waiting).toBeGreaterThan(begun);
    await withdraw(begun);
    await withdraw(waiting);
    release();
    await running;
    others.primero.faults.clear();
    await others.program.advance('PT1H');
    await others.program.exchange();
    const withdrawn = [0, begun, waiting];
    expect(withdrawn.flatMap(toldOf)).toEqual([]);
    const sent = batch.filter(({ caseId }) => others.primero.state.cases.has(caseId));
    expect(sent).toHaveLength(batch.length - withdrawn.length);
    for (const index of withdrawn) expect((await recordsOf(index))[0]).toBe('ignored consent_withdrawn');
  });

  it('what becomes of a child whom Primero knows is not told there after the withdrawal', async () => {
    const known = batch.findIndex(({ caseId }) => others.primero.state.cases.has(caseId));
    const before = toldOf(known).length;
    await withdraw(known);
    const renamed = { sex: 'female', identity: { ...identity(known), familyNameLatin: 'Chan' } };
    await worker().patch(`/persons/${batch[known]!.personId}`, renamed);
    await others.program.exchange();
    expect(toldOf(known)).toHaveLength(before);
    expect((await recordsOf(known))[0]).toBe('ignored consent_withdrawn');
  });
});
