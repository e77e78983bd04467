import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import type { Directory } from '../support/directory.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

interface Listed {
  caseId: string;
  referralId: string;
  definition: string;
  state: string;
  nextProvider: string | null;
}

interface Providers {
  nextProvider: string | null;
  providers: {
    agency: string;
    fits: boolean;
    free: number;
    reasons: { code: string; text: { en: string; km: string } }[];
  }[];
}

/** An organisation, three counselling services and the province; one of the three works with the suspect. */
const cast: Directory = {
  agencies: [
    { id: 'NGO-RIVER', type: 'ngo', province: '12' },
    { id: 'CALM', type: 'psychosocial', province: '12' },
    { id: 'HARBOUR', type: 'psychosocial', province: '12' },
    { id: 'SHELTERED', type: 'psychosocial', province: '12' },
    { id: 'WIDE', type: 'psychosocial', province: '12' },
    { id: 'PDOSVY-12', type: 'government', province: '12' },
    { id: 'MOSVY', type: 'government' },
  ],
  staff: [
    { id: 'worker', agency: 'NGO-RIVER', roles: ['NGO_CW'] },
    { id: 'lead', agency: 'NGO-RIVER', roles: ['NGO_SUP'] },
    { id: 'director', agency: 'NGO-RIVER', roles: ['AGENCY_HEAD'] },
    { id: 'calm', agency: 'CALM', roles: ['PSYCHOSOCIAL'] },
    { id: 'harbour', agency: 'HARBOUR', roles: ['PSYCHOSOCIAL'] },
    { id: 'wide', agency: 'WIDE', roles: ['PSYCHOSOCIAL'] },
    { id: 'province', agency: 'PDOSVY-12', roles: ['PDOSVY_SUP'] },
    { id: 'ministry', agency: 'MOSVY', roles: ['MOSVY_CPD'] },
  ],
};

const service = 'counselling_abuse_survivors';

let program: Program;
let caseId: string;
let worker: CaseHand;
let watch: CaseWatch;
let referral: string;

const list = async (staff: string, address: string) =>
  (await program.as(staff).get<{ items: Listed[] }>(`/worklists/${address}?limit=100`)).items.filter(
    (each) => each.caseId === caseId,
  );
const unanswered = async (staff: string) =>
  (await list(staff, 'referrals-unanswered')).map(({ state, nextProvider }) => [state, nextProvider]);
const searching = async () =>
  (await list('worker', 'mine'))
    .filter(({ definition }) => definition === 'R02')
    .map(({ nextProvider }) => nextProvider);
const providers = () => program.as('worker').get<Providers>(`/cases/${caseId}/referrals/${referral}/providers`);

const offer = (agency: string, more: object = {}) =>
  program.as('ministry').post('/directory/services', {
    agency,
    service,
    districts: ['1202'],
    capacity: 3,
    startsOn: '2026-01-01',
    ...more,
  });

