import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { parseInstant } from '#libs/calendar';

import { CaseHand, choosing, decision, declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { form6 } from '../support/form6.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { chair, reintegrationCast } from '../support/reintegration-cast.js';

let program: Program;
let watch: CaseWatch;
let worker: CaseHand;
let lead: CaseHand;
let panel: CaseHand;
let province: CaseHand;
let commune: CaseHand;
let school: CaseHand;
let equityCard: string;
let schoolPlace: string;

const inTime = { status: 'met', inTime: true, recordedLate: false };
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const duesOf = async (definition: string) => (await watch.occurrences(definition)).map(({ dueAt }) => dueAt);

/** The panel with two members beside the chair, and the facility, which may speak. */
const sitting = (vote: 'for' | 'none', option: string) => ({
  ...decision('P', 'P-APPROVE', chair),
  ...choosing(option),
  members: [
    { ...chair, chair: true, vote: 'for' },
    { id: 'lead', role: 'GK_MEMBER', agency: 'NGO-HOME', chair: false, vote: 'for' },
    { id: 'commune', role: 'GK_MEMBER', agency: 'COMMUNE-01', chair: false, vote: 'for' },
    { id: 'manager', role: 'RCF_DIR', agency: 'RCF-17', chair: false, vote },
  ],
});

/** The first Monday of January. He has lived in the facility for years. */
beforeAll(async () => {
  program = await startProgram(local('2026-01-05', '09:00'), reintegrationCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'ពិសិដ្ឋ', birthDate: '2015-11-10' };
  const child = { sex: 'male', identity, province: '17', synthetic: true };
  const { id: personId } = await program.as('worker').post('/persons', child);
  const facts = { facilityId: 'RCF-17', admission: 'EXISTING', schoolAge: true };
  const opened = { personId, pathway: 'C_REINTEGRATION', owner: 'worker', province: '17', facts, synthetic: true };
  const { id } = await program.as('worker').post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), id);
  [worker, lead, panel, province] = [hand('worker'), hand('lead'), hand('chair'), hand('province')];
  [commune, school] = [hand('commune'), hand('headteacher')];
  watch = new CaseWatch(program, id);
});
afterAll(() => program.stop());

