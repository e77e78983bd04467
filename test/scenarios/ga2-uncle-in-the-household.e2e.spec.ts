import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { milliseconds } from '#libs/calendar';
import { CaseHand, choosing, decision } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { lead, province, survivorsCast, toWorker } from '../support/survivors-cast.js';

/** One number, as two people write it. */
const phone = { written: '012 345 678', otherwise: '+855 12-345-678' };
const uncle = { who: 'uncle', name: 'គំរូ ឧទាហរណ៍', phone: phone.written };
const exposure = local('2026-03-07', '08:00');
const disclosure = local('2026-03-09', '10:00');
const hour = 3_600_000;

let program: Program;
let caseId: string;
let worker: CaseHand;
let supervisor: CaseHand;
let provincial: CaseHand;
let exceptionId: string;

const deadline = (key: string) => program.deadline(caseId, key);
const told = async (of: string) => (await program.escalations(caseId, of)).map((each) => [each.at, ...each.told]);
const at = (time: string) => program.advanceTo(local('2026-03-09', time));

beforeAll(async () => {
  program = await startProgram(disclosure, survivorsCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'សុភា', birthDate: '2013-06-01' };
  const child = { sex: 'male', identity, province: '12', synthetic: true };
  const { id: personId } = await program.as('worker').post('/persons', child);
  const facts = {
    ageAtReport: 12,
    dangerFlag: true,
    contactAbuse: true,
    abuseConfirmed: true,
    exposureAt: exposure,
    disclosedAt: disclosure,
  };
  const opened = { personId, pathway: 'A_OCSEA', owner: 'worker', province: '12', facts, synthetic: true };
  caseId = (await program.as('worker').post('/cases', opened)).id;
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  [worker, supervisor, provincial] = [hand('worker'), hand('lead'), hand('province')];
});
afterAll(() => program.stop());

