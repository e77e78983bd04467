import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, declared } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast, toWorker } from '../support/survivors-cast.js';

let program: Program;
let personId: string;
let counsellor: CaseHand;
let shiftLead: CaseHand;
let watch: CaseWatch;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));

/** Somebody tells the helpline of material in a chat. Who the child is, and whether it is in Cambodia, nobody knows. */
beforeAll(async () => {
  program = await startProgram(local('2026-05-20', '20:00'), survivorsCast);
  ({ id: personId } = await program.as('counsellor').post('/persons', { sex: 'unknown', synthetic: true }));
  const facts = { contentOnly: true, dangerFlag: false };
  const opened = { personId, pathway: 'A_OCSEA', owner: 'counsellor', province: '12', facts, synthetic: true };
  const { id } = await program.as('counsellor').post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), id);
  [counsellor, shiftLead] = [hand('counsellor'), hand('shift-lead')];
  watch = new CaseWatch(program, id);
});
afterAll(() => program.stop());

describe('G-A7: a report is about material alone, with no child', () => {
  it('nothing of the material can be left here: no link, no picture, no archive', async () => {
    const link = counsellor.document('INTAKE_REPORT', { text: 'It is at https://example.org/group/1' });
    expect(await refused(link)).toEqual(['LinkInText text']);
    expect(await refused(counsellor.note('CASE_NOTE', 'See t.me/example'))).toEqual(['LinkInText text']);
    for (const mediaType of ['image/png', 'video/mp4', 'application/zip']) {
      expect(await refused(counsellor.document('HOTLINE_REF', { mediaType }))).toEqual(['MediaTypeRefused mediaType']);
    }
    await counsellor.document('INTAKE_REPORT', { text: 'Material in a chat of a game, seen once' });
  });

  it('it never becomes a case: nobody can be given it to work on', async () => {
    const assigned = counsellor.take('A01', { assignee: toWorker, ...declared('A01.2') });
    expect(await refused(assigned)).toEqual(['GuardUnmet A01.3']);
    const step = (await counsellor.nextSteps()).find(({ transition }) => transition === 'A01');
    expect(missing(step?.missing ?? [])).toContain('GuardUnmet A01.3');
  });

  it('it is dismissed only once the hotline has it, whose number alone is kept', async () => {
    await program.advance('PT1H');
    await shiftLead.document('CLOSURE_SUMMARY');
    expect(await refused(shiftLead.take('A02', { reasonCode: 'CONTENT_ONLY' }))).toEqual(['GuardUnmet A02.3']);
    await counsellor.document('HOTLINE_REF', { text: 'Report number 2026-512' });
    await shiftLead.take('A02', { reasonCode: 'CONTENT_ONLY' });
    expect((await counsellor.view()).enrolment).toMatchObject({ state: 'NOT_A_CASE', ended: true });
  });

  it('no duty runs on, nobody keeps it on a list, and nobody is told of it any more', async () => {
    expect(await watch.open()).toEqual([]);
    for (const list of ['mine', 'team', 'overdue'] as const) expect(await watch.tasks('counsellor', list)).toEqual([]);
    const before = await program.escalations(counsellor.caseId);
    await program.advance('P30D');
    expect(await program.escalations(counsellor.caseId)).toEqual(before);
  });

  it('what is left is a reference and a person without a name', async () => {
    const { person, documents, referrals } = await counsellor.view();
    expect(person).toMatchObject({ id: personId, identity: {}, location: {}, sex: 'unknown' });
    expect(documents.map(({ code }) => code)).toEqual(['INTAKE_REPORT', 'CLOSURE_SUMMARY', 'HOTLINE_REF']);
    expect(referrals).toEqual([]);
  });

  it('when the police find out who the child is, the report can be opened again and become a case', async () => {
    await shiftLead.take('A27', { reasonCode: 'NEW_INFORMATION' });
    await counsellor.document('RISK_SCREEN');
    await program.as('shift-lead').post(`/cases/${counsellor.caseId}/assignment`, toWorker);
    const worker = new CaseHand(program.as('worker'), counsellor.caseId);
    await worker.bothConsent('CONSENT_SERVICES', { childPermits: true });
    expect(await refused(worker.take('A06'))).toEqual(['GuardUnmet A06.2']);
    await worker.facts({ contentOnly: false });
    await worker.take('A06');
    expect(await worker.state()).toBe('ELIGIBILITY_DECISION');
  });
});
