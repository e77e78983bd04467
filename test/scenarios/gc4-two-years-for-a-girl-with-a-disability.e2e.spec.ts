import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { form6 } from '../support/form6.js';
import { Homecoming } from '../support/homecoming.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { reintegrationCast } from '../support/reintegration-cast.js';

let program: Program;
let girl: Homecoming;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const listed = async () =>
  (
    await program
      .as('province')
      .get<{ items: { caseId: string; since: string }[] }>('/supervision/watchlists/DISABILITY_NOT_REGISTERED')
  ).items;

/** A Monday in January: a girl of 8, whose aunt is known, is assessed. */
beforeAll(async () => {
  program = await startProgram(local('2026-01-05', '09:00'), reintegrationCast);
  girl = await Homecoming.of(program, { sex: 'female', givenNameKm: 'បូផា', birthDate: '2017-10-02' });
  await girl.assessed();
});
afterAll(() => program.stop());

describe('G-C4: a girl of 8 who hardly hears goes home to her aunt', () => {
  it('the Child Functioning Module says yes: until she is in the disability register, she is on a list', async () => {
    expect(await listed()).toEqual([]);
    await girl.worker.track('DISABILITY', 'SCREENED_YES');
    expect(await listed()).toMatchObject([{ caseId: girl.caseId, since: local('2026-01-05', '09:00') }]);
    await girl.worker.track('DISABILITY', 'DMIS_APPLIED');
    await girl.beforeThePanel();
    expect(await listed()).toHaveLength(1);
  });

  it('SR-65: she is visited for two years instead of one', async () => {
    await girl.home('KIN', 'PARENTS', 'OTHER_PARENT');
    expect(await girl.watch.deadline('DC11')).toMatchObject({ dueAt: endOf('2028-02-04'), ladder: 'L_REVIEW' });
    await girl.settled();
    const visits = ['2026-05-06', '2026-06-06', '2026-09-06', '2026-12-06', '2027-03-06', '2027-09-06', '2028-03-06'];
    expect((await girl.watch.occurrences('DC10')).map(({ dueAt }) => dueAt)).toEqual(visits.map(endOf));
  });

  it('in the register she gets the benefit, and nobody waits for her any more; the two years stay', async () => {
    await program.advanceTo(local('2026-04-20', '09:00'));
    await girl.worker.track('SUPPORT', 'APPLIED', { row: 'DISABILITY_BENEFIT' });
    await girl.worker.track('DISABILITY', 'DMIS_REGISTERED');
    await girl.worker.track('SUPPORT', 'ACTIVE', { row: 'DISABILITY_BENEFIT' });
    expect(await listed()).toEqual([]);
    expect(await girl.watch.deadline('DC11')).toMatchObject({ status: 'due', dueAt: endOf('2028-02-04') });
    expect((await girl.worker.view()).tracks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ track: 'DISABILITY', state: 'DMIS_REGISTERED' }),
        expect.objectContaining({ track: 'SUPPORT', row: 'DISABILITY_BENEFIT', state: 'ACTIVE' }),
      ]),
    );
  });

  it('a year is too short to let her go, and a day less than two years is too short', async () => {
    await girl.visits('DC10', endOf('2027-03-06'));
    await girl.worker.document('FOLLOWUP_VISIT');
    expect(await refused(girl.worker.take('C22'))).toEqual(['GuardUnmet C22.1']);
    await girl.visits('DC10', endOf('2027-09-06'));
    await program.advanceTo(local('2028-02-03', '10:00'));
    expect(await refused(girl.worker.take('C22'))).toEqual(['GuardUnmet C22.1']);
    const reminders = await girl.watch.told('DC11');
    expect(reminders).toEqual([
      [endOf('2028-01-21'), 'worker'],
      [endOf('2028-01-28'), 'worker'],
    ]);
  });

  it('after them she stays with her aunt for good', async () => {
    await program.advanceTo(local('2028-02-04', '10:00'));
    await girl.worker.take('C22');
    expect(await girl.watch.deadline('DC11')).toMatchObject({ status: 'met', inTime: true });
    await girl.worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
    await girl.worker.document('FINAL_ASSESSMENT', { scores: form6({ child: 30, family: 34 }) });
    await girl.lead.take('C23', { outcome: 'C-O2' });
    expect((await girl.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'C-O2' });
    expect(await girl.watch.open()).toEqual([]);
  });
});
