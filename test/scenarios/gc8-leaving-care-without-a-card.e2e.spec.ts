import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { choosing } from '../support/case-hand.js';
import { form6 } from '../support/form6.js';
import { Homecoming, sitting } from '../support/homecoming.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { reintegrationCast } from '../support/reintegration-cast.js';

interface Items<Item> {
  items: Item[];
}

let program: Program;
let girl: Homecoming;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const until = (day: string, time: string) => program.advanceTo(local(day, time));
const noFamily = ['PARENTS', 'OTHER_PARENT', 'KIN', 'FOSTER', 'ADOPTION'];
const toLiveByHerself = { decision: sitting('P-SIL', choosing('SUPPORTED_LIVING', ...noFamily)) };
const alerts = async () =>
  (await girl.worker.timeline()).filter(({ type }) => type === 'AlertRaised').map(({ data }) => data['alert']);
const noticesOf = async (staff: string) =>
  (await program.as(staff).get<Items<{ caseId: string; createdAt: string }>>('/inbox?limit=100')).items;
const listed = async () =>
  (await program.as('province').get<Items<{ caseId: string }>>('/supervision/watchlists/LEAVING_CARE_WITHOUT_ID'))
    .items;

/** A Monday in May. She is 17, grew up in the facility, and owns no paper that says who she is. */
beforeAll(async () => {
  program = await startProgram(local('2026-05-04', '09:00'), reintegrationCast);
  girl = await Homecoming.of(program, {
    sex: 'female',
    givenNameKm: 'ចាន់ថា',
    birthDate: '2009-03-15',
    facts: { birthRegistration: 'MISSING', nationalId: 'MISSING' },
  });
  await girl.assessed();
  await girl.beforeThePanel();
});
afterAll(() => program.stop());

describe('G-C8: a girl of 17 leaves care without an identity card', () => {
  it('SR-66: she is past 16, so a plan for leaving care is owed within half a year, and adult services before 18', async () => {
    expect(await girl.watch.deadline('DC16')).toMatchObject({ status: 'due', dueAt: endOf('2026-11-04') });
    // By the first of the month: a due time gives no birth date away.
    expect(await girl.watch.deadline('R11')).toMatchObject({ status: 'due', dueAt: local('2026-09-01', '00:00') });
    expect(await girl.watch.deadline('R12')).toMatchObject({ status: 'due', dueAt: local('2027-02-01', '00:00') });
  });

  it('the panel cannot let her live by herself without that plan and without her own word', async () => {
    await until('2026-05-18', '10:00');
    expect(await refused(girl.panel.take('C13', toLiveByHerself))).toEqual([
      'ConsentMissing CHILD_ASSENT',
      'DocumentMissing TRANSITION_PLAN',
    ]);
    await girl.worker.document('TRANSITION_PLAN', { text: 'A room near the workshop, an aunt of the heart, savings' });
    for (const key of ['DC16', 'R11']) {
      expect(await girl.watch.deadline(key)).toMatchObject({ status: 'met', inTime: true });
    }
    await girl.worker.consent('CHILD_ASSENT', 'child');
    expect(await alerts()).toEqual([]);
  });

  it('SR-66: it is approved; that she has no card is told at once, stops nothing, and stays on a list', async () => {
    const before = (await noticesOf('lead')).length;
    await girl.panel.take('C13', toLiveByHerself);
    expect(await girl.worker.state()).toBe('TRANSITION_TO_ADULTHOOD');
    expect(await alerts()).toEqual(['LEAVING_WITHOUT_ID']);
    await program.advance('PT1M');
    expect((await noticesOf('lead')).length).toBe(before + 1);
    expect((await noticesOf('worker'))[0]).toMatchObject({ caseId: girl.caseId });
    expect(await listed()).toMatchObject([{ caseId: girl.caseId }]);
  });

  it('aftercare is owed until she is 19, by the end of that month', async () => {
    expect(await girl.watch.deadline('DC17')).toMatchObject({
      status: 'due',
      dueAt: local('2028-04-01', '00:00'),
      ladder: 'L_REVIEW',
    });
  });

  it('a clerk asks for a fee; that is recorded, the card is issued, and she is off the list', async () => {
    await until('2026-07-06', '10:00');
    await girl.worker.track('CIVIL_REGISTRATION', 'APPLIED');
    await girl.worker.track('CIVIL_REGISTRATION', 'FEE_REQUESTED');
    await girl.worker.facts({ nationalId: 'APPLIED' });
    expect(await listed()).toHaveLength(1);
    await until('2026-09-07', '10:00');
    await girl.worker.track('CIVIL_REGISTRATION', 'ISSUED');
    await girl.worker.facts({ nationalId: 'HELD' });
    expect(await listed()).toEqual([]);
  });

  it('before 18 adult services are ready; as an adult she still has somebody who comes', async () => {
    await until('2027-01-11', '10:00');
    await girl.worker.note('ADULT_SERVICES_READY', 'The workshop keeps her on');
    expect(await girl.watch.deadline('R12')).toMatchObject({ status: 'met', inTime: true });
    await until('2027-03-15', '10:00');
    await girl.worker.contact('VISIT');
    expect(await girl.watch.open()).toContain('DC17');
  });

  it('a day before 19 it is too early to let her go; on that day it is not, and nothing is late', async () => {
    await until('2028-03-14', '10:00');
    await girl.worker.documents('FOLLOWUP_VISIT', 'CHILD_VIEWS');
    expect(await refused(girl.worker.take('C27'))).toEqual(['GuardUnmet C27.1']);
    await until('2028-03-15', '10:00');
    await girl.worker.take('C27');
    expect(await girl.watch.deadline('DC17')).toMatchObject({ status: 'met', inTime: true });
    expect(await girl.watch.told('DC17')).toEqual([]);
    expect(await girl.watch.deadline('DC14')).toMatchObject({ status: 'due', ladder: 'L_STD' });
    expect(await alerts()).toEqual(['LEAVING_WITHOUT_ID']);
  });

  it('she left care as an adult', async () => {
    await girl.worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
    await girl.worker.document('FINAL_ASSESSMENT', { scores: form6({ child: 24, family: 20 }) });
    expect(await refused(girl.lead.take('C23', { outcome: 'C-O5' }))).toEqual(['GuardUnmet C23.1a']);
    await girl.lead.take('C23', { outcome: 'C-O5', reasonCode: 'LEFT_CARE_AS_ADULT' });
    expect((await girl.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'C-O5' });
    expect(await girl.watch.open()).toEqual([]);
  });
});
