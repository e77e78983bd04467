import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { decision } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast, prosecutor } from '../support/justice-cast.js';
import { notified, recommended, socialReport, type JusticeCase } from '../support/justice-stories.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let boy: JusticeCase;
let watch: CaseWatch;

const inTime = { status: 'met', inTime: true };
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const detained = local('2026-03-02', '15:00');

/** Those who visit the prison find a boy of 16, who has been waiting for his trial for 58 days. */
beforeAll(async () => {
  program = await startProgram(local('2026-04-29', '10:00'), justiceCast);
  const facts = { offenceClass: 'MISD', ageAtOffence: 16, chargedAt: local('2026-03-20', '09:00'), onTrial: false };
  boy = await notified(program, { givenNameKm: 'ផល្លា', birthDate: '2009-10-01', facts });
  watch = new CaseWatch(program, boy.caseId);
  const order = { authority: 'COURT-08', orderReference: '112', place: 'PRISON-08', occurredAt: detained };
  await boy.agent.track('LIBERTY', 'PRETRIAL_DETENTION', order);
});
afterAll(() => program.stop());

describe('G-B5: a boy of 16 is found in prison, eligible, and never screened', () => {
  it('his clocks run from the day of his detention: four months at most, bail and reviews long overdue', async () => {
    expect(await watch.deadline('DB19')).toMatchObject({ status: 'due', dueAt: local('2026-07-02', '15:00') });
    expect(await watch.deadline('DB22')).toMatchObject({ status: 'due', dueAt: local('2026-09-02', '15:00') });
    for (const key of ['DB20', 'DB23']) expect(await watch.deadline(key)).toMatchObject({ status: 'overdue' });
    const { items } = await program
      .as('province')
      .get<{ items: { caseId: string }[] }>('/supervision/watchlists/NEVER_SCREENED');
    expect(items).toMatchObject([{ caseId: boy.caseId }]);
  });

  it('he is registered as a child who is already in court, and his lawyer asks for diversion all the same', async () => {
    await boy.officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD');
    await boy.agent.take('B01');
    await boy.agent.document('AGE_EVIDENCE');
    await boy.agent.take('B03');
    await boy.lawyer.track('LAWYER', 'ASSIGNED');
    await boy.lawyer.track('LAWYER', 'MET_CHILD');
    expect(await refused(boy.lawyer.take('B09'))).toEqual(['DocumentMissing LAWYER_ASSIGNMENT']);
    await boy.lawyer.document('LAWYER_ASSIGNMENT');
    await boy.lawyer.take('B09');
    // Three working days while he is held; Labour Day and the Royal Ploughing are none.
    expect(await watch.deadline('DB08')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-06') });
  });

  it('report and committee take days, not weeks', async () => {
    await program.advanceTo(local('2026-05-04', '11:00'));
    await socialReport(boy);
    expect(await watch.deadline('DB08')).toMatchObject(inTime);
    expect(await watch.deadline('DB09')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-08') });
    await program.advanceTo(local('2026-05-07', '11:00'));
    await recommended(boy);
    expect(await watch.deadline('DB09')).toMatchObject(inTime);
    await boy.agent.documents('DIVERSION_ORDER', 'DIVERSION_AGREEMENT');
    await boy.agent.consent('CHILD_ASSENT', 'child');
    await boy.agent.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
  });

  it('SR-42: on day 70 late diversion is ordered, but no child is diverted in a cell: first he is released', async () => {
    await program.advanceTo(local('2026-05-11', '10:00'));
    expect(Date.parse(program.now()) - Date.parse(detained)).toBeGreaterThan(69 * 86_400_000);
    const order = { decision: decision('D4', 'D4-ORDERED', prosecutor) };
    expect(await refused(boy.atCourt.take('B14', order))).toEqual(['GuardUnmet B14.1a']);
    await boy.atCourt.document('RELEASE_ORDER');
    expect(await refused(boy.atCourt.take('B14', order))).toEqual(['GuardUnmet B14.1a']);
    await boy.agent.track('LIBERTY', 'AT_LIBERTY', { authority: 'COURT-08', orderReference: '208' });
    await boy.atCourt.take('B14', order);
    expect(await boy.agent.state()).toBe('DIVERSION_ACTIVE');
  });

  it('the release is recorded the same day, and every clock of liberty stands', async () => {
    const released = local('2026-05-11', '10:00');
    for (const key of ['DB19', 'DB22']) {
      expect(await watch.deadline(key)).toMatchObject({ ...inTime, metAt: released, recordedLate: false });
    }
    expect(await watch.open()).toEqual(['DB11', 'DB12', 'DB13', 'DB14']);
    const { items } = await program.as('province').get<{ items: object[] }>('/supervision/watchlists/NEVER_SCREENED');
    expect(items).toEqual([]);
  });

  it('that nobody reviewed his detention or asked for bail for 70 days stays on the register', async () => {
    const { items } = await program
      .as('ministry')
      .get<{ items: { definition: string }[] }>('/supervision/legal-limit-breaches');
    expect(new Set(items.map(({ definition }) => definition))).toEqual(new Set(['DB20']));
  });
});
