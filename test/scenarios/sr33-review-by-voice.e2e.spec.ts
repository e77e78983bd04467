import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, decision } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { lead, survivorsCast } from '../support/survivors-cast.js';
import { reportToRiver, triaged, type SurvivorCase } from '../support/survivors-stories.js';

interface Common {
  reviews: { notices: Record<string, { en: string; km: string }> };
}

/** A second supervisor in the organisation, who has had nothing to do with her. */
const cast = {
  agencies: survivorsCast.agencies,
  staff: [...survivorsCast.staff, { id: 'other-lead', agency: 'NGO-RIVER', roles: ['NGO_SUP'] }],
};

let program: Program;
let girl: SurvivorCase;
let watch: CaseWatch;
let review: string;

const inTime = { status: 'met', inTime: true };
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const step = (staff: string, name: string, body: object = {}) =>
  program.as(staff).post(`/cases/${girl.caseId}/reviews/${review}/${name}`, body);

/** A Thursday: the organisation declines the case of a girl of 15 and hands her to the helpline. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-05', '09:00'), cast);
  const facts = { ageAtReport: 15, dangerFlag: false, contactAbuse: false };
  girl = await reportToRiver(program, { givenNameKm: 'ស្រីមុំ', sex: 'female', birthDate: '2010-05-05', facts });
  watch = new CaseWatch(program, girl.caseId);
  await triaged(girl);
  const referral = (await girl.worker.draftReferral('PSYCHOSOCIAL', 'HELPLINE-1280', 'SOON')).id;
  await girl.worker.bothConsent('CONSENT_SHARING', { recipient: 'HELPLINE-1280', childPermits: true });
  await girl.worker.referral(referral, 'sending');
  await new CaseHand(program.as('counsellor'), girl.caseId).referral(referral, 'acceptance');
  await girl.worker.documents('REFERRAL_ACK', 'NOTICE_OF_DECISION');
  const declined = { ...decision('G1', 'G1-DECLINE', lead) };
  await girl.supervisor.take('A10', { decision: declined });
});
afterAll(() => program.stop());

describe('SR-33: a girl of 15 does not agree that her case was declined, and says so on the telephone', () => {
  it('her voice is enough: the review is filed, and is to be acknowledged within two working days', async () => {
    await program.advanceTo(local('2026-03-06', '16:00'));
    const { decisionId = '' } = (await girl.worker.view()).decisions.at(-1) ?? {};
    const said = { by: 'child', channel: 'voice', text: 'I wanted to stay with my worker' };
    ({ id: review } = await program
      .as('counsellor')
      .post(`/cases/${girl.caseId}/decisions/${decisionId}/reviews`, said));
    expect(await watch.deadline('R06')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-10') });
    expect((await girl.worker.view()).reviews).toMatchObject([{ reviewId: review, state: 'FILED', gate: 'G1' }]);
  });

  it('acknowledged in time, it is to be decided within five working days', async () => {
    await program.advanceTo(local('2026-03-10', '10:00'));
    expect(await refused(step('worker', 'acknowledgement'))).toEqual(['RoleNotAllowed reviewId']);
    await step('other-lead', 'acknowledgement');
    expect(await watch.deadline('R06')).toMatchObject(inTime);
    expect(await watch.deadline('R07')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-17') });
  });

  it('who decided is excluded, and so is whoever keeps the case', async () => {
    expect(await refused(step('lead', 'start'))).toEqual(['TookPart reviewId']);
    expect(await refused(step('worker', 'start'))).toEqual(['RoleNotAllowed reviewId', 'TookPart reviewId']);
    await step('other-lead', 'start');
    const outcome = { outcome: 'UPHELD', reasons: 'Nobody asked her', noticeGiven: true };
    expect(await refused(step('lead', 'decision', outcome))).toEqual(['RoleNotAllowed reviewId', 'TookPart reviewId']);
  });

  it('she is told the result in words made for her, in Khmer', async () => {
    await program.advanceTo(local('2026-03-12', '10:00'));
    await step('other-lead', 'decision', { outcome: 'UPHELD', reasons: 'Nobody asked her', noticeGiven: true });
    expect(await watch.deadline('R07')).toMatchObject(inTime);
    const { reviews } = await program.as('worker').get<Common>('/pathways/common');
    for (const outcome of ['UPHELD', 'PARTLY_UPHELD', 'DISMISSED']) {
      expect(reviews.notices[outcome]?.km).toMatch(/[\u1780-\u17ff]/);
    }
    const decided = (await girl.worker.timeline()).find(({ type }) => type === 'ReviewDecided');
    expect(decided?.data).toMatchObject({ outcome: 'UPHELD', level: 1, noticeGiven: true });
  });

  it('upheld, it opens her case again, for another supervisor to decide', async () => {
    await new CaseHand(program.as('other-lead'), girl.caseId).take('A27', { reasonCode: 'APPEAL_UPHELD' });
    expect(await girl.worker.state()).toBe('TRIAGE');
  });
});
