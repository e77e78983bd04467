import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { milliseconds } from '#libs/calendar';
import { CaseHand } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast, toWorker } from '../support/survivors-cast.js';

const exposure = local('2026-03-05', '08:00');
const disclosure = local('2026-03-08', '16:00');
const hour = 3_600_000;

const closed = {
  en: 'This window had already closed when it was reported; the service is still owed.',
  km: 'រយៈពេលនេះបានផុតកំណត់រួចហើយ នៅពេលទទួលបានរបាយការណ៍ ប៉ុន្តែនៅតែត្រូវផ្តល់សេវា។',
};

let program: Program;
let caseId: string;
let worker: CaseHand;
let supervisor: CaseHand;

const deadline = (key: string) => program.deadline(caseId, key);
const told = async (of: string) => (await program.escalations(caseId, of)).map((each) => [each.at, ...each.told]);
const at = (time: string) => program.advanceTo(local('2026-03-08', time));

/** A Sunday, which no clinical window knows of. */
beforeAll(async () => {
  program = await startProgram(disclosure, survivorsCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'ចន្ធី', birthDate: '2011-11-20' };
  const child = { sex: 'female', identity, province: '12', synthetic: true };
  const { id: personId } = await program.as('worker').post('/persons', child);
  const facts = { ageAtReport: 14, dangerFlag: false, contactAbuse: true, disclosedAt: disclosure };
  const opened = { personId, pathway: 'A_OCSEA', owner: 'worker', province: '12', facts, synthetic: true };
  caseId = (await program.as('worker').post('/cases', opened)).id;
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  [worker, supervisor] = [hand('worker'), hand('lead')];
});
afterAll(() => program.stop());

describe('G-A3: a girl of 14 tells of contact abuse at hour 80', () => {
  it('while nobody knows when it was, the windows run from the report', async () => {
    expect(await deadline('DA05')).toMatchObject({ status: 'due', dueAt: local('2026-03-11', '16:00'), notice: null });
    expect(await deadline('DA06')).toMatchObject({ status: 'due', dueAt: local('2026-03-13', '16:00'), notice: null });
  });

  it('once it is known, the window for prophylaxis is said to have closed before anybody was told', async () => {
    await at('16:20');
    expect(milliseconds(exposure, disclosure)).toBe(80 * hour);
    await worker.facts({ exposureAt: exposure });
    expect(await deadline('DA05.1')).toMatchObject({ status: 'cancelled' });
    for (const key of ['DA05', 'DA07']) {
      expect(await deadline(key)).toMatchObject({
        status: 'overdue',
        startedAt: exposure,
        dueAt: local('2026-03-08', '08:00'),
        notice: closed,
      });
    }
  });

  it('the window of 120 hours still runs', async () => {
    expect(await deadline('DA06')).toMatchObject({ status: 'due', dueAt: local('2026-03-10', '08:00'), notice: null });
    expect(milliseconds(disclosure, (await deadline('DA06'))?.dueAt ?? '')).toBe(40 * hour);
  });

  it('what was missed is told at once to supervisor and director; reminders that come too late are not sent', async () => {
    await at('16:30');
    for (const key of ['DA05', 'DA07']) {
      const escalations = await program.escalations(caseId, key);
      expect(escalations.map((each) => [each.at, each.recordedAt, ...each.told])).toEqual([
        [local('2026-03-08', '08:00'), local('2026-03-08', '16:20'), 'lead'],
        [local('2026-03-08', '12:00'), local('2026-03-08', '16:20'), 'director'],
      ]);
    }
    const overdue = await program.as('lead').get<{ items: object[] }>('/worklists/overdue?ageBand=0-24h');
    expect(overdue.items).toMatchObject([
      { caseId, definition: 'DA05', overdueHours: 8 },
      { caseId, definition: 'DA07', overdueHours: 8 },
    ]);
  });

  it('health is opened all the same, with her consent and her mother’s', async () => {
    await worker.document('INTAKE_REPORT');
    await supervisor.take('A01', {
      assignee: toWorker,
      attestations: [{ guard: 'A01.2', reason: 'No earlier record' }],
    });
    await worker.track('HEALTH', 'OFFERED');
    expect(missing(await refusal(worker.track('HEALTH', 'CONSENTED')))).toEqual(['GuardUnmet HEALTH.CONSENTED.1']);
    await worker.bothConsent('CONSENT_MEDICAL');
    await worker.track('HEALTH', 'CONSENTED');
    const referralId = (await worker.draftReferral('HEALTH', 'HOSPITAL-12', 'EMERGENCY')).id;
    expect(missing(await refusal(worker.referral(referralId, 'sending')))).toEqual(['ConsentMissing CONSENT_SHARING']);
    await worker.bothConsent('CONSENT_SHARING', { recipient: 'HOSPITAL-12' });
    await worker.referral(referralId, 'sending');
    await at('17:00');
    await new CaseHand(program.as('doctor'), caseId).referral(referralId, 'acceptance');
    expect(await deadline('DA17')).toMatchObject({ status: 'met', inTime: true });
  });

  it('she is seen in the evening: too late for one, in time for the other', async () => {
    await at('18:30');
    await worker.track('HEALTH', 'ATTENDED', { place: 'HOSPITAL-12' });
    expect(await deadline('DA05')).toMatchObject({ status: 'met', inTime: false, recordedLate: false, notice: closed });
    expect(await deadline('DA07')).toMatchObject({ status: 'met', inTime: false });
    expect(await deadline('DA06')).toMatchObject({ status: 'met', inTime: true });
  });

  it('nobody further up is told once she was seen', async () => {
    const before = [await told('DA05'), await told('DA06'), await told('DA07')];
    await program.advance('P5D');
    expect([await told('DA05'), await told('DA06'), await told('DA07')]).toEqual(before);
    expect(before[1]).toEqual([]);
  });

  it('the record shows what was known before and after the time of exposure', async () => {
    const before = (await worker.view(local('2026-03-08', '16:10'))).deadlines;
    expect(before.find(({ definition }) => definition === 'DA05')).toMatchObject({ status: 'due', notice: null });
    const after = (await worker.view(local('2026-03-08', '17:00'))).deadlines;
    expect(after.find(({ deadline: key }) => key === 'DA05.2')).toMatchObject({ status: 'overdue', notice: closed });
  });
});
