import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast } from '../support/justice-cast.js';
import {
  notified,
  recommended,
  refusedByCourt,
  registered,
  socialReport,
  socialReportAsked,
  type JusticeCase,
} from '../support/justice-stories.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let girl: JusticeCase;
let watch: CaseWatch;

const inTime = { status: 'met', inTime: true };
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));

/** A girl of 17 at liberty, accused of a misdemeanour; the committee has recommended a plan. */
beforeAll(async () => {
  program = await startProgram(local('2026-02-02', '09:00'), justiceCast);
  const facts = { offenceClass: 'MISD', ageAtOffence: 17 };
  girl = await notified(program, { givenNameKm: 'ពិសី', sex: 'female', birthDate: '2008-06-01', facts });
  watch = new CaseWatch(program, girl.caseId);
  await girl.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'POLICE-08' });
  await registered(girl);
  await girl.agent.document('AGE_EVIDENCE');
  await socialReportAsked(girl);
  await program.advance('P3D');
  await socialReport(girl);
  await program.advance('P4D');
  await recommended(girl);
});
afterAll(() => program.stop());

describe('G-B6: the court refuses the diversion of a girl of 17, as it does seven times out of eleven', () => {
  it('SR-42: a refusal says why, tells her, and keeps what she admitted out of evidence', async () => {
    expect(await refused(girl.atCourt.take('B15'))).toEqual([
      'AttestationMissing B15.2',
      'DecisionMissing D4-REFUSED',
      'DocumentMissing NOTICE_OF_DECISION',
      'GuardUnmet B15.1',
    ]);
    await girl.agent.document('NOTICE_OF_DECISION');
    await refusedByCourt(girl, 'PLAN_NOT_ENOUGH');
    expect(await girl.agent.state()).toBe('PROSECUTION');
    expect(await watch.deadline('DB10')).toMatchObject(inTime);
    const decisions = (await girl.agent.view()).decisions.map(({ outcome, by }) => [outcome, by]);
    expect(decisions.at(-1)).toEqual(['D4-REFUSED', 'prosecutor']);
  });

  it('what a court decides is appealed in court: no review of ours, but her lawyer may move for it again', async () => {
    const { decisionId = '' } = (await girl.agent.view()).decisions.at(-1) ?? {};
    const review = program
      .as('lawyer')
      .post(`/cases/${girl.caseId}/decisions/${decisionId}/reviews`, { by: 'lawyer', channel: 'paper' });
    expect(await refused(review)).toEqual(['AppealInCourt decisionId']);
    await program.advance('P1D');
    await girl.lawyer.take('B09');
    expect(await girl.agent.state()).toBe('SOCIAL_ENQUIRY');
    await socialReport(girl);
    await girl.agent.document('DIVERSION_PLAN', { text: 'With a curfew and a course' });
    await recommended(girl);
    await program.advance('P2D');
    await girl.agent.document('NOTICE_OF_DECISION');
    await refusedByCourt(girl, 'NO_REASON_GIVEN');
    expect(await girl.agent.state()).toBe('PROSECUTION');
  });

  it('after the judgment there is no third motion', async () => {
    await program.advance('P30D');
    expect(await refused(girl.agent.take('B24'))).toEqual(['DocumentMissing JUDGMENT']);
    await girl.agent.document('JUDGMENT');
    expect(await refused(girl.lawyer.take('B09'))).toEqual(['GuardUnmet B09.2']);
  });

  it('she serves her sentence in the community, and is supported for a year after it', async () => {
    await girl.agent.take('B24');
    expect(await girl.agent.state()).toBe('SENTENCE_NON_CUSTODIAL');
    await program.advance('P90D');
    await girl.agent.documents('COMPLETION_REPORT', 'AFTERCARE_PLAN');
    await girl.agent.take('B26');
    const dues = (await watch.occurrences('DB25')).map(({ dueAt }) => dueAt);
    expect(dues).toHaveLength(7);
    expect(dues.at(-1)).toBe(endOf('2027-06-12'));
  });

  it('half a year is too short after a sentence; the checks whether she offended again come first', async () => {
    for (const pause of ['P2D', 'P10D', 'P15D', 'P2M', 'P3M'] as const) {
      await program.advance(pause);
      await girl.agent.contact('OFFICE');
    }
    await girl.agent.facts({ reoffendingCheck: 'NONE' });
    const papers = ['FOLLOWUP_VISIT', 'FINAL_ASSESSMENT', 'CHILD_VIEWS'];
    await girl.agent.documents(...papers);
    expect(await refused(girl.agent.take('B30'))).toEqual(['GuardUnmet B30.1']);
    for (const pause of ['P3M', 'P3M'] as const) {
      await program.advance(pause);
      await girl.agent.contact('OFFICE');
    }
    await program.advance('P5D');
    expect(await refused(girl.agent.take('B30'))).toEqual(['GuardUnmet B30.2']);
    await girl.agent.facts({ reoffendingCheck: 'NONE' });
    await girl.agent.take('B30');
  });

  it('it is closed by the province with the outcome of a sentence, with no record of a diversion to seal', async () => {
    await girl.agent.document('CLOSURE_SUMMARY');
    expect(await refused(girl.supervisor.take('B31', { outcome: 'B-O4' }))).toEqual(['AttestationMissing B31.2']);
    await girl.supervisor.take('B31', { outcome: 'B-O4', ...declared('B31.2') });
    expect((await girl.agent.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'B-O4' });
    expect(await watch.open()).toEqual([]);
  });
});
