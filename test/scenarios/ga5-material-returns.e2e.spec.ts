import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast } from '../support/survivors-cast.js';
import {
  closedAfterAftercare,
  movedToAftercare,
  planned,
  reportToRiver,
  triaged,
  type SurvivorCase,
} from '../support/survivors-stories.js';

let program: Program;
let girl: SurvivorCase;
let watch: CaseWatch;

const inTime = { status: 'met', inTime: true };
/** What has to be on paper by the end, from the first report to the closure. */
const evidence = [
  ...['INTAKE_REPORT', 'RISK_SCREEN', 'HOTLINE_REF', 'COMPREHENSIVE_ASSESSMENT', 'DIGITAL_SAFETY', 'CHILD_VIEWS'],
  ...['BIA', 'CASE_PLAN', 'CONFERENCE_MINUTES', 'REVIEW_REPORT', 'AFTERCARE_PLAN', 'FOLLOWUP_VISIT'],
  ...['FINAL_ASSESSMENT', 'CLOSURE_SUMMARY', 'NOTICE_OF_DECISION'],
];

/** Sunday evening: a girl of 13 tells of abuse the same morning, and that it was filmed. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-01', '18:00'), survivorsCast);
  const facts = {
    ageAtReport: 13,
    dangerFlag: false,
    contactAbuse: true,
    abuseConfirmed: true,
    materialOnline: true,
    exposureAt: local('2026-03-01', '08:00'),
  };
  girl = await reportToRiver(program, { givenNameKm: 'ធីតា', sex: 'female', birthDate: '2012-08-15', facts });
  watch = new CaseWatch(program, girl.caseId);
});
afterAll(() => program.stop());

describe('a girl of 13 is abused and filmed, and recovers', () => {
  it('within a day she was seen by a doctor, the police know, and the material is reported', async () => {
    await triaged(girl);
    await girl.worker.bothConsent('CONSENT_MEDICAL');
    await girl.worker.track('HEALTH', 'CONSENTED');
    await program.advanceTo(local('2026-03-02', '09:00'));
    await girl.worker.track('HEALTH', 'ATTENDED', { place: 'HOSPITAL-12' });
    await girl.worker.track('JUSTICE', 'REPORTED', { authority: 'AHTJP' });
    await girl.worker.track('DIGITAL', 'PRESERVATION_REQUESTED');
    await girl.worker.document('HOTLINE_REF', { text: 'Report number 2026-131' });
    await girl.worker.track('DIGITAL', 'REPORTED_TO_HOTLINE');
    for (const key of ['DA04', 'DA05', 'DA06', 'DA07', 'DA09', 'DA11']) {
      expect(await watch.deadline(key)).toMatchObject(inTime);
    }
  });

  it('she is interviewed once, beside her lawyer, and the material is taken down', async () => {
    await program.advanceTo(local('2026-03-03', '10:00'));
    await girl.worker.track('JUSTICE', 'LAWYER_ASSIGNED');
    await girl.worker.track('JUSTICE', 'INTERVIEW_SET');
    await girl.worker.track('JUSTICE', 'INTERVIEW_DONE');
    await planned(girl);
    await girl.worker.track('DIGITAL', 'PLATFORM_ACK');
    await girl.worker.track('DIGITAL', 'REMOVED');
    for (const day of ['2026-03-10', '2026-04-02', '2026-06-01']) {
      await program.advanceTo(local(day, '10:00'));
      await girl.worker.contact('HOME_VISIT');
      await girl.worker.note('RECIRCULATION_CHECK', 'Nothing found');
    }
    await girl.worker.track('DIGITAL', 'MONITORED');
    expect((await watch.occurrences('DA12')).map(({ status, inTime: onTime }) => [status, onTime])).toEqual(
      Array.from({ length: 3 }, () => ['met', true]),
    );
    await girl.worker.track('JUSTICE', 'JUDGMENT');
    await movedToAftercare(girl);
    await closedAfterAftercare(program, girl);
    expect((await girl.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'A-O1' });
    expect(await watch.open()).toEqual([]);
  });

  it('SR-14: from report to closure every piece of evidence is there, and she had to tell it once', async () => {
    const { documents, consents, decisions, tracks } = await girl.worker.view();
    expect(new Set(documents.map(({ code }) => code))).toEqual(new Set(evidence));
    expect(new Set(consents.map(({ kind }) => kind))).toEqual(
      new Set(['CONSENT_SERVICES', 'CONSENT_MEDICAL', 'CONSENT_SHARING', 'CHILD_ASSENT']),
    );
    expect(decisions.map(({ outcome }) => outcome)).toEqual(['G1-ACCEPT', 'G2-APPROVE', 'G4-APPROVE']);
    expect(tracks).toContainEqual(expect.objectContaining({ track: 'HEALTH', state: 'ATTENDED' }));
    const interviews = (await girl.worker.timeline()).filter(({ data }) => data['to'] === 'INTERVIEW_DONE');
    expect(interviews).toHaveLength(1);
  });
});

describe('G-A5: two months later the material is found again', () => {
  it('the case is opened again by the supervisor, who says why; not by the worker who closed it', async () => {
    await program.advance('P2M');
    const again = { reasonCode: 'IMAGE_RECIRCULATED' };
    expect(missing(await refusal(girl.worker.take('A27', again)))).toEqual(['RoleNotAllowed A27']);
    expect(missing(await refusal(girl.supervisor.take('A27')))).toEqual(['GuardUnmet A27.1']);
    await girl.supervisor.take('A27', again);
    expect(await girl.worker.state()).toBe('TRIAGE');
    expect(await watch.deadline('DA02')).toMatchObject({ status: 'due', dueAt: within24Hours() });
  });

  it('preservation and takedown are due within a day, as they were the first time', async () => {
    await girl.worker.track('DIGITAL', 'RECIRCULATED');
    for (const key of ['DA09', 'DA11']) {
      expect(await watch.deadline(key)).toMatchObject({ status: 'due', dueAt: within24Hours() });
    }
    await program.advance('PT3H');
    await girl.worker.track('DIGITAL', 'PRESERVATION_REQUESTED');
    await girl.worker.document('HOTLINE_REF', { text: 'Report number 2026-774' });
    await girl.worker.track('DIGITAL', 'REPORTED_TO_HOTLINE');
    for (const key of ['DA09.2', 'DA11.2']) expect(await watch.deadline(key)).toMatchObject(inTime);
  });

  it('she is at high risk again, without being asked to tell it again', async () => {
    await girl.worker.risk('high', 'She stopped eating when she heard of it');
    const again = refusal(girl.worker.track('JUSTICE', 'INTERVIEW_SET'));
    expect(missing(await again)).toEqual(['AttestationMissing JUSTICE.INTERVIEW_SET.2']);
    await girl.worker.document('RISK_SCREEN');
    await girl.worker.take('A03');
    expect(await watch.deadline('DA03')).toMatchObject({ status: 'due', dueAt: within24Hours() });
    await girl.worker.document('SAFETY_PLAN');
    await girl.worker.take('A08');
    expect(await girl.worker.state()).toBe('ASSESSMENT');
    expect(await watch.deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2027-02-14') });
  });

  it('whoever looks back sees both times, and a closed case between them', async () => {
    const steps = (await girl.worker.timeline()).filter(({ type }) => type === 'TransitionTaken');
    expect(steps.map(({ data }) => data['transition']).slice(-4)).toEqual(['A21', 'A27', 'A03', 'A08']);
    const then = await new CaseHand(program.as('province'), girl.caseId).view(local('2027-01-01', '10:00'));
    expect(then.enrolment).toMatchObject({ state: 'CLOSED', ended: true });
  });
});

function within24Hours(): string {
  return new Date(Date.parse(program.now()) + 24 * 3_600_000).toISOString();
}