describe('G-A2: a boy of 12 is abused by his uncle, who lives with him, and says so at hour 50', () => {
  it('the clinical windows run from the exposure: 22 hours are left for prophylaxis', async () => {
    expect(milliseconds(exposure, disclosure)).toBe(50 * hour);
    const prophylaxis = await deadline('DA05');
    expect(prophylaxis).toMatchObject({ status: 'due', startedAt: exposure, notice: null });
    expect(milliseconds(program.now(), prophylaxis?.dueAt ?? '')).toBe(22 * hour);
    expect(await deadline('DA07')).toMatchObject({ status: 'due', dueAt: local('2026-03-10', '08:00') });
    const mine = await program.as('worker').get<{ items: object[] }>('/worklists/mine');
    expect(mine.items).toContainEqual(
      expect.objectContaining({ definition: 'DA05', dueAt: local('2026-03-10', '08:00'), overdueHours: null }),
    );
  });

  it('no supervisor may give these hours more time', async () => {
    const more = { until: local('2026-03-12', '08:00'), reason: 'The road is flooded' };
    const asked = program.as('lead').post(`/cases/${caseId}/deadlines/DA05.1/extension`, more);
    expect(missing(await refusal(asked))).toEqual(['NotExtendable DA05.1']);
  });

  it('the supervisor assigns him within the hour, and danger is declared', async () => {
    await at('10:20');
    await worker.document('INTAKE_REPORT');
    const attestations = [{ guard: 'A01.2', reason: 'No earlier record' }];
    await supervisor.take('A01', { assignee: toWorker, attestations });
    expect(await deadline('DA01')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA02')).toMatchObject({ status: 'due', dueAt: local('2026-03-09', '12:20') });
    expect(missing(await refusal(worker.take('A03')))).toEqual(['DocumentMissing RISK_SCREEN']);
    await worker.document('RISK_SCREEN');
    await worker.risk('high', 'The uncle sleeps in the same house');
    await worker.take('A03');
    expect(await deadline('DA02')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA03')).toMatchObject({ status: 'due', dueAt: local('2026-03-10', '10:20') });
  });

  it('his mother cannot be asked: an exception stands in for her, and whoever endangers him is blocked with it', async () => {
    await at('10:40');
    const why = { reason: 'The uncle controls the mother', reaskOn: '2026-04-09' };
    const kinds = ['CONSENT_SERVICES', 'CONSENT_MEDICAL', 'CONSENT_SHARING'];
    expect(missing(await refusal(worker.track('HEALTH', 'CONSENTED')))).toEqual(['GuardUnmet HEALTH.CONSENTED.1']);
    expect(missing(await refusal(worker.exception('EX2', kinds, why)))).toEqual(['FieldInvalid blocked']);
    exceptionId = (await worker.exception('EX2', kinds, { ...why, blocked: uncle })).id;
    expect(await deadline('DA23')).toMatchObject({
      status: 'due',
      subject: exceptionId,
      dueAt: local('2026-03-10', '10:40'),
    });
    expect(missing(await refusal(worker.approveException(exceptionId)))).toEqual([
      'RoleNotAllowed exceptionId',
      'TwoPersonRule exceptionId',
    ]);
  });

  it("the uncle's number is refused however it is written, and never repeated", async () => {
    const { version } = await worker.view();
    const call = { withWhom: 'caregiver', seenAlone: false };
    const refused = await refusal(worker.contact('PHONE', { ...call, phone: phone.otherwise }));
    expect(missing(refused)).toEqual(['ContactBlocked phone']);
    expect(JSON.stringify(refused).replaceAll(/[0-9a-f]{32}/g, 'trace')).not.toMatch(/345/);
    expect((await worker.view()).version).toBe(version);
    await worker.contact('PHONE', { ...call, phone: '012 999 000' });
  });

  it('he is treated the same afternoon, and the alarms of the windows never ring', async () => {
    await worker.track('HEALTH', 'OFFERED');
    await worker.consent('CONSENT_MEDICAL', 'child');
    expect(missing(await refusal(worker.consent('CONSENT_MEDICAL', 'caregiver', { who: 'uncle' })))).toEqual([
      'ContactBlocked who',
    ]);
    expect(missing(await refusal(worker.track('HEALTH', 'CONSENTED')))).toEqual(['GuardUnmet HEALTH.CONSENTED.1']);
    await worker.consent('CONSENT_MEDICAL', 'other_adult', { who: 'grandmother' });
    await worker.track('HEALTH', 'CONSENTED');
    const referralId = (await worker.draftReferral('HEALTH', 'HOSPITAL-12', 'EMERGENCY')).id;
    for (const giver of ['child', 'other_adult']) {
      await worker.consent('CONSENT_SHARING', giver, { recipient: 'HOSPITAL-12' });
    }
    await worker.referral(referralId, 'sending');
    expect(await deadline('DA17')).toMatchObject({ status: 'due', dueAt: local('2026-03-09', '11:40') });
    await at('11:10');
    await new CaseHand(program.as('doctor'), caseId).referral(referralId, 'acceptance');
    expect(await deadline('DA17')).toMatchObject({ status: 'met', inTime: true });
    await at('13:00');
    await worker.track('HEALTH', 'ATTENDED', { place: 'HOSPITAL-12' });
    for (const key of ['DA05', 'DA07']) {
      expect(await deadline(key)).toMatchObject({ status: 'met', inTime: true, metAt: local('2026-03-09', '13:00') });
      expect(await told(key)).toEqual([]);
    }
  });

  it('first aid is given, and the authority knows the same day', async () => {
    await at('14:00');
    await worker.track('PSYCHOSOCIAL', 'FIRST_AID_DONE');
    await worker.track('JUSTICE', 'REPORTED', { authority: 'AHTJP' });
    expect(await deadline('DA08')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA04')).toMatchObject({ status: 'met', inTime: true });
  });

  it('he moves to his grandmother only once the province has decided that he must leave home', async () => {
    expect(missing(await refusal(worker.track('PLACEMENT', 'KIN_EMERGENCY')))).toEqual([
      'GuardUnmet PLACEMENT.KIN_EMERGENCY.1',
    ]);
    const kin = { ...choosing('KIN', 'SUSPECT_LEAVES', 'SAFETY_PLAN'), reviewOn: '2026-03-12' };
    const later = { ...kin, views: { sought: 'later' } };
    const unweighed = {
      ...decision('G3', 'G3-EMERGENCY', province),
      ...later,
      ...choosing('KIN'),
      reviewOn: '2026-03-13',
    };
    expect(missing(await refusal(provincial.decide(unweighed)))).toEqual([
      'OptionNotConsidered decision.options.SAFETY_PLAN',
      'OptionNotConsidered decision.options.SUSPECT_LEAVES',
      'ReviewDateMissing decision.reviewOn',
    ]);
    const byLead = supervisor.decide({ ...decision('G3', 'G3-EMERGENCY', lead), ...later });
    expect(missing(await refusal(byLead))).toEqual(['RoleNotAllowed G3']);
    await provincial.decide({ ...decision('G3', 'G3-EMERGENCY', province), ...later });
    await worker.track('PLACEMENT', 'KIN_EMERGENCY');
    const { tracks } = await worker.view();
    expect(tracks).toContainEqual(expect.objectContaining({ track: 'PLACEMENT', state: 'KIN_EMERGENCY' }));
  });

  it('with a safety plan the case goes on, under the exception', async () => {
    await at('16:00');
    const consent = ['ConsentMissing CONSENT_SERVICES'];
    expect(missing(await refusal(worker.take('A07')))).toEqual([
      ...consent,
      'DocumentMissing SAFETY_PLAN',
      'GuardUnmet A07.1',
    ]);
    expect(missing(await refusal(worker.take('A08')))).toEqual(['DocumentMissing SAFETY_PLAN', 'GuardUnmet A08.1']);
    await worker.document('SAFETY_PLAN');
    for (const giver of ['child', 'other_adult']) await worker.consent('CONSENT_SERVICES', giver);
    await worker.take('A07');
    expect(await deadline('DA03')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA13')).toMatchObject({ status: 'due', dueAt: local('2026-03-10', '16:00') });
  });

  it('a second person approves the exception within a day, after one reminder', async () => {
    await program.advanceTo(local('2026-03-10', '09:00'));
    expect(await told('DA23')).toEqual([
      [local('2026-03-09', '22:40'), 'worker'],
      [local('2026-03-10', '08:40'), 'lead', 'worker'],
    ]);
    expect(missing(await refusal(provincial.approveException(exceptionId)))).toEqual(['DocumentMissing BIA']);
    await worker.document('BIA');
    await provincial.approveException(exceptionId);
    expect(await deadline('DA23')).toMatchObject({ status: 'met', inTime: true });
    expect((await worker.view()).exceptions).toMatchObject([{ code: 'EX2', by: 'worker', approvedBy: 'province' }]);
    expect((await refusal(provincial.approveException(exceptionId))).status).toBe(409);
  });

  it('the case is accepted, never put off: he is at high risk', async () => {
    expect(missing(await refusal(worker.take('A04')))).toEqual(['GuardUnmet A04.1a', 'GuardUnmet A04.1b']);
    await worker.document('CHILD_VIEWS');
    await supervisor.take('A09', { decision: decision('G1', 'G1-ACCEPT', lead) });
    expect(await deadline('DA13')).toMatchObject({ status: 'met', inTime: true });
    expect(await deadline('DA14')).toMatchObject({ status: 'due', dueAt: local('2026-03-13', '09:00') });
    expect(await deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-17') });
  });

  it('within 72 hours the province decides that he stays with her, having heard him', async () => {
    await program.advanceTo(local('2026-03-12', '09:00'));
    const kin = { ...choosing('KIN', 'SUSPECT_LEAVES', 'SAFETY_PLAN'), reviewOn: '2026-03-26' };
    const stays = { ...decision('G3', 'G3-LONGER', province), ...kin };
    const unheard = { ...stays, views: { sought: 'not_applicable' } };
    expect(missing(await refusal(provincial.decide(unheard)))).toEqual(['ViewsMissing decision.views']);
    await provincial.decide(stays);
    const { decisions } = await worker.view();
    expect(decisions.map(({ outcome, by }) => [outcome, by])).toEqual([
      ['G3-EMERGENCY', 'province'],
      ['G1-ACCEPT', 'lead'],
      ['G3-LONGER', 'province'],
    ]);
  });

  it('an assessment that takes too long is told up to the supervisor, and no further once it is there', async () => {
    await program.advanceTo(local('2026-03-13', '14:00'));
    const rungs = [
      [local('2026-03-11', '09:00'), 'worker'],
      [local('2026-03-12', '09:00'), 'worker'],
      [local('2026-03-13', '09:00'), 'lead', 'worker'],
    ];
    expect(await told('DA14')).toEqual(rungs);
    expect(await deadline('DA14')).toMatchObject({ status: 'overdue' });
    await worker.documents('COMPREHENSIVE_ASSESSMENT', 'DIGITAL_SAFETY');
    await worker.take('A11', { attestations: [{ guard: 'A11.1', reason: 'He told it once, to the doctor' }] });
    expect(await deadline('DA14')).toMatchObject({ status: 'met', inTime: false, recordedLate: false });
    await program.advanceTo(local('2026-03-16', '09:00'));
    expect(await told('DA14')).toEqual(rungs);
  });
});

describe('what remains of it', () => {
  it('the case as it was known on the evening of the first day', async () => {
    const then = await worker.view(local('2026-03-09', '20:00'));
    expect(then).toMatchObject({ enrolment: { state: 'ELIGIBILITY_DECISION' }, risk: { level: 'high' } });
    expect(then.exceptions).toMatchObject([{ code: 'EX2', approvedBy: null }]);
  });

  it('a history in which each rung stands once, at its own time, and no refused call', async () => {
    const timeline = await worker.timeline();
    const raised = timeline.filter(({ type }) => type === 'EscalationRaised');
    const rungs = raised.map(({ data }) => `${String(data['deadline'])} ${String(data['rung'])}`);
    expect(new Set(rungs).size).toBe(rungs.length);
    for (const { occurredAt, recordedAt } of raised) expect(recordedAt).toBe(occurredAt);
    expect(timeline.filter(({ type }) => type === 'ContactRecorded')).toHaveLength(1);
    expect(timeline.filter(({ type }) => type === 'ContactBlocked')).toHaveLength(1);
  });
});
