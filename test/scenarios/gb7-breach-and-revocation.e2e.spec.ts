import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast } from '../support/justice-cast.js';
import {
  notified,
  ordered,
  recommended,
  registered,
  sitting,
  socialReport,
  socialReportAsked,
  type JusticeCase,
} from '../support/justice-stories.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let boy: JusticeCase;
let watch: CaseWatch;

const admission = 'I took the motorcycle to ride it home';
const inTime = { status: 'met', inTime: true };
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));

/** A boy of 16 whose diversion runs since the middle of February. */
beforeAll(async () => {
  program = await startProgram(local('2026-02-02', '09:00'), justiceCast);
  const facts = { offenceClass: 'MISD', ageAtOffence: 16 };
  boy = await notified(program, { givenNameKm: 'សំណាង', birthDate: '2009-11-20', facts });
  watch = new CaseWatch(program, boy.caseId);
  await boy.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'POLICE-08' });
  await registered(boy);
  await boy.agent.document('AGE_EVIDENCE');
  await socialReportAsked(boy);
  await boy.agent.note('ADMISSION', admission);
  await socialReport(boy);
  await recommended(boy);
  await program.advanceTo(local('2026-02-16', '10:00'));
  await ordered(boy, ['EDUCATION', 'COMMUNITY_SERVICE']);
});
afterAll(() => program.stop());

describe('G-B7: a boy of 16 breaks a condition of his plan twice', () => {
  it('one warning is not enough to report a breach', async () => {
    await program.advanceTo(local('2026-02-23', '10:00'));
    await boy.agent.contact('OFFICE');
    await program.advanceTo(local('2026-03-02', '10:00'));
    await boy.agent.facts({ breachKind: 'MINOR', breachKnownAt: local('2026-03-02', '09:00') });
    expect(await watch.deadline('DB15')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-05') });
    await boy.agent.note('WARNING', 'He missed his hours of service');
    expect(await watch.deadline('DB15')).toMatchObject(inTime);
    await boy.agent.document('BREACH_REPORT');
    expect(await refused(boy.agent.take('B17'))).toEqual(['GuardUnmet B17.1']);
  });

  it('after the second it is, and the committee has a week to hear him', async () => {
    await program.advanceTo(local('2026-03-10', '10:00'));
    await boy.agent.facts({ breachKnownAt: local('2026-03-10', '09:00') });
    await boy.agent.note('WARNING', 'He missed them again');
    await boy.agent.take('B17');
    expect(await watch.deadline('DB16')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-17') });
  });

  it('SR-42: he is heard beside his lawyer, and his diversion goes on', async () => {
    await program.advanceTo(local('2026-03-16', '10:00'));
    expect(await refused(boy.committee.take('B18'))).toEqual([
      'AttestationMissing B18.1a',
      'DecisionMissing D5-CONTINUE',
      'DocumentMissing GK_DECISION',
    ]);
    const alone = { ...sitting('D5', 'D5-CONTINUE'), members: sitting('D5', 'D5-CONTINUE').members.slice(0, 1) };
    expect(await refused(boy.committee.take('B18', { ...declared('B18.1a'), decision: alone }))).toEqual([
      'QuorumMissing decision.members',
    ]);
    await boy.committee.take('B18', { ...declared('B18.1a'), decision: sitting('D5', 'D5-CONTINUE') });
    expect(await boy.agent.state()).toBe('DIVERSION_ACTIVE');
    expect(await watch.deadline('DB16')).toMatchObject(inTime);
  });
});

describe('then he is accused of a new offence', () => {
  it('a major breach is reported within a day, and says what it is', async () => {
    await program.advanceTo(local('2026-03-24', '09:00'));
    await boy.agent.facts({ breachKind: 'MAJOR', breachKnownAt: local('2026-03-24', '08:00') });
    expect(await watch.deadline('DB15')).toMatchObject({ status: 'due', dueAt: local('2026-03-25', '08:00') });
    await boy.agent.document('BREACH_REPORT');
    expect(await refused(boy.agent.take('B17'))).toEqual(['GuardUnmet B17.2']);
    expect(await refused(boy.agent.take('B17', { reasonCode: 'MEASURE_MISSED' }))).toEqual(['GuardUnmet B17.2']);
    await boy.agent.take('B17', { reasonCode: 'NEW_OFFENCE' });
    expect(await watch.deadline('DB15')).toMatchObject(inTime);
  });

  it('SR-42: only an authority revokes, with the advice of the committee, and credits what he has done', async () => {
    const revoked = sitting('D5', 'D5-REVOKE');
    const guards = declared('B19.1a', 'B19.2', 'B19.3');
    await boy.agent.track('MEASURES', 'PARTIAL', { row: 'COMMUNITY_SERVICE' });
    expect(await refused(boy.committee.take('B19', { ...guards, decision: revoked }))).toContain('RoleNotAllowed B19');
    expect(await refused(boy.atCourt.take('B19', { decision: revoked }))).toEqual([
      'AttestationMissing B19.1a',
      'AttestationMissing B19.2',
      'AttestationMissing B19.3',
      'DocumentMissing NOTICE_OF_DECISION',
    ]);
    await boy.agent.document('NOTICE_OF_DECISION');
    await boy.atCourt.take('B19', { ...guards, decision: revoked });
    expect(await boy.agent.state()).toBe('PROSECUTION');
  });

  it('what he admitted for the diversion stays where it was written: the court and the police never read it', async () => {
    const words = async (staff: string) => {
      const timeline = await new CaseHand(program.as(staff), boy.caseId).timeline();
      return JSON.stringify(timeline.filter(({ data }) => data['kind'] === 'ADMISSION'));
    };
    for (const staff of ['agent', 'lawyer']) expect(await words(staff)).toContain(admission);
    for (const staff of ['prosecutor', 'officer']) {
      expect(await words(staff)).toContain('ADMISSION');
      expect(await words(staff)).not.toContain(admission);
    }
    const views = [await boy.atCourt.view(), await boy.atCourt.nextSteps(), await boy.agent.view()];
    expect(JSON.stringify(views)).not.toContain(admission);
  });

  it('the duties of the diversion lapse with it', async () => {
    expect(await watch.open()).toEqual([]);
    for (const key of ['DB12', 'DB13', 'DB14']) {
      expect(await watch.deadline(key)).toMatchObject({ status: 'cancelled' });
    }
  });
});