describe('G-C1: a boy of 10 lives in a facility, and his mother is found in the next province', () => {
  it('who lives there already has sixty days for his profile; a missing birth certificate opens its own track', async () => {
    expect(await watch.open()).toEqual(['DC02', 'DC16']);
    expect(await watch.deadline('DC02')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-06') });
    await until('2026-01-12', '10:00');
    expect(await refused(worker.take('C01'))).toEqual([
      'AttestationMissing C01.2',
      'DocumentMissing CARE_HISTORY',
      'DocumentMissing ROSTER_ENTRY',
      'GuardUnmet C01.1a',
    ]);
    await worker.documents('ROSTER_ENTRY', 'CARE_HISTORY');
    await worker.facts({ birthRegistration: 'MISSING' });
    const opened = (await worker.view()).tracks.find(({ track }) => track === 'CIVIL_REGISTRATION');
    expect(opened).toMatchObject({ state: 'MISSING' });
    await worker.track('CIVIL_REGISTRATION', 'APPLIED');
    await worker.take('C01', declared('C01.2'));
    expect(await watch.deadline('DC02')).toMatchObject(inTime);
  });

  it('tracing begins with his assent; it is reviewed after a month, and his mother is found in the second', async () => {
    await until('2026-01-13', '09:00');
    expect(await refused(worker.take('C04'))).toEqual(['AttestationMissing C04.1', 'ConsentMissing CHILD_ASSENT']);
    await worker.consent('CHILD_ASSENT', 'child', { manner: 'spoken' });
    await worker.take('C04', declared('C04.1'));
    expect(await duesOf('DC04')).toEqual(['2026-02-12', '2026-03-14'].map(endOf));
    await until('2026-02-11', '10:00');
    await worker.note('TRACING_REVIEW', 'The village is known by its pagoda');
    expect(await watch.deadline('DC04.1')).toMatchObject(inTime);
    expect(await watch.deadline('DC04.2')).toMatchObject({ status: 'due' });
    expect(await watch.told('DC04')).toEqual([[endOf('2026-02-10'), 'worker']]);
    await until('2026-03-03', '10:00');
    expect(await refused(worker.take('C06'))).toEqual(['AttestationMissing C06.1', 'DocumentMissing TRACING_RESULT']);
    await worker.document('TRACING_RESULT', { text: 'Mother found; commune chief and grandmother agree' });
    await worker.take('C06', declared('C06.1'));
    expect(await watch.deadline('DC04.2')).toMatchObject(inTime);
  });

  it('while nobody knows his risk the assessment is due soon; at low risk there is a month', async () => {
    expect(await watch.deadline('DC05.1')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-17') });
    await worker.risk('low', 'Safe in the facility, and with his mother');
    expect(await watch.deadline('DC05.1')).toMatchObject({ status: 'cancelled' });
    expect(await watch.deadline('DC05.2')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-02') });
    await until('2026-03-26', '10:00');
    expect(await refused(worker.take('C08'))).toEqual([
      'AttestationMissing C08.1',
      'AttestationMissing C08.2',
      'DocumentMissing BIA',
      'DocumentMissing CHILD_ASSESSMENT',
      'DocumentMissing CHILD_VIEWS',
      'DocumentMissing FAMILY_ASSESSMENT',
    ]);
    await worker.documents('CHILD_ASSESSMENT', 'FAMILY_ASSESSMENT', 'CHILD_VIEWS', 'BIA');
    await worker.track('DISABILITY', 'SCREENED_NO');
    await worker.take('C08', declared('C08.1', 'C08.2'));
    expect(await watch.deadline('DC05')).toMatchObject(inTime);
  });

  it('the panel, not the facility, decides, within fifteen working days round Khmer New Year', async () => {
    expect(await watch.deadline('DC06')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-21') });
    await until('2026-04-20', '10:00');
    expect(await watch.told('DC06')).toEqual([[endOf('2026-04-19'), 'worker']]);
    expect(await refused(panel.take('C09', { decision: sitting('for', 'RESIDENTIAL') }))).toEqual([
      'AttestationMissing C09.3b',
      'DocumentMissing BID',
      'DocumentMissing NOTICE_OF_DECISION',
      'GuardUnmet C09.2',
      'GuardUnmet C09.3a',
      'OptionMissing decision.option',
    ]);
    await panel.documents('BID', 'NOTICE_OF_DECISION');
    await panel.take('C09', { ...declared('C09.3b'), decision: sitting('none', 'PARENTS') });
    expect(await watch.deadline('DC06')).toMatchObject(inTime);
    expect(await watch.deadline('DC07')).toMatchObject({ status: 'due', dueAt: endOf('2026-07-19') });
  });
});

describe('he is prepared and brought home', () => {
  it('his mother is referred for an equity card and he for a school place, with consent, in her province', async () => {
    await until('2026-05-04', '09:00');
    equityCard = (await worker.draftReferral('EQUITY_CARD', 'COMMUNE-01', 'SOON')).id;
    schoolPlace = (await worker.draftReferral('EDUCATION', 'SCHOOL-01', 'ROUTINE')).id;
    for (const id of [equityCard, schoolPlace]) {
      expect(await refused(worker.referral(id, 'sending'))).toEqual(['ConsentMissing CONSENT_SHARING']);
    }
    for (const recipient of ['COMMUNE-01', 'SCHOOL-01']) {
      await worker.consent('CONSENT_SHARING', 'child', { recipient, manner: 'spoken' });
      await worker.consent('CONSENT_SHARING', 'caregiver', { recipient, manner: 'thumbprint' });
    }
    await worker.referral(equityCard, 'sending');
    await worker.referral(schoolPlace, 'sending');
    await worker.track('EDUCATION', 'TRANSFER_REQUESTED');
    await worker.track('SUPPORT', 'APPLIED', { row: 'IDPOOR' });
    expect(await duesOf('R01')).toEqual([local('2026-05-07', '09:00'), local('2026-05-11', '09:00')]);
    const asked = await program.as('headteacher').get<{ items: object[] }>('/worklists/referrals-unanswered');
    expect(asked.items).toMatchObject([{ caseId: worker.caseId, referralId: schoolPlace, state: 'SENT' }]);
  });

  it('he is not ready while a preparation is missing, and all of it is said at once', async () => {
    await until('2026-05-06', '10:00');
    expect(await refused(worker.take('C14'))).toEqual([
      'AttestationMissing C14.3b',
      'DocumentMissing PREP_CHECKLIST',
      'DocumentMissing REINTEGRATION_PLAN',
      'GuardUnmet C14.1',
      'GuardUnmet C14.2',
      'GuardUnmet C14.3a',
      'GuardUnmet C14.4',
    ]);
    await commune.referral(equityCard, 'acceptance');
    await until('2026-05-08', '15:00');
    await school.referral(schoolPlace, 'acceptance');
    expect(await watch.occurrences('R01')).toMatchObject([inTime, inTime]);
    expect(await watch.told('R01')).toEqual([
      [local('2026-05-05', '09:00'), 'worker'],
      [local('2026-05-06', '09:00'), 'worker'],
    ]);
    await worker.track('EDUCATION', 'TRANSFER_ACCEPTED');
    await worker.track('SUPPORT', 'ACTIVE', { row: 'IDPOOR' });
    await until('2026-05-15', '10:00');
    await worker.contact('PREPARATORY');
    await until('2026-05-20', '10:00');
    await worker.contact('HOME_VISIT', { withWhom: 'caregiver', seenAlone: false });
    await until('2026-06-05', '10:00');
    await worker.contact('PREPARATORY');
    await worker.documents('REINTEGRATION_PLAN', 'PREP_CHECKLIST');
    await until('2026-06-15', '10:00');
    await worker.take('C14', declared('C14.3b'));
    expect(await watch.deadline('DC07')).toMatchObject(inTime);
  });

  it('the province authorises, and he is handed over: the long duties begin', async () => {
    expect(await watch.deadline('DC08')).toMatchObject({ status: 'due', dueAt: endOf('2026-06-23') });
    await until('2026-06-22', '09:00');
    expect(await refused(worker.take('C16'))).toEqual([
      'AttestationMissing C16.1a',
      'AttestationMissing C16.2',
      'ConsentMissing CAREGIVER_CONSENT',
      'DocumentMissing HANDOVER_RECORD',
      'DocumentMissing PLACEMENT_AGREEMENT',
      'RoleNotAllowed C16',
    ]);
    await worker.documents('PLACEMENT_AGREEMENT', 'HANDOVER_RECORD');
    await worker.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
    await province.take('C16', declared('C16.1a', 'C16.2'));
    expect(await watch.deadline('DC08')).toMatchObject(inTime);
    expect(await watch.told('DC08')).toEqual([[endOf('2026-06-21'), 'worker']]);
    expect(await duesOf('DC09')).toEqual(['2026-06-25', '2026-06-29', '2026-07-06', '2026-07-22'].map(endOf));
    expect(await watch.deadline('DC11')).toMatchObject({ status: 'due', dueAt: endOf('2027-06-22') });
    // He grew into no care leaver: the plan for leaving care is no duty any more.
    expect(await watch.deadline('DC16')).toMatchObject({ status: 'cancelled' });
  });

  it('the first 30 days: a call on day 3 counts, a call later does not', async () => {
    await until('2026-06-24', '10:00');
    await worker.contact('PHONE');
    expect(await watch.deadline('DC09.1')).toMatchObject(inTime);
    // At half the time: from nine o'clock to the last second of day 3.
    expect(await watch.told('DC09.1')).toEqual([[parseInstant('2026-06-24T04:29:59.5+07:00'), 'worker']]);
    await until('2026-06-28', '10:00');
    await worker.contact('PHONE');
    expect(await watch.deadline('DC09.2')).toMatchObject({ status: 'due' });
    for (const day of ['2026-06-29', '2026-07-06']) {
      await until(day, '10:00');
      await worker.contact('HOME_VISIT');
    }
    for (const key of ['DC09.2', 'DC09.3']) expect(await watch.deadline(key)).toMatchObject(inTime);
    await until('2026-07-20', '10:00');
    expect(await refused(worker.take('C18'))).toEqual(['DocumentMissing FOLLOWUP_VISIT', 'GuardUnmet C18.1a']);
    await until('2026-07-22', '22:30');
    expect(await watch.told('DC09.4')).toEqual([
      [parseInstant('2026-07-07T16:29:59.5+07:00'), 'worker'],
      [parseInstant('2026-07-22T21:59:59+07:00'), 'lead', 'worker'],
    ]);
    await worker.contact('HOME_VISIT', { occurredAt: '2026-07-22T10:00:00+07:00' });
    expect(await watch.deadline('DC09.4')).toMatchObject({ ...inTime, metAt: local('2026-07-22', '10:00') });
    await worker.document('FOLLOWUP_VISIT');
    await worker.take('C18');
  });
});

describe('he is followed for a year', () => {
  it('at months 2 and 3 the worker is reminded twice, and comes', async () => {
    const months = ['2026-09-22', '2026-10-22', '2027-01-22', '2027-04-22', '2027-07-22'];
    expect(await duesOf('DC10')).toEqual(months.map(endOf));
    for (const day of ['2026-09-21', '2026-10-21']) {
      await until(day, '10:00');
      await worker.contact('HOME_VISIT');
    }
    for (const key of ['DC10.1', 'DC10.2']) expect(await watch.deadline(key)).toMatchObject(inTime);
    expect(await watch.told('DC10.1')).toEqual([
      [endOf('2026-09-08'), 'worker'],
      [endOf('2026-09-15'), 'worker'],
    ]);
  });

  it('half a year is too short to close, above all with a visit missing; and the supervisor hears of it', async () => {
    await until('2027-01-23', '10:00');
    expect(await watch.told('DC10.3')).toEqual([
      [endOf('2027-01-08'), 'worker'],
      [endOf('2027-01-15'), 'worker'],
      [endOf('2027-01-22'), 'lead', 'worker'],
    ]);
    expect(await watch.tasks('lead', 'overdue')).toMatchObject([{ definition: 'DC10', overdueHours: 10 }]);
    const { status, unmet } = await refusal(worker.take('C22'));
    expect({ status, unmet }).toEqual({
      status: 422,
      unmet: [
        {
          code: 'DocumentMissing',
          subject: 'FOLLOWUP_VISIT',
          text: {
            en: 'A document is missing: Follow-up and monitoring visit (MoSVY Form 5)',
            km: 'ខ្វះឯកសារ៖ ការតាមដាន និងត្រួតពិនិត្យ (ទម្រង់ ៥)',
          },
        },
        {
          code: 'GuardUnmet',
          subject: 'C22.1',
          text: {
            en: 'The child must have been followed for 12 months since the placement, 24 months where long monitoring applies',
            km: 'ត្រូវតាមដានកុមារ ១២ ខែចាប់ពីការទុកដាក់ និង ២៤ ខែបើត្រូវតាមដានយូរ',
          },
        },
        {
          code: 'GuardUnmet',
          subject: 'C22.2',
          text: {
            en: 'The monitoring visits that were due are done',
            km: 'ការចុះតាមដានដែលដល់កំណត់ត្រូវបានធ្វើ',
          },
        },
      ],
    });
  });

  it('the late visit of month 6 is made good, and is not the visit of month 9', async () => {
    await worker.contact('HOME_VISIT');
    expect(await watch.deadline('DC10.3')).toMatchObject({ status: 'met', inTime: false, recordedLate: false });
    expect(await watch.deadline('DC10.4')).toMatchObject({ status: 'due' });
    expect(await watch.tasks('lead', 'overdue')).toEqual([]);
    for (const day of ['2027-04-21', '2027-06-21']) {
      await until(day, '10:00');
      await worker.contact('HOME_VISIT');
    }
    for (const key of ['DC10.4', 'DC10.5']) expect(await watch.deadline(key)).toMatchObject(inTime);
  });

  it('a day short of twelve months is short; after them closure is proposed', async () => {
    await worker.document('FOLLOWUP_VISIT');
    expect(await refused(worker.take('C22'))).toEqual(['GuardUnmet C22.1']);
    await until('2027-06-22', '10:00');
    expect(await watch.told('DC11')).toEqual([
      [endOf('2027-06-08'), 'worker'],
      [endOf('2027-06-15'), 'worker'],
    ]);
    await worker.take('C22');
    expect(await watch.deadline('DC11')).toMatchObject(inTime);
    expect(await watch.deadline('DC14')).toMatchObject({ status: 'due', dueAt: endOf('2027-07-20') });
  });
});

describe('and the case is closed', () => {
  it('not without its papers, and not by who proposed it', async () => {
    await until('2027-07-05', '10:00');
    const toClose = [
      'DocumentMissing CHILD_VIEWS',
      'DocumentMissing CLOSURE_SUMMARY',
      'DocumentMissing FINAL_ASSESSMENT',
      'GuardUnmet C23.1a',
      'GuardUnmet C23.1b',
    ];
    expect(await refused(lead.take('C23'))).toEqual(toClose);
    expect(await refused(worker.take('C23'))).toEqual([...toClose, 'GuardUnmet C23.2', 'RoleNotAllowed C23']);
  });

  it('not with a family that scores 29', async () => {
    await worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
    await worker.document('FINAL_ASSESSMENT', { scores: form6({ child: 27, family: 29 }) });
    const { unmet } = await refusal(lead.take('C23', { outcome: 'C-O1' }));
    expect(unmet).toEqual([
      {
        code: 'GuardUnmet',
        subject: 'C23.1a',
        text: {
          en: 'The Form 6 score allows closing, or an alternative reason for closing is chosen',
          km: 'ពិន្ទុទម្រង់ទី ៦ អនុញ្ញាតឱ្យបិទ ឬបានជ្រើសមូលហេតុបិទផ្សេង',
        },
      },
    ]);
    const off = worker.document('FINAL_ASSESSMENT', { scores: { child: { SAFETY: 5 }, neighbours: { HELP: 3 } } });
    expect(await refused(off)).toEqual(['FieldInvalid scores.child', 'FieldInvalid scores.unknown']);
    expect(await worker.state()).toBe('CLOSURE_ASSESSMENT');
  });

  it('with a child of 27 and a family of 33 he is at home for good', async () => {
    await worker.document('FINAL_ASSESSMENT', { scores: form6({ child: 27, family: 33 }) });
    const step = (await lead.nextSteps()).find(({ transition }) => transition === 'C23');
    expect(missing(step?.missing ?? [])).toEqual(['GuardUnmet C23.1b']);
    await lead.take('C23', { outcome: 'C-O1' });
    const { enrolment } = await worker.view();
    expect(enrolment).toMatchObject({ state: 'CLOSED', ended: true, outcome: 'C-O1' });
    expect(await watch.deadline('DC14')).toMatchObject(inTime);
    expect(await watch.open()).toEqual([]);
    expect(await watch.tasks('worker', 'mine')).toEqual([]);
  });

  it('every rung was reached once, at its own time, and then there is silence', async () => {
    const before = await program.escalations(worker.caseId);
    expect(new Set(before.map(({ deadline, rung }) => `${deadline} ${rung}`)).size).toBe(before.length);
    for (const { at, recordedAt } of before) expect(recordedAt).toBe(at);
    await program.advance('P6M');
    expect(await program.escalations(worker.caseId)).toEqual(before);
    expect(await worker.state(local('2026-12-01', '09:00'))).toBe('MONITORING');
  });
});
