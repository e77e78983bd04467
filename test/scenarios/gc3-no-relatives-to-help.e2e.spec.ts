import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { form6 } from '../support/form6.js';
import { Homecoming } from '../support/homecoming.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { reintegrationCast } from '../support/reintegration-cast.js';

let program: Program;
let boy: Homecoming;

const assess = (family: Record<string, number>, total = 34) =>
  boy.worker.document('FINAL_ASSESSMENT', { scores: form6({ child: 27, family: total }, { family }) });

/** A Monday in January. He went home to his mother, and a year has passed in which every visit was made. */
beforeAll(async () => {
  program = await startProgram(local('2026-01-05', '09:00'), reintegrationCast);
  boy = await Homecoming.of(program, { sex: 'male', givenNameKm: 'ដារ៉ា', birthDate: '2015-11-10' });
  await boy.assessed();
  await boy.beforeThePanel();
  await boy.home('PARENTS');
  await boy.settled();
  await boy.visits('DC10');
  await boy.worker.documents('FOLLOWUP_VISIT');
  await boy.worker.take('C22');
  await boy.worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
});
afterAll(() => program.stop());

describe('G-C3: the family scores 34, and no relative helps', () => {
  it.each([
    ['another item is weak as well', { RELATIVES_SUPPORT: 1, COMMUNITY_SUPPORT: 1 }, 34],
    ['the total is too low', { RELATIVES_SUPPORT: 1 }, 29],
  ])('not while %s', async (_, weak, total) => {
    await assess(weak, total);
    expect(missing(await refusal(boy.lead.take('C23', { outcome: 'C-O1' })))).toEqual(['GuardUnmet C23.1a']);
  });

  it('support from relatives is the one item of the form that may be weak: the case is closed', async () => {
    await assess({ RELATIVES_SUPPORT: 1 });
    await boy.lead.take('C23', { outcome: 'C-O1' });
    expect((await boy.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', ended: true, outcome: 'C-O1' });
    expect(await boy.watch.open()).toEqual([]);
    expect(await boy.watch.tasks('worker', 'mine')).toEqual([]);
  });
});
