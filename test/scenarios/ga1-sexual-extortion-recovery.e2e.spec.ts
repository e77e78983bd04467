import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, decision } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { lead, survivorsCast, toWorker } from '../support/survivors-cast.js';

interface Task {
  caseId: string;
  definition: string;
  overdueHours: number | null;
}

let program: Program;
let caseId: string;
let counsellor: CaseHand;
let worker: CaseHand;
let supervisor: CaseHand;
let lawyer: CaseHand;
let legalAid: string;

const deadline = (key: string) => program.deadline(caseId, key);
const told = async (of: string) => (await program.escalations(caseId, of)).map((each) => [each.at, ...each.told]);
const tasks = async (staff: string, list: string) =>
  (await program.as(staff).get<{ items: Task[] }>(`/worklists/${list}`)).items;

/** Monday evening, when most children call. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '19:30'), survivorsCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'ស្រីមុំ', birthDate: '2012-09-10' };
  const child = { sex: 'female', identity, province: '12', synthetic: true };
  const { id: personId } = await program.as('counsellor').post('/persons', child);
  const facts = { ageAtReport: 13, contactAbuse: false };
  const opened = { personId, pathway: 'A_OCSEA', owner: 'counsellor', province: '12', facts, synthetic: true };
  caseId = (await program.as('counsellor').post('/cases', opened)).id;
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  [counsellor, worker, supervisor, lawyer] = [hand('counsellor'), hand('worker'), hand('lead'), hand('lawyer')];
});
afterAll(() => program.stop());

describe('G-A1: a girl of 13 is extorted by a stranger, and her mother stands by her', () => {
  it('she calls 1280: danger that nobody has ruled out counts as danger', async () => {
    expect(await deadline('DA01')).toMatchObject({ status: 'due', dueAt: local('2026-03-02', '20:30') });
    await program.advanceTo(local('2026-03-02', '19:45'));
    await counsellor.facts({ dangerFlag: false });
    expect(await deadline('DA01.1')).toMatchObject({ status: 'cancelled' });
    expect(await deadline('DA01.2')).toMatchObject({ status: 'due', dueAt: local('2026-03-02', '22:30') });
  });

  it('no contact abuse: health is not needed, and no clinical window runs', async () => {
    const { tracks, deadlines } = await counsellor.view();
    expect(tracks).toContainEqual(expect.objectContaining({ track: 'HEALTH', state: 'NOT_NEEDED' }));
    const windows = deadlines.filter(({ definition }) => ['DA05', 'DA06', 'DA07'].includes(definition));
    expect(windows).toEqual([]);
  });

  it('the report cannot be handed over yet, and all that is missing is said at once in both languages', async () => {
    const { status, unmet } = await refusal(counsellor.take('A01'));
    expect({ status, unmet }).toEqual({
      status: 422,
      unmet: [
        {
          code: 'DocumentMissing',
          subject: 'INTAKE_REPORT',
          text: {
            en: 'A document is missing: Intake report, first information (MoSVY Form 1)',
            km: 'ខ្វះឯកសារ៖ ព័ត៌មានបឋម (ទម្រង់ ១)',
          },
        },
        {
          code: 'GuardUnmet',
          subject: 'A01.1',
          text: {
            en: 'The worker assigned must not have a conflict of interest on this case',
            km: 'អ្នកដែលត្រូវចាត់តាំងមិនត្រូវមានទំនាស់ផលប្រយោជន៍ក្នុងករណីនេះ',
          },
        },
        {
          code: 'AttestationMissing',
          subject: 'A01.2',
          text: {
            en: 'A named person must declare: Search for an earlier record of the same child',
            km: 'ត្រូវមានបុគ្គលកំណត់ឈ្មោះបញ្ជាក់ថា៖ ស្វែងរកកំណត់ត្រាចាស់របស់កុមារដដែលជាមុន',
          },
        },
      ],
    });
  });

  it('the counsellor is reminded, then hands over in time; nobody hears of it again', async () => {
    await program.advanceTo(local('2026-03-02', '21:10'));
    const reminders = [
      [local('2026-03-02', '20:30'), 'counsellor', 'shift-lead'],
      [local('2026-03-02', '21:00'), 'counsellor'],
    ];
    expect(await told('DA01')).toEqual(reminders);
    await counsellor.document('INTAKE_REPORT');
    const attestations = [{ guard: 'A01.2', reason: 'Searched by name, age and commune' }];
    await counsellor.take('A01', { assignee: toWorker, attestations });
    expect(await deadline('DA01')).toMatchObject({ status: 'met', inTime: true, recordedLate: false });
    expect(await deadline('DA02')).toMatchObject({ status: 'due', dueAt: local('2026-03-03', '21:10') });
    expect(await deadline('DA08')).toMatchObject({ status: 'due', dueAt: local('2026-03-03', '21:10') });
    expect((await tasks('worker', 'mine')).map(({ definition }) => definition)).toEqual(['DA02', 'DA08', 'R11', 'R12']);
    expect(await tasks('counsellor', 'mine')).toEqual([]);
    await program.advanceTo(local('2026-03-03', '09:00'));
    expect(await told('DA01')).toEqual(reminders);
  });

  it('first aid comes first, and asks about self-harm', async () => {
    await worker.contact('PHONE', { text: 'She can talk, and her mother is with her' });
    await worker.track('PSYCHOSOCIAL', 'FIRST_AID_DONE');
    expect(await deadline('DA08')).toMatchObject({ status: 'met', inTime: true });
    expect(missing(await refusal(worker.track('PSYCHOSOCIAL', 'SCREENED')))).toEqual([
      'GuardUnmet PSYCHOSOCIAL.SCREENED.1',
    ]);
    await worker.facts({ selfHarmRisk: false });
    await worker.track('PSYCHOSOCIAL', 'SCREENED');
  });

  it('triage: screened, at medium risk, with the consent of child and mother', async () => {
    const toSubmit = ['ConsentMissing CONSENT_SERVICES', 'DocumentMissing RISK_SCREEN', 'GuardUnmet A06.1'];
    expect(missing(await refusal(worker.take('A06')))).toEqual(toSubmit);
    const step = (await worker.nextSteps()).find(({ transition }) => transition === 'A06');
    expect(step).toMatchObject({ yours: true, to: 'ELIGIBILITY_DECISION' });
    expect(missing(step?.missing ?? [])).toEqual(toSubmit);
    await worker.document('RISK_SCREEN');
    await worker.risk('medium', 'A stranger far away; her mother protects her');
    await worker.consent('CONSENT_SERVICES', 'child');
    await worker.consent('CONSENT_SERVICES', 'caregiver', { manner: 'thumbprint' });
    await worker.take('A06');
    expect(await deadline('DA02')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA13')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-06') });
  });

  it('takedown: evidence is preserved, then the hotline reports, and no trace of the material is written down', async () => {
    await worker.facts({ abuseConfirmed: true });
    await worker.track('DIGITAL', 'IDENTIFIED');
    for (const key of ['DA04', 'DA09', 'DA11']) {
      expect(await deadline(key)).toMatchObject({ status: 'due', dueAt: local('2026-03-04', '09:00') });
    }
    await program.advanceTo(local('2026-03-03', '15:00'));
    await worker.track('DIGITAL', 'PRESERVATION_REQUESTED');
    expect(missing(await refusal(worker.track('DIGITAL', 'REPORTED_TO_HOTLINE')))).toEqual([
      'GuardUnmet DIGITAL.REPORTED_TO_HOTLINE.1',
    ]);
    const link = refusal(worker.document('HOTLINE_REF', { text: 'See https://example.org/material/1' }));
    expect(missing(await link)).toEqual(['LinkInText text']);
    const picture = refusal(worker.document('HOTLINE_REF', { mediaType: 'image/png' }));
    expect(missing(await picture)).toEqual(['MediaTypeRefused mediaType']);
    await worker.document('HOTLINE_REF', { text: 'Report number 2026-118' });
    await worker.track('DIGITAL', 'REPORTED_TO_HOTLINE');
    expect(await deadline('DA09')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA11')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA10')).toMatchObject({ status: 'due', dueAt: endOf('2026-05-22') });
  });

  it('it is reported, as she is under 15; no interview without a lawyer', async () => {
    await worker.track('JUSTICE', 'REPORTED', { authority: 'AHTJP' });
    expect(await deadline('DA04')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA16')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-06') });
    expect(missing(await refusal(worker.track('JUSTICE', 'INTERVIEW_SET')))).toEqual([
      'GuardUnmet JUSTICE.INTERVIEW_SET.1',
    ]);
  });

  it('the supervisor accepts the case, not who submitted it', async () => {
    await program.advanceTo(local('2026-03-05', '09:00'));
    expect(await told('DA13')).toEqual([[endOf('2026-03-04'), 'worker']]);
    expect(missing(await refusal(worker.take('A09')))).toEqual([
      'DecisionMissing G1-ACCEPT',
      'DocumentMissing GK_DECISION',
      'GuardUnmet A09.1',
      'RoleNotAllowed A09',
    ]);
    const unheard = { ...decision('G1', 'G1-ACCEPT', lead), views: { sought: 'not_applicable' } };
    expect(missing(await refusal(supervisor.take('A09', { decision: unheard })))).toContain(
      'ViewsMissing decision.views',
    );
    await supervisor.take('A09', { decision: decision('G1', 'G1-ACCEPT', lead) });
    expect(await deadline('DA13')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA14')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-12') });
    expect(await deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-19') });
  });

  it('legal aid is asked once she consents to sharing, and answers', async () => {
    legalAid = (await worker.draftReferral('LEGAL_AID', 'LEGAL-AID', 'SOON')).id;
    expect(missing(await refusal(worker.referral(legalAid, 'sending')))).toEqual(['ConsentMissing CONSENT_SHARING']);
    await worker.bothConsent('CONSENT_SHARING', { recipient: 'LEGAL-AID' });
    await worker.referral(legalAid, 'sending');
    expect(await deadline('DA17')).toMatchObject({ status: 'due', dueAt: local('2026-03-08', '09:00') });
    const asked = await program.as('lawyer').get<{ items: object[] }>('/worklists/referrals-unanswered');
    expect(asked.items).toMatchObject([{ caseId, referralId: legalAid, state: 'SENT' }]);
    await program.advanceTo(local('2026-03-06', '11:00'));
    await lawyer.referral(legalAid, 'acceptance');
    await worker.track('JUSTICE', 'LAWYER_ASSIGNED');
    expect(await deadline('DA17')).toMatchObject({ status: 'met', inTime: true });
    expect(await told('DA17')).toEqual([[local('2026-03-06', '09:00'), 'worker']]);
    expect(await deadline('DA16')).toMatchObject({ status: 'met', inTime: true });
    expect(await told('DA16')).toEqual([
      [endOf('2026-03-04'), 'worker'],
      [endOf('2026-03-05'), 'worker'],
    ]);
  });

  it('she is interviewed once, with her lawyer', async () => {
    await program.advanceTo(local('2026-03-09', '09:00'));
    await worker.track('JUSTICE', 'INTERVIEW_SET');
    await lawyer.referral(legalAid, 'start');
    await program.advanceTo(local('2026-03-10', '10:00'));
    await worker.track('JUSTICE', 'INTERVIEW_DONE');
    await worker.track('JUSTICE', 'INVESTIGATION');
  });

  it('the assessment does not ask her again', async () => {
    expect(missing(await refusal(worker.take('A11')))).toEqual([
      'AttestationMissing A11.1',
      'DocumentMissing BIA',
      'DocumentMissing CHILD_VIEWS',
      'DocumentMissing COMPREHENSIVE_ASSESSMENT',
      'DocumentMissing DIGITAL_SAFETY',
    ]);
    await worker.documents('COMPREHENSIVE_ASSESSMENT', 'DIGITAL_SAFETY', 'CHILD_VIEWS', 'BIA');
    await worker.take('A11', { attestations: [{ guard: 'A11.1', reason: 'Taken from the interview of the police' }] });
    expect(await deadline('DA14')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA15')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-17') });
  });

  it('the plan needs her own assent, and the supervisor', async () => {
    await program.advanceTo(local('2026-03-12', '14:00'));
    await worker.documents('CASE_PLAN', 'CONFERENCE_MINUTES');
    const attestations = [{ guard: 'A12.1', reason: 'Nobody of his side was invited' }];
    expect(missing(await refusal(worker.take('A12', { attestations })))).toEqual(['ConsentMissing CHILD_ASSENT']);
    await worker.consent('CHILD_ASSENT', 'child');
    await worker.take('A12', { attestations });
    await program.advanceTo(local('2026-03-13', '10:00'));
    await supervisor.take('A13', { decision: decision('G2', 'G2-APPROVE', lead) });
    expect(await deadline('DA15')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA19')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-12') });
  });

  it('the material is removed, and looked for again', async () => {
    await worker.track('DIGITAL', 'PLATFORM_ACK');
    await program.advanceTo(local('2026-03-16', '10:00'));
    await worker.track('DIGITAL', 'REMOVED');
    const checks = ['DA12.1', 'DA12.2', 'DA12.3'].map(deadline);
    expect((await Promise.all(checks)).map((each) => each?.dueAt)).toEqual(
      ['2026-03-23', '2026-04-15', '2026-06-14'].map(endOf),
    );
    await worker.track('PSYCHOSOCIAL', 'IN_SESSIONS');
    await program.advanceTo(local('2026-03-18', '15:00'));
    await worker.contact('HOME_VISIT');
    expect(await deadline('DA18.1')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-01') });
    await program.advanceTo(local('2026-03-20', '10:00'));
    await worker.note('RECIRCULATION_CHECK', 'Nothing found');
    expect(await deadline('DA12.1')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA12.2')).toMatchObject({ status: 'due' });
  });

  it('at the review two people lower the risk, and her duties follow it', async () => {
    await program.advanceTo(local('2026-03-24', '09:00'));
    await worker.take('A15');
    const better = 'He is in custody; she sleeps again';
    const proposal = (await worker.risk('low', better)).id;
    expect((await worker.view()).risk?.level).toBe('medium');
    expect(missing(await refusal(worker.agreeToLowerRisk(proposal)))).toEqual([
      'DocumentMissing REVIEW_REPORT',
      'RoleNotAllowed proposalId',
      'TwoPersonRule proposalId',
    ]);
    await worker.document('REVIEW_REPORT');
    await supervisor.agreeToLowerRisk(proposal);
    expect(await deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2026-04-17') });
    expect(await deadline('DA19')).toMatchObject({ status: 'due', dueAt: endOf('2026-06-11') });
  });

  it('aftercare begins, with a person at her side while the court takes its time', async () => {
    await program.advanceTo(local('2026-03-25', '10:00'));
    expect(missing(await refusal(supervisor.take('A17')))).toEqual([
      'AttestationMissing A17.3',
      'DocumentMissing AFTERCARE_PLAN',
    ]);
    await worker.document('AFTERCARE_PLAN');
    await worker.facts({ justiceSupportPerson: true });
    await supervisor.take('A17');
    for (const key of ['DA18', 'DA19']) expect(await deadline(key)).toMatchObject({ status: 'met', inTime: true });
    const contacts = (await program.deadlines(caseId)).filter(({ definition }) => definition === 'DA20');
    expect(contacts.map(({ dueAt }) => dueAt)).toEqual(
      ['2026-04-08', '2026-04-25', '2026-06-25', '2026-09-25'].map(endOf),
    );
  });

  it('she is met on schedule, and the preserved evidence is served', async () => {
    await program.advanceTo(local('2026-04-07', '10:00'));
    await worker.contact('HOME_VISIT');
    expect(await deadline('DA20.1')).toMatchObject({ status: 'met', inTime: true });
    expect(await told('DA20.1')).toEqual([
      [endOf('2026-03-25'), 'worker'],
      [endOf('2026-04-01'), 'worker'],
    ]);
    await program.advanceTo(local('2026-04-10', '10:00'));
    await worker.note('RECIRCULATION_CHECK', 'Nothing found');
    expect(await deadline('DA12.2')).toMatchObject({ status: 'met', inTime: true });
    await program.advanceTo(local('2026-04-24', '10:00'));
    await worker.contact('OFFICE');
    expect(await deadline('DA20.2')).toMatchObject({ status: 'met', inTime: true });
    await program.advanceTo(local('2026-05-11', '10:00'));
    await worker.facts({ legalRequestServed: true });
    expect(await deadline('DA10')).toMatchObject({ status: 'met', inTime: true });
    expect(await told('DA10')).toEqual([[endOf('2026-05-08'), 'worker']]);
  });

  it('a check that falls due on a Sunday waits with its alarm for Monday, and stops it once it is made', async () => {
    await program.advanceTo(local('2026-06-15', '07:00'));
    expect(await deadline('DA12.3')).toMatchObject({ status: 'overdue' });
    expect(await told('DA12.3')).toEqual([
      [endOf('2026-05-31'), 'worker'],
      [endOf('2026-06-07'), 'worker'],
    ]);
    await program.advanceTo(local('2026-06-15', '10:00'));
    expect((await told('DA12.3')).at(-1)).toEqual([local('2026-06-15', '08:00'), 'lead', 'worker']);
    expect(await tasks('lead', 'overdue')).toMatchObject([{ caseId, definition: 'DA12', overdueHours: 10 }]);
    await worker.note('RECIRCULATION_CHECK', 'Nothing found');
    await worker.track('DIGITAL', 'MONITORED');
    expect(await deadline('DA12.3')).toMatchObject({ status: 'met', inTime: false, recordedLate: false });
    expect(await tasks('lead', 'overdue')).toEqual([]);
  });

  it('three months are too short: she has not asked for less than six', async () => {
    await program.advanceTo(local('2026-06-24', '16:00'));
    await worker.contact('HOME_VISIT');
    expect(await deadline('DA20.3')).toMatchObject({ status: 'met', inTime: true });
    await program.advanceTo(local('2026-06-26', '10:00'));
    expect(missing(await refusal(worker.take('A19')))).toEqual([
      'DocumentMissing CHILD_VIEWS',
      'DocumentMissing FINAL_ASSESSMENT',
      'DocumentMissing FOLLOWUP_VISIT',
      'GuardUnmet A19.1',
    ]);
  });

  it('after six months closure is proposed', async () => {
    await program.advanceTo(local('2026-08-20', '10:00'));
    await worker.track('JUSTICE', 'JUDGMENT');
    await program.advanceTo(local('2026-09-23', '10:00'));
    await worker.contact('HOME_VISIT');
    expect(await deadline('DA20.4')).toMatchObject({ status: 'met', inTime: true });
    await worker.documents('FOLLOWUP_VISIT', 'FINAL_ASSESSMENT', 'CHILD_VIEWS');
    expect(missing(await refusal(worker.take('A19')))).toEqual(['GuardUnmet A19.1']);
    await program.advanceTo(local('2026-09-25', '10:00'));
    await worker.take('A19');
    expect(await deadline('DA21')).toMatchObject({ status: 'due', dueAt: endOf('2026-10-09') });
  });

  it('it is closed as recovered in the seventh month, with nothing left open', async () => {
    await program.advanceTo(local('2026-09-29', '10:00'));
    expect(missing(await refusal(supervisor.take('A21')))).toEqual([
      'DecisionMissing G4-APPROVE',
      'DocumentMissing CLOSURE_SUMMARY',
      'DocumentMissing NOTICE_OF_DECISION',
      'GuardUnmet A21.1',
      'GuardUnmet A21.2',
    ]);
    await lawyer.referral(legalAid, 'completion', { text: 'Judgment and compensation' });
    await worker.documents('CLOSURE_SUMMARY', 'NOTICE_OF_DECISION');
    await supervisor.take('A21', { outcome: 'A-O1', decision: decision('G4', 'G4-APPROVE', lead) });
    const { enrolment, deadlines } = await worker.view();
    expect(enrolment).toMatchObject({ state: 'CLOSED', ended: true, outcome: 'A-O1' });
    expect(deadlines.filter(({ status }) => status === 'due' || status === 'overdue')).toEqual([]);
    expect(await deadline('DA21')).toMatchObject({ status: 'met', inTime: true });
    expect(await tasks('worker', 'mine')).toEqual([]);
  });
});

describe('what remains of it', () => {
  it('is silence: half a year later nobody has been told anything more', async () => {
    const before = await program.escalations(caseId);
    await program.advance('P6M');
    expect(await program.escalations(caseId)).toEqual(before);
  });

  it('is a history that says what happened when: every rung once, at its own time, and one interview', async () => {
    const timeline = await worker.timeline();
    expect(timeline.map(({ version }) => version)).toEqual(timeline.map((_, index) => index + 1));
    const interviews = timeline.filter(({ data }) => data['to'] === 'INTERVIEW_DONE');
    expect(interviews).toMatchObject([{ type: 'TrackMoved', occurredAt: local('2026-03-10', '10:00') }]);
    const steps = timeline.filter(({ type }) => type === 'TransitionTaken').map(({ data }) => data['transition']);
    expect(steps).toEqual(['A01', 'A06', 'A09', 'A11', 'A12', 'A13', 'A15', 'A17', 'A19', 'A21']);
    const raised = timeline.filter(({ type }) => type === 'EscalationRaised');
    const escalations = await program.escalations(caseId);
    expect(raised.map(({ data }) => [data['deadline'], data['rung']])).toEqual(
      escalations.map(({ deadline: key, rung }) => [key, rung]),
    );
    for (const { at, recordedAt } of escalations) expect(recordedAt).toBe(at);
  });

  it('is known as it was at every moment', async () => {
    expect(await worker.state(local('2026-03-02', '20:00'))).toBe('REPORT_RECEIVED');
    expect(await worker.state(local('2026-03-05', '08:59'))).toBe('ELIGIBILITY_DECISION');
    expect(await worker.state(local('2026-03-05', '09:00'))).toBe('ASSESSMENT');
    const inMay = await worker.view(local('2026-05-01', '00:00'));
    expect(inMay).toMatchObject({ enrolment: { state: 'AFTERCARE' }, risk: { level: 'low' } });
    expect(inMay.deadlines.find(({ deadline: key }) => key === 'DA10.1')).toMatchObject({ status: 'due' });
  });

  it('is told to nobody outside: notices hold a case code and nothing of the child', async () => {
    const inbox = await program.as('worker').get<{ items: object[] }>('/inbox?limit=100');
    expect(inbox.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(inbox)).not.toMatch(/គំរូ|ស្រីមុំ|2012/);
  });
});
