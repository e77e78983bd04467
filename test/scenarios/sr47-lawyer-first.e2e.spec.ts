import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { decision, declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast, prosecutor } from '../support/justice-cast.js';
import { heldByPolice, notified, sitting, type JusticeCase } from '../support/justice-stories.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let boy: JusticeCase;
let watch: CaseWatch;

const province = { id: 'province', role: 'PDOSVY_SUP', agency: 'PDOSVY-08' };
const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const lawyerComes = async () => {
  for (const to of ['ASSIGNED', 'MET_CHILD']) await boy.lawyer.track('LAWYER', to);
};

/** A Monday morning: a boy of 16 is held, and no lawyer has been asked for. */
beforeAll(async () => {
  program = await startProgram(local('2026-08-03', '08:00'), justiceCast);
  const facts = { offenceClass: 'MISD', ageAtOffence: 16 };
  boy = await notified(program, { givenNameKm: 'ចាន់ថា', birthDate: '2010-01-15', facts });
  watch = new CaseWatch(program, boy.caseId);
  await heldByPolice(boy);
});
afterAll(() => program.stop());

describe('SR-47: nothing of weight happens to a child before a lawyer has met the child', () => {
  it('the first interview: none can be set; one that was held without a lawyer is recorded, and is a breach', async () => {
    const planned = boy.officer.facts({ firstInterviewAt: local('2026-08-03', '14:00') });
    expect(await refused(planned)).toEqual(['GuardUnmet FACTS.1']);
    expect(await watch.deadline('DB05')).toMatchObject({ status: 'due', dueAt: local('2026-08-03', '20:00') });
    await program.advanceTo(local('2026-08-03', '11:00'));
    await boy.lawyer.facts({ firstInterviewAt: local('2026-08-03', '10:00') });
    expect(await watch.deadline('DB05')).toMatchObject({ status: 'overdue', dueAt: local('2026-08-03', '10:00') });
    const { items } = await program
      .as('province')
      .get<{ items: { caseId: string }[] }>('/supervision/watchlists/NO_LAWYER');
    expect(items).toMatchObject([{ caseId: boy.caseId }]);
  });

  it('the enquiry: his consent to it counts only after a lawyer met him', async () => {
    await boy.officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD', 'RELEASE_ORDER');
    await boy.officer.facts({ representativeNotified: 'NOTIFIED' });
    await boy.agent.take('B01');
    await boy.agent.document('AGE_EVIDENCE');
    await boy.agent.take('B02');
    await boy.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'COURT-08' });
    await boy.lawyer.document('LAWYER_ASSIGNMENT');
    await boy.atCourt.take('B07');
    await boy.agent.documents('SOCIAL_REPORT', 'CHILD_VIEWS', 'VICTIM_CONTACT', 'DIVERSION_PLAN');
    await boy.agent.bothConsent('CONSENT_SERVICES', { childPermits: true });
    expect(await refused(boy.agent.take('B10', declared('B10.1a')))).toEqual(['GuardUnmet B10.1b']);
  });

  it('the agreement: not even the fast track leads round the lawyer', async () => {
    const way = { ...declared('B41.1', 'B41.2'), decision: decision('D3', 'D3-FAST_TRACK', province) };
    await boy.supervisor.take('B41', way);
    await boy.agent.documents('DIVERSION_ORDER', 'DIVERSION_AGREEMENT');
    await boy.agent.consent('CHILD_ASSENT', 'child');
    await boy.agent.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
    const order = { decision: decision('D4', 'D4-ORDERED', prosecutor) };
    expect(await refused(boy.atCourt.take('B14', order))).toEqual(['GuardUnmet B14.1b']);
    const { id: legalAid } = await boy.agent.draftReferral('LEGAL_AID', 'LEGAL-AID', 'URGENT');
    await boy.agent.bothConsent('CONSENT_SHARING', { recipient: 'LEGAL-AID', childPermits: true });
    await boy.agent.referral(legalAid, 'sending');
    await boy.lawyer.referral(legalAid, 'acceptance');
    await lawyerComes();
    await boy.atCourt.take('B14', order);
    expect(await boy.agent.state()).toBe('DIVERSION_ACTIVE');
  });

  it('the hearing about a breach: a new lawyer has to meet him, too, whoever met him before', async () => {
    await boy.agent.facts({ diversionMonths: 4, breachKind: 'MAJOR', breachKnownAt: program.now() });
    await boy.agent.document('BREACH_REPORT');
    await boy.agent.take('B17', { reasonCode: 'CONTACT_WITH_VICTIM' });
    await boy.lawyer.track('LAWYER', 'CHANGED');
    const heard = { ...declared('B18.1a'), decision: sitting('D5', 'D5-CONTINUE') };
    expect(await refused(boy.committee.take('B18', heard))).toEqual(['GuardUnmet B18.1b']);
    await boy.agent.document('NOTICE_OF_DECISION');
    const revoked = { ...declared('B19.1a', 'B19.2', 'B19.3'), decision: sitting('D5', 'D5-REVOKE') };
    expect(await refused(boy.atCourt.take('B19', revoked))).toEqual(['GuardUnmet B19.1b']);
    await lawyerComes();
    await boy.committee.take('B18', heard);
    expect(await boy.agent.state()).toBe('DIVERSION_ACTIVE');
  });
});
