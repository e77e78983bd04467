import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast } from '../support/survivors-cast.js';
import { planned, reportToRiver, triaged, type SurvivorCase } from '../support/survivors-stories.js';

interface Agency {
  id: string;
  type: string;
  province: string | null;
}

const provinces = Array.from({ length: 25 }, (_, index) => String(index + 1).padStart(2, '0'));

/** The provincial department of every province, with somebody in it. */
const cast = {
  agencies: [
    ...survivorsCast.agencies.filter(({ id }) => id !== 'PDOSVY-12'),
    ...provinces.map((province) => ({ id: `PDOSVY-${province}`, type: 'government', province })),
  ],
  staff: [
    ...survivorsCast.staff.filter(({ id }) => id !== 'province'),
    ...provinces.map((province) => ({
      id: `province-${province}`,
      agency: `PDOSVY-${province}`,
      roles: ['PDOSVY_SUP'],
    })),
    { id: 'officer-19', agency: 'PDOSVY-19', roles: ['OSVY_SW'] },
  ],
};

let program: Program;
let girl: SurvivorCase;
let watch: CaseWatch;
let transfer: string;
let received: string;

const unassigned = async (staff: string) =>
  (await program.as(staff).get<{ items: { caseId: string }[] }>('/worklists/unassigned')).items.map(
    ({ caseId }) => caseId,
  );

/** A girl of 16 from Stung Treng was helped where she worked; now she goes home. */
beforeAll(async () => {
  program = await startProgram(local('2026-04-20', '09:00'), cast);
  const facts = { ageAtReport: 16, dangerFlag: false, contactAbuse: false };
  girl = await reportToRiver(program, { givenNameKm: 'ណារី', sex: 'female', birthDate: '2009-12-12', facts });
  watch = new CaseWatch(program, girl.caseId);
  await triaged(girl);
  await planned(girl);
});
afterAll(() => program.stop());

describe('G-A8: a girl of 16 goes home to Stung Treng (19), and her case with her', () => {
  it('one department answers for her province, as for each of the 25', async () => {
    const agencies = await program.as('worker').get<Agency[]>('/agencies');
    for (const province of provinces) {
      const departments = agencies.filter((each) => each.type === 'government' && each.province === province);
      expect(departments.map(({ id }) => id)).toEqual([`PDOSVY-${province}`]);
    }
  });

  it('the organisation stays responsible until that department has accepted, which is asked only with her consent', async () => {
    const how = { type: 'transfer', reason: 'She moves home' };
    transfer = (await girl.worker.draftReferral('CASE_MANAGEMENT', 'PDOSVY-19', 'SOON', how)).id;
    expect(missing(await refusal(girl.worker.referral(transfer, 'sending')))).toEqual([
      'ConsentMissing CONSENT_SHARING',
    ]);
    await girl.worker.bothConsent('CONSENT_SHARING', { recipient: 'PDOSVY-19', childPermits: true });
    await girl.worker.referral(transfer, 'sending');
    await girl.worker.document('TRANSFER_SUMMARY');
    expect(missing(await refusal(girl.supervisor.take('A26')))).toEqual(['GuardUnmet A26.1']);
    expect(await watch.deadline('DA17')).toMatchObject({ status: 'due', dueAt: local('2026-04-23', '09:00') });
  });

  it('the request arrives in Stung Treng; the province in which she was helped sees that it waits, and no other', async () => {
    for (const province of provinces) {
      const { items } = await program
        .as(`province-${province}`)
        .get<{ items: { referralId: string }[] }>('/worklists/referrals-unanswered');
      expect(items.map(({ referralId }) => referralId)).toEqual(['12', '19'].includes(province) ? [transfer] : []);
    }
  });

  it('accepted within the time, the case is handed over, and no duty stays behind', async () => {
    await program.advance('P1D');
    await new CaseHand(program.as('province-19'), girl.caseId).referral(transfer, 'acceptance');
    expect(await watch.deadline('DA17')).toMatchObject({ status: 'met', inTime: true });
    await girl.supervisor.take('A26');
    expect((await girl.worker.view()).enrolment).toMatchObject({ state: 'TRANSFERRED', ended: true });
    expect(await watch.open()).toEqual([]);
  });

  it('in Stung Treng it waits, unassigned, for a person, where only her province looks', async () => {
    const { personId } = girl;
    const opened = { personId, agency: 'PDOSVY-19', openedFrom: girl.caseId, province: '19', district: '1904' };
    ({ id: received } = await program.as('province-19').post('/cases', { ...opened, synthetic: true }));
    for (const province of provinces) {
      expect(await unassigned(`province-${province}`)).toEqual(province === '19' ? [received] : []);
    }
  });

  it('a person takes it on: the district officer works with it from then on', async () => {
    const client = program.as('province-19');
    await client.post(`/cases/${received}/enrolment`, { pathway: 'A_OCSEA', facts: { dangerFlag: false } });
    await client.post(`/cases/${received}/assignment`, { owner: 'officer-19', agency: 'PDOSVY-19' });
    expect(await unassigned('province-19')).toEqual([]);
    const { items } = await program.as('officer-19').get<{ items: { caseId: string }[] }>('/worklists/mine');
    expect(items.map(({ caseId }) => caseId)).toContain(received);
    expect((await client.get<{ links: object[] }>(`/cases/${received}`)).links).toEqual([
      { caseId: girl.caseId, relation: 'follows' },
    ]);
  });
});
