import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, decision } from '../support/case-hand.js';
import { refusal, type Recorded } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { lead, survivorsCast, toWorker } from '../support/survivors-cast.js';

const visited = local('2026-03-09', '15:00');
const synchronised = local('2026-03-11', '15:00');

let program: Program;
let caseId: string;
let worker: CaseHand;
let first: Recorded;

const deadline = (key: string) => program.deadline(caseId, key);
const told = async (of: string) => (await program.escalations(caseId, of)).map((each) => [each.at, ...each.told]);
const overdueContacts = async () => {
  const { items } = await program.as('lead').get<{ items: { definition: string }[] }>('/worklists/overdue');
  return items.filter(({ definition }) => definition === 'DA18');
};
/** A visit as the device sends it: each entry under a key of its own, so that it may be sent again. */
const send = (key: string, occurredAt: string) => {
  const visit = {
    kind: 'HOME_VISIT',
    reached: true,
    withWhom: 'child',
    seenAlone: true,
    text: 'She is well',
    occurredAt,
  };
  return program.as('worker').post(`/cases/${caseId}/contacts`, visit, { 'idempotency-key': key });
};

/** Monday 2 March: a case at high risk is accepted, so the child is to be seen every seven days. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '09:00'), survivorsCast);
  const { id: personId } = await program
    .as('worker')
    .post('/persons', { sex: 'female', province: '12', synthetic: true });
  const opened = { personId, pathway: 'A_OCSEA', owner: 'worker', province: '12', synthetic: true };
  caseId = (await program.as('worker').post('/cases', opened)).id;
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  worker = hand('worker');
  await worker.documents('INTAKE_REPORT', 'RISK_SCREEN', 'CHILD_VIEWS');
  const attestations = [{ guard: 'A01.2', reason: 'No earlier record' }];
  await hand('lead').take('A01', { assignee: toWorker, attestations });
  await worker.risk('high', 'He knows where she lives');
  await worker.bothConsent('CONSENT_SERVICES');
  await worker.take('A06');
  await hand('lead').take('A09', { decision: decision('G1', 'G1-ACCEPT', lead) });
});
afterAll(() => program.stop());

describe('G-X3: a visit made in time is recorded 48 hours later, by a worker who was offline', () => {
  it('the visit is due at the end of the seventh day', async () => {
    expect(await deadline('DA18')).toMatchObject({ status: 'due', dueAt: endOf('2026-03-09') });
  });

  it('as nobody has heard of it, it escalates meanwhile', async () => {
    await program.advanceTo(synchronised);
    expect(await deadline('DA18')).toMatchObject({ status: 'overdue' });
    expect(await told('DA18')).toEqual([
      [endOf('2026-03-07'), 'worker'],
      [endOf('2026-03-08'), 'worker'],
      [endOf('2026-03-09'), 'lead', 'worker'],
      [endOf('2026-03-10'), 'lead'],
    ]);
    expect(await overdueContacts()).toMatchObject([{ caseId, overdueHours: 39 }]);
  });

  it('a device whose clock runs ahead is not believed', async () => {
    expect(missing(await refusal(send('visit 0', local('2026-03-12', '15:00'))))).toEqual(['InFuture occurredAt']);
  });

  it('once recorded it was on time in fact, and late on paper', async () => {
    first = await send('visit 1', visited);
    expect(await deadline('DA18.1')).toMatchObject({
      status: 'met',
      metAt: visited,
      inTime: true,
      recordedLate: true,
      rungsReached: [0, 1, 2, 3],
    });
    expect(await overdueContacts()).toEqual([]);
  });

  it('the next visit counts from the visit, not from its recording', async () => {
    expect(await deadline('DA18')).toMatchObject({
      deadline: 'DA18.2',
      status: 'due',
      startedAt: visited,
      dueAt: endOf('2026-03-16'),
    });
  });

  it('the device may send it again: it is one visit', async () => {
    expect(await send('visit 1', visited)).toEqual(first);
    const contacts = (await worker.timeline()).filter(({ type }) => type === 'ContactRecorded');
    expect(contacts).toMatchObject([{ occurredAt: visited, recordedAt: synchronised, by: 'worker' }]);
  });

  it('no rung follows: the head of the agency, next on the ladder, never hears of it', async () => {
    const before = await told('DA18.1');
    await program.advanceTo(local('2026-03-13', '12:00'));
    expect(await told('DA18.1')).toEqual(before);
    expect(before.flat()).not.toContain('director');
  });

  it('the record of then still says what was known then', async () => {
    const contact = async (asOf: string) =>
      (await worker.view(asOf)).deadlines.find(({ deadline: key }) => key === 'DA18.1');
    expect(await contact(local('2026-03-10', '12:00'))).toMatchObject({ status: 'overdue', inTime: null });
    expect(await contact(local('2026-03-13', '12:00'))).toMatchObject({
      status: 'met',
      inTime: true,
      recordedLate: true,
    });
  });

  it('a visit that was late in fact stays late, however it is recorded', async () => {
    await program.advanceTo(local('2026-03-19', '10:00'));
    await send('visit 2', local('2026-03-17', '10:00'));
    expect(await deadline('DA18.2')).toMatchObject({ status: 'met', inTime: false, recordedLate: false });
    expect(await deadline('DA18')).toMatchObject({ deadline: 'DA18.3', dueAt: endOf('2026-03-24') });
  });
});
