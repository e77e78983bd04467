import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, decision, declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { chair, justiceCast, prosecutor } from '../support/justice-cast.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let watch: CaseWatch;
let officer: CaseHand;
let agent: CaseHand;
let lawyer: CaseHand;
let atCourt: CaseHand;
let committee: CaseHand;
let supervisor: CaseHand;

const inTime = { status: 'met', inTime: true, recordedLate: false };
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const sitting = (...ids: string[]) => ({
  ...decision('D3', 'D3-RECOMMEND', chair),
  members: [
    { ...chair, chair: true, vote: 'for' },
    ...ids.map((id) => ({ id, role: 'GK_MEMBER', agency: 'NGO-BRIDGE', chair: false, vote: 'for' })),
  ],
});

/** A Monday night in March. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-16', '22:30'), justiceCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'វិសាល', birthDate: '2009-06-02' };
  const child = { sex: 'male', identity, province: '08', synthetic: true };
  const { id: personId } = await program.as('officer').post('/persons', child);
  const facts = { arrestedAt: local('2026-03-16', '21:30'), arrivedInCustodyAt: local('2026-03-16', '22:00') };
  const keeper = { agency: 'PDOSVY-08', owner: 'agent', province: '08' };
  const opened = { personId, pathway: 'B_DIVERSION', ...keeper, facts, synthetic: true };
  const { id } = await program.as('officer').post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), id);
  [officer, agent, lawyer] = [hand('officer'), hand('agent'), hand('lawyer')];
  [atCourt, committee, supervisor] = [hand('prosecutor'), hand('chair'), hand('province')];
  watch = new CaseWatch(program, id);
});
afterAll(() => program.stop());

describe('G-B1: a boy of 16, accused of theft, is held for 20 hours', () => {
  it('he cannot be registered before it is known whether he is held; if he is, the police show their record', async () => {
    expect(await refused(agent.take('B01'))).toEqual(['DocumentMissing INTAKE_REPORT', 'GuardUnmet B01.1']);
    const came = { occurredAt: '2026-03-16T22:00:00+07:00', authority: 'POLICE-08', place: 'POST-1' };
    await officer.track('LIBERTY', 'POLICE_CUSTODY', came);
    const toRegister = ['DocumentMissing CUSTODY_RECORD', 'DocumentMissing INTAKE_REPORT'];
    expect(await refused(agent.take('B01'))).toEqual(toRegister);
    const step = (await agent.nextSteps()).find(({ transition }) => transition === 'B01');
    expect(step).toMatchObject({ yours: true, to: 'AGE_VERIFICATION' });
    expect(missing(step?.missing ?? [])).toEqual(toRegister);
  });

  it('nobody knows how old he is: the shortest limit holds, and every duty of the first hours runs', async () => {
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'due', dueAt: local('2026-03-17', '22:00') });
    const mine = (await watch.tasks('agent', 'mine')).map(({ definition, dueAt }) => [definition, dueAt]);
    expect(mine.slice(0, 5)).toEqual([
      ['DB03', local('2026-03-17', '00:00')],
      ['DB04', local('2026-03-17', '04:00')],
      ['DB05', local('2026-03-17', '10:00')],
      ['DB02', local('2026-03-17', '21:30')],
      ['DB01', local('2026-03-17', '22:00')],
    ]);
  });

  it('his mother is told, the agent registers him, and a lawyer sees him before morning', async () => {
    await until('2026-03-16', '23:10');
    await officer.facts({ representativeNotified: 'NOTIFIED', offenceClass: 'MISD' });
    expect(await watch.deadline('DB03')).toMatchObject(inTime);
    expect(await watch.told('DB03')).toEqual([[local('2026-03-16', '23:00'), 'agent', 'lawyer']]);
    await until('2026-03-16', '23:40');
    await officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD');
    await agent.take('B01');
    expect(await watch.deadline('DB04')).toMatchObject(inTime);
    expect(await watch.told('DB04')).toEqual([]);
    expect((await watch.deadline('DB06'))?.dueAt).toBe(local('2026-03-17', '23:40'));
    await agent.track('LAWYER', 'REQUESTED');
    await until('2026-03-17', '07:30');
    await lawyer.track('LAWYER', 'ASSIGNED');
    await lawyer.track('LAWYER', 'MET_CHILD');
    expect(await watch.deadline('DB05')).toMatchObject(inTime);
    expect(await watch.told('DB05')).toEqual([
      [local('2026-03-17', '04:00'), 'agent', 'lawyer'],
      [local('2026-03-17', '04:00'), 'agent', 'lawyer', 'province'],
    ]);
  });

  it('his age is proved by papers, and the limit becomes the one for 16', async () => {
    await until('2026-03-17', '08:30');
    expect(await refused(lawyer.take('B02'))).toEqual([
      'DocumentMissing AGE_EVIDENCE',
      'GuardUnmet B02.1',
      'RoleNotAllowed B02',
    ]);
    await agent.document('AGE_EVIDENCE');
    await agent.facts({ ageAtOffence: 16 });
    expect(await watch.deadline('DB01.1')).toMatchObject({ status: 'cancelled' });
    expect(await watch.deadline('DB01.2')).toMatchObject({ status: 'due', dueAt: local('2026-03-18', '10:00') });
    await until('2026-03-17', '09:00');
    await agent.take('B02');
    expect(await watch.deadline('DB06')).toMatchObject(inTime);
    expect(await watch.deadline('DB07')).toMatchObject({ status: 'due', dueAt: local('2026-03-18', '10:00') });
  });

  it('the prosecutor sees him and asks for a social report, which needs his lawyer on paper', async () => {
    await until('2026-03-17', '15:00');
    await atCourt.facts({ firstAppearanceAt: local('2026-03-17', '14:00') });
    expect(await watch.deadline('DB02')).toMatchObject({ ...inTime, metAt: local('2026-03-17', '14:00') });
    expect(await refused(atCourt.take('B07'))).toEqual(['DocumentMissing LAWYER_ASSIGNMENT']);
    await lawyer.document('LAWYER_ASSIGNMENT');
    await atCourt.take('B07');
    expect(await watch.deadline('DB07')).toMatchObject(inTime);
    expect(await watch.told('DB07')).toEqual([[local('2026-03-17', '10:00'), 'agent']]);
    expect(await watch.deadline('DB08')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-20') });
  });

  it('he is released after 20 of 36 hours: one reminder at the half, and no limit exceeded', async () => {
    await until('2026-03-17', '18:00');
    await atCourt.document('RELEASE_ORDER');
    await officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'COURT-08' });
    expect(await watch.deadline('DB01')).toMatchObject({ ...inTime, metAt: local('2026-03-17', '18:00') });
    expect(await watch.deadline('DB22')).toMatchObject(inTime);
    // At liberty there is more time for the report: ten working days instead of three.
    expect(await watch.deadline('DB08.1')).toMatchObject({ status: 'cancelled' });
    expect(await watch.deadline('DB08.2')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-31') });
    expect(await watch.open()).toEqual(['DB08']);
    await until('2026-03-20', '09:00');
    expect(await watch.told('DB01')).toEqual([[local('2026-03-17', '16:00'), 'agent', 'lawyer']]);
    const exceeded = (await agent.timeline()).filter(({ data }) => data['records'] !== undefined);
    expect(exceeded).toEqual([]);
  });
});

describe('he is diverted', () => {
  it('the social report says what he thinks, and what the victim does', async () => {
    await until('2026-03-27', '11:00');
    expect(await refused(agent.take('B10'))).toEqual([
      'AttestationMissing B10.1a',
      'ConsentMissing CONSENT_SERVICES',
      'DocumentMissing CHILD_VIEWS',
      'DocumentMissing SOCIAL_REPORT',
      'DocumentMissing VICTIM_CONTACT',
    ]);
    await agent.documents('SOCIAL_REPORT', 'CHILD_VIEWS', 'VICTIM_CONTACT');
    await agent.bothConsent('CONSENT_SERVICES', { childPermits: true });
    await agent.take('B10', declared('B10.1a'));
    expect(await watch.deadline('DB08')).toMatchObject(inTime);
    expect(await watch.deadline('DB09')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-10') });
  });

  it('two members are no committee, and seven months are no diversion', async () => {
    await until('2026-04-09', '10:00');
    expect(await watch.told('DB09')).toEqual([[endOf('2026-04-08'), 'agent']]);
    expect(await refused(committee.take('B11'))).toEqual([
      'AttestationMissing B11.2a',
      'DecisionMissing D3-RECOMMEND',
      'DocumentMissing DIVERSION_PLAN',
      'DocumentMissing GK_DECISION',
      'GuardUnmet B11.1',
      'GuardUnmet B11.2b',
    ]);
    await agent.document('DIVERSION_PLAN');
    await agent.facts({ diversionMonths: 7 });
    const asked = committee.take('B11', { ...declared('B11.2a'), decision: sitting('elder') });
    expect(await refused(asked)).toEqual(['GuardUnmet B11.1', 'GuardUnmet B11.2b', 'QuorumMissing decision.members']);
  });

  it('the whole committee recommends four months', async () => {
    await agent.facts({ diversionMonths: 4 });
    await committee.take('B11', { ...declared('B11.2a'), decision: sitting('elder', 'teacher') });
    expect(await watch.deadline('DB09')).toMatchObject(inTime);
    // Fifteen working days, round Khmer New Year, Labour Day and the Royal Ploughing.
    expect(await watch.deadline('DB10')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-07') });
  });

  it('the prosecutor orders it once he and his mother have agreed', async () => {
    await until('2026-04-28', '10:00');
    expect(await refused(atCourt.take('B14'))).toEqual([
      'ConsentMissing CAREGIVER_CONSENT',
      'ConsentMissing CHILD_ASSENT',
      'DecisionMissing D4-ORDERED',
      'DocumentMissing DIVERSION_AGREEMENT',
      'DocumentMissing DIVERSION_ORDER',
    ]);
    await agent.documents('DIVERSION_ORDER', 'DIVERSION_AGREEMENT');
    await agent.consent('CHILD_ASSENT', 'child');
    await agent.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
    await atCourt.take('B14', { decision: decision('D4', 'D4-ORDERED', prosecutor) });
    await agent.facts({ planEndsOn: '2026-08-28' });
    expect(await refused(agent.track('MEASURES', 'STARTED', { row: 'PRAYER' }))).toEqual(['NotFound row']);
    for (const row of ['EDUCATION', 'APOLOGY', 'COMMUNITY_SERVICE']) await agent.track('MEASURES', 'STARTED', { row });
    expect(await watch.deadline('DB10')).toMatchObject(inTime);
    const open = (await watch.tasks('agent', 'mine')).map(({ definition, dueAt }) => [definition, dueAt]);
    expect(open).toEqual([
      ['DB11', local('2026-05-01', '10:00')],
      ['DB12', endOf('2026-05-05')],
      ['DB13', endOf('2026-05-28')],
      ['DB17', endOf('2026-09-04')],
      ['DB14', endOf('2026-10-28')],
      ['R11', local('2026-12-01', '00:00')],
      ['R12', local('2027-05-01', '00:00')],
    ]);
  });

  it('the agent meets him weekly in the first month, then every two weeks', async () => {
    await until('2026-04-30', '16:00');
    await agent.contact('HOME_VISIT');
    expect(await watch.deadline('DB11')).toMatchObject(inTime);
    expect(await watch.told('DB11')).toEqual([
      [local('2026-04-29', '10:00'), 'agent'],
      [local('2026-04-30', '10:00'), 'agent'],
    ]);
    const contacts = [
      ['2026-05-07', '2026-05-14'],
      ['2026-05-14', '2026-05-21'],
      ['2026-05-21', '2026-05-28'],
      ['2026-05-28', '2026-06-11'],
      ['2026-06-04', '2026-06-18'],
    ] as const;
    for (const [day, next] of contacts) {
      expect(await watch.deadline('DB12')).toMatchObject({ status: 'due' });
      if (day === '2026-05-28') await reports('2026-05-27', '2026-06-26');
      await until(day, '14:00');
      await agent.contact('OFFICE');
      expect(await watch.deadline('DB12')).toMatchObject({ status: 'due', dueAt: endOf(next) });
    }
  });

  it('a contact missed on the birthday of the Queen Mother is raised the next morning, once, and made good', async () => {
    await until('2026-06-19', '07:00');
    expect(await watch.deadline('DB12')).toMatchObject({ status: 'overdue', dueAt: endOf('2026-06-18') });
    const key = 'DB12.7';
    const reminders = [
      [endOf('2026-06-16'), 'agent'],
      [endOf('2026-06-17'), 'agent'],
    ];
    expect(await watch.told(key)).toEqual(reminders);
    await until('2026-06-19', '15:00');
    expect(await watch.told(key)).toEqual([...reminders, [local('2026-06-19', '08:00'), 'agent', 'province']]);
    expect(await watch.tasks('province', 'overdue')).toMatchObject([{ definition: 'DB12', overdueHours: 15 }]);
    await agent.contact('PHONE');
    expect(await watch.deadline(key)).toMatchObject({ status: 'met', inTime: false, recordedLate: false });
    expect(await watch.deadline('DB12')).toMatchObject({ status: 'due', dueAt: endOf('2026-07-03') });
    expect(await watch.tasks('province', 'overdue')).toEqual([]);
  });

  it('the prosecutor reads of his progress every month', async () => {
    await reports('2026-06-25', '2026-07-25');
    for (const day of ['2026-07-02', '2026-07-16']) await meets(day);
    await reports('2026-07-24', '2026-08-23');
    for (const day of ['2026-07-30', '2026-08-13']) await meets(day);
    await reports('2026-08-21', '2026-09-20');
    await meets('2026-08-27');
    expect((await watch.occurrences('DB12')).filter(({ status, inTime }) => status === 'met' && !inTime)).toHaveLength(
      1,
    );
  });

  it('SR-49: it is completed when each measure has an outcome, not before', async () => {
    await until('2026-08-31', '10:00');
    expect(await refused(agent.take('B20'))).toEqual(['DocumentMissing COMPLETION_REPORT', 'GuardUnmet B20.1']);
    await agent.document('COMPLETION_REPORT');
    for (const row of ['EDUCATION', 'APOLOGY']) await agent.track('MEASURES', 'DONE', { row });
    expect(await refused(agent.take('B20'))).toEqual(['GuardUnmet B20.1']);
    await agent.track('MEASURES', 'DONE', { row: 'COMMUNITY_SERVICE' });
    await agent.take('B20');
    expect(await watch.deadline('DB17')).toMatchObject({ ...inTime, startedAt: local('2026-08-28', '00:00') });
    expect(await watch.deadline('DB14')).toMatchObject(inTime);
    expect(await watch.deadline('DB18')).toMatchObject({ status: 'due', dueAt: endOf('2026-09-14') });
  });

  it('SR-42: the prosecutor confirms it: no record is made, and what there is is sealed the same day', async () => {
    await until('2026-09-08', '10:00');
    expect(await refused(atCourt.take('B21'))).toEqual([
      'AttestationMissing B21.1',
      'DecisionMissing D6-COMPLETED',
      'DocumentMissing AFTERCARE_PLAN',
      'DocumentMissing DISCONTINUANCE',
    ]);
    await agent.documents('DISCONTINUANCE', 'AFTERCARE_PLAN');
    await atCourt.take('B21', { ...declared('B21.1'), decision: decision('D6', 'D6-COMPLETED', prosecutor) });
    for (const key of ['DB12', 'DB13', 'DB18']) expect(await watch.deadline(key)).toMatchObject(inTime);
    expect(await watch.deadline('DB27')).toMatchObject({ status: 'due', dueAt: endOf('2026-09-08') });
    await until('2026-09-08', '16:05');
    await agent.facts({ recordSealedAt: local('2026-09-08', '16:00') });
    expect(await watch.deadline('DB27.1')).toMatchObject(inTime);
    expect(await watch.deadline('DB27.2')).toMatchObject({ status: 'due', dueAt: endOf('2027-09-08') });
  });
});

describe('and after it', () => {
  it('the agent stays in touch, at three days, two weeks, and months 1, 3 and 6', async () => {
    const dues = (await watch.occurrences('DB25')).map(({ dueAt }) => dueAt);
    const days = ['2026-09-22', '2026-10-08', '2026-12-08', '2027-03-08', '2027-06-08', '2027-09-08'];
    expect(dues).toEqual([local('2026-09-11', '10:00'), ...days.map(endOf)]);
    for (const day of ['2026-09-10', '2026-09-21', '2026-10-07', '2026-12-07', '2027-03-08']) await meets(day);
    for (const each of (await watch.occurrences('DB25')).slice(0, 5)) expect(each).toMatchObject(inTime);
    expect(await watch.told('DB25.4')).toEqual([
      [endOf('2026-11-24'), 'agent'],
      [endOf('2026-12-01'), 'agent'],
    ]);
  });

  it('the check whether he offended again falls due on a holiday; made late, it still leaves the one at 12 months', async () => {
    await until('2027-03-09', '09:00');
    expect(await watch.deadline('DB26.1')).toMatchObject({ status: 'overdue', dueAt: endOf('2027-03-08') });
    expect((await watch.told('DB26.1')).at(-1)).toEqual([local('2027-03-09', '08:00'), 'agent', 'province']);
    const papers = ['CHILD_VIEWS', 'FINAL_ASSESSMENT', 'FOLLOWUP_VISIT'];
    const toClose = papers.map((code) => `DocumentMissing ${code}`);
    expect(await refused(agent.take('B30'))).toEqual([...toClose, 'GuardUnmet B30.2']);
    await agent.documents(...papers);
    await agent.facts({ reoffendingCheck: 'NONE' });
    expect(await watch.deadline('DB26.1')).toMatchObject({ status: 'met', inTime: false });
    expect(await watch.deadline('DB26.2')).toMatchObject({ status: 'due', dueAt: endOf('2027-09-08') });
    await agent.take('B30');
  });

  it('somebody else closes it; only the duties towards his record outlive it', async () => {
    await until('2027-03-10', '10:00');
    expect(await refused(agent.take('B31'))).toEqual([
      'DocumentMissing CLOSURE_SUMMARY',
      'GuardUnmet B31.1',
      'GuardUnmet B31.3',
      'RoleNotAllowed B31',
    ]);
    await agent.document('CLOSURE_SUMMARY');
    await supervisor.take('B31', { outcome: 'B-O1' });
    expect((await agent.view()).enrolment).toMatchObject({ state: 'CLOSED', ended: true, outcome: 'B-O1' });
    expect(await watch.open()).toEqual(['DB26', 'DB27']);
    expect(await watch.deadline('DB25.7')).toMatchObject({ status: 'cancelled' });
  });

  it('a year on he is checked once more, and what names him is destroyed after a last reminder', async () => {
    await until('2027-08-27', '10:00');
    await agent.facts({ reoffendingCheck: 'NONE' });
    expect(await watch.deadline('DB26.2')).toMatchObject(inTime);
    expect(await watch.told('DB27.2')).toEqual([[endOf('2027-08-25'), 'agent']]);
    await agent.facts({ justiceDataDestroyedAt: local('2027-08-27', '09:00') });
    expect(await watch.deadline('DB27.2')).toMatchObject({ ...inTime, metAt: local('2027-08-27', '09:00') });
    expect(await watch.open()).toEqual([]);
  });

  it('every rung was reached once, at its own time, and then there is silence', async () => {
    const before = await program.escalations(agent.caseId);
    expect(new Set(before.map(({ deadline, rung }) => `${deadline} ${rung}`)).size).toBe(before.length);
    for (const { at, recordedAt } of before) expect(recordedAt).toBe(at);
    await program.advance('P6M');
    expect(await program.escalations(agent.caseId)).toEqual(before);
    expect(await agent.state(local('2026-03-17', '10:00'))).toBe('PROSECUTOR_REVIEW');
  });
});

/** The progress report of this day, and when the next one is due. */
async function reports(day: string, next: string): Promise<void> {
  await until(day, '10:00');
  await agent.document('PROGRESS_REPORT');
  expect(await watch.deadline('DB13')).toMatchObject({ status: 'due', dueAt: endOf(next) });
}

async function meets(day: string): Promise<void> {
  await until(day, '14:00');
  await agent.contact('OFFICE');
}
