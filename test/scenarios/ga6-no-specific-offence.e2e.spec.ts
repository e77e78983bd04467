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
let boy: SurvivorCase;
let watch: CaseWatch;

const inTime = { status: 'met', inTime: true };

/** A Wednesday: a boy of 16 was groomed in a game; an adult asked him for pictures, and he sent none. */
beforeAll(async () => {
  program = await startProgram(local('2026-01-14', '10:00'), survivorsCast);
  const facts = { ageAtReport: 16, dangerFlag: false, contactAbuse: false, materialOnline: false };
  boy = await reportToRiver(program, { givenNameKm: 'ដារ៉ា', sex: 'male', birthDate: '2009-07-20', facts });
  watch = new CaseWatch(program, boy.caseId);
  await triaged(boy);
});
afterAll(() => program.stop());

describe('G-A6: a boy of 16 was groomed, which no law names an offence', () => {
  it('he wants it reported; a lawyer comes, and he tells it once', async () => {
    await boy.worker.track('JUSTICE', 'CHILD_UNDECIDED');
    await planned(boy);
    await boy.worker.track('JUSTICE', 'REPORTED', { authority: 'AHTJP' });
    expect(await watch.deadline('DA16')).toMatchObject({ status: 'due', dueAt: endOf('2026-01-19') });
    await program.advance('P1D');
    await boy.worker.track('JUSTICE', 'LAWYER_ASSIGNED');
    await boy.worker.track('JUSTICE', 'INTERVIEW_SET');
    await boy.worker.track('JUSTICE', 'INTERVIEW_DONE');
    expect(await watch.deadline('DA16')).toMatchObject(inTime);
    expect(await watch.deadline('DA04')).toBeUndefined();
  });

  it('nobody is charged: that is recorded as what it is, without an article', async () => {
    await program.advance('P10D');
    const noArticle = refusal(boy.worker.facts({ chargedUnder: '' }));
    expect(missing(await noArticle)).toEqual(['FieldInvalid facts.chargedUnder']);
    await boy.worker.facts({ noSpecificOffence: true });
    await boy.worker.track('JUSTICE', 'NO_CHARGE');
    const { facts, tracks } = await boy.worker.view();
    expect(facts).toMatchObject({ noSpecificOffence: true });
    expect(facts).not.toHaveProperty('chargedUnder');
    expect(tracks).toContainEqual(expect.objectContaining({ track: 'JUSTICE', state: 'NO_CHARGE' }));
  });

  it('his counselling goes on as planned: no service waits for a charge', async () => {
    await boy.worker.facts({ selfHarmRisk: false });
    for (const to of ['SCREENED', 'IN_SESSIONS']) await boy.worker.track('PSYCHOSOCIAL', to);
    const counselling = (await boy.worker.draftReferral('PSYCHOSOCIAL', 'HOSPITAL-12', 'SOON')).id;
    await boy.worker.bothConsent('CONSENT_SHARING', { recipient: 'HOSPITAL-12', childPermits: true });
    await boy.worker.referral(counselling, 'sending');
    expect(await watch.deadline('DA17')).toMatchObject({ status: 'due' });
    const doctor = new CaseHand(program.as('doctor'), boy.caseId);
    for (const step of ['acceptance', 'start', 'completion']) await doctor.referral(counselling, step);
    expect(await watch.deadline('DA17')).toMatchObject(inTime);
  });

  it('SR-15: it reaches aftercare and is closed as recovered; no guard on the way asked for a charge', async () => {
    await movedToAftercare(boy);
    expect(await boy.worker.state()).toBe('AFTERCARE');
    await closedAfterAftercare(program, boy);
    expect((await boy.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'A-O1' });
    const steps = (await boy.worker.timeline()).filter(({ type }) => type === 'TransitionTaken');
    expect(steps.map(({ data }) => data['transition'])).toEqual([
      ...['A01', 'A06', 'A09', 'A11', 'A12', 'A13', 'A15', 'A17', 'A19', 'A21'],
    ]);
    expect(await watch.open()).toEqual([]);
  });
});