/** A Tuesday morning. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-03', '09:00'), cast);
  const child = { sex: 'female', province: '12', district: '1202', synthetic: true };
  const { id: personId } = await program.as('worker').post('/persons', child);
  const opened = {
    personId,
    pathway: 'A_OCSEA',
    agency: 'NGO-RIVER',
    owner: 'worker',
    province: '12',
    synthetic: true,
  };
  caseId = (await program.as('worker').post('/cases', opened)).id;
  worker = new CaseHand(program.as('worker'), caseId);
  watch = new CaseWatch(program, caseId);
});
afterAll(() => program.stop());

describe('SR-18: a girl who needs counselling is not answered', () => {
  it('the directory knows who gives it: near, with room, and not suspected', async () => {
    await offer('CALM', { capacity: 5 });
    await offer('HARBOUR');
    await offer('SHELTERED', { capacity: 9 });
    await offer('WIDE', { districts: [], provinces: ['12'], capacity: 50 });
    const conflict = { subject: 'agency', ref: 'SHELTERED', reason: 'The suspect works there' };
    await program.as('worker').post(`/cases/${caseId}/conflicts`, conflict);
    referral = (await worker.draftReferral(service, 'CALM', 'URGENT')).id;
    const found = await providers();
    expect(found.nextProvider).toBe('CALM');
    expect(found.providers.map(({ agency, fits }) => [agency, fits])).toEqual([
      ['CALM', true],
      ['HARBOUR', true],
      ['WIDE', true],
      ['SHELTERED', false],
    ]);
    const [refused] = found.providers.at(-1)!.reasons.filter(({ code }) => code === 'CONFLICT_OF_INTEREST');
    expect(refused?.text).toMatchObject({ en: 'Conflict of interest', km: 'ទំនាស់ផលប្រយោជន៍' });
  });

  it('while she waits for the first, the second is named already, but not to the first', async () => {
    await worker.bothConsent('CONSENT_SHARING', { recipient: 'CALM' });
    await worker.referral(referral, 'sending');
    expect(await unanswered('worker')).toEqual([['SENT', 'HARBOUR']]);
    expect(await unanswered('calm')).toEqual([['SENT', null]]);
    expect(await searching()).toEqual([]);
  });

  it('SR-70: meanwhile the need is recorded, because it is not met', async () => {
    const recorded = await program.as('worker').post(`/cases/${caseId}/unmet-needs`, { service, why: 'NO_CAPACITY' });
    expect(recorded.events).toEqual(['UnmetNeedRecorded']);
  });

  it('after 24 hours it expires, and the search for another provider begins with a name', async () => {
    await program.advance('PT24H');
    expect(await unanswered('worker')).toEqual([['EXPIRED', 'HARBOUR']]);
    expect(await searching()).toEqual(['HARBOUR']);
    const deadlines = await program.as('worker').get<Listed[]>(`/cases/${caseId}/deadlines`);
    const named = deadlines.filter(({ nextProvider }) => nextProvider !== null);
    expect(named).toMatchObject([{ definition: 'R02', status: 'due', nextProvider: 'HARBOUR' }]);
    expect(
      (await providers()).providers.find(({ agency }) => agency === 'CALM')?.reasons.map(({ code }) => code),
    ).toContain('ALREADY_ASKED');
  });

  it('the second has no room any more when it comes to it: the third is named', async () => {
    const [entry] = (
      await program.as('ministry').get<{ items: { entryId: string; agency: string }[] }>('/directory/services')
    ).items.filter(({ agency }) => agency === 'HARBOUR');
    await program.as('ministry').patch(`/directory/services/${entry!.entryId}`, { paused: true });
    expect(await searching()).toEqual(['WIDE']);
    await program.as('ministry').patch(`/directory/services/${entry!.entryId}`, { paused: false });
    expect(await searching()).toEqual(['HARBOUR']);
  });

  it('sent on and accepted, the search is over, a place is taken, and the need is met', async () => {
    await worker.bothConsent('CONSENT_SHARING', { recipient: 'HARBOUR' });
    await worker.referral(referral, 'sending', { toAgency: 'HARBOUR' });
    expect(await watch.deadline('R02')).toMatchObject({ status: 'met', inTime: true });
    expect(await unanswered('worker')).toEqual([['SENT', 'WIDE']]);
    const answer = await new CaseHand(program.as('harbour'), caseId).referral(referral, 'acceptance');
    expect(answer.events).toContain('UnmetNeedMet');
    expect(await unanswered('worker')).toEqual([]);
    expect(await searching()).toEqual([]);
    const { unmetNeeds } = await worker.view();
    expect(unmetNeeds).toMatchObject([{ service, metAt: program.now(), referralId: referral }]);
    const harbour = (await providers()).providers.find(({ agency }) => agency === 'HARBOUR');
    expect(harbour).toMatchObject({ free: 2, fits: false });
  });

  it('SR-38: what the referral goes through is what every referral goes through', async () => {
    const harbour = new CaseHand(program.as('harbour'), caseId);
    await harbour.referral(referral, 'start');
    await harbour.referral(referral, 'completion', { text: 'She sleeps again' });
    expect((await worker.view()).referrals).toMatchObject([{ state: 'COMPLETED', attempt: 2 }]);
    expect((await providers()).providers.find(({ agency }) => agency === 'HARBOUR')?.free).toBe(3);
  });
});
