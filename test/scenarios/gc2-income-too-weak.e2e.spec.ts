import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { form6 } from '../support/form6.js';
import { Homecoming } from '../support/homecoming.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { endOf, local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { reintegrationCast } from '../support/reintegration-cast.js';

let program: Program;
let boy: Homecoming;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const assess = (income: number) =>
  boy.worker.document('FINAL_ASSESSMENT', {
    scores: form6({ child: 27, family: 34 }, { family: { INCOME: income } }),
  });

/** A Monday in January. He went home to his mother, and a year has passed in which every visit was made. */
beforeAll(async () => {
  program = await startProgram(local('2026-01-05', '09:00'), reintegrationCast);
  boy = await Homecoming.of(program, { sex: 'male', givenNameKm: 'ពិសិដ្ឋ', birthDate: '2015-11-10' });
  await boy.assessed();
  await boy.beforeThePanel();
  await boy.home('PARENTS');
  await boy.settled();
  await boy.visits('DC10');
  await boy.worker.documents('FOLLOWUP_VISIT');
  await boy.worker.take('C22');
});
afterAll(() => program.stop());

describe('G-C2: the family scores 34, and has no income', () => {
  it('34 points are enough, a single weak item is not: the case cannot be closed, and it is said why', async () => {
    await boy.worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
    await assess(1);
    const { status, unmet } = await refusal(boy.lead.take('C23', { outcome: 'C-O1' }));
    expect(status).toBe(422);
    expect(unmet).toEqual([
      {
        code: 'GuardUnmet',
        subject: 'C23.1a',
        text: {
          en: 'The Form 6 score allows closing, or an alternative reason for closing is chosen',
          km: 'ពិន្ទុទម្រង់ទី ៦ អនុញ្ញាតឱ្យបិទ ឬបានជ្រើសមូលហេតុបិទផ្សេង',
        },
      },
    ]);
    expect(await boy.worker.state()).toBe('CLOSURE_ASSESSMENT');
  });

  it('the next steps offer no closing either, but to go on with him', async () => {
    const steps = await boy.lead.nextSteps();
    const missingFor = (id: string) => missing(steps.find(({ transition }) => transition === id)?.missing ?? []);
    expect(missingFor('C23')).toEqual(['GuardUnmet C23.1a', 'GuardUnmet C23.1b']);
    expect(missingFor('C24')).toEqual([]);
  });

  it('so he is followed on: the supervisor decides in time, and the next visit is due in two months', async () => {
    expect(await boy.watch.deadline('DC14')).toMatchObject({ status: 'due' });
    expect(await refused(boy.worker.take('C24'))).toEqual(['RoleNotAllowed C24']);
    await program.advanceTo(local('2027-03-29', '09:00'));
    await boy.lead.take('C24');
    expect(await boy.worker.state()).toBe('MONITORING');
    expect(await boy.watch.deadline('DC14')).toMatchObject({ status: 'met', inTime: true });
    const visits = (await boy.watch.occurrences('DC10')).filter(({ status }) => status === 'due');
    expect(visits[0]?.dueAt).toBe(endOf('2027-05-29'));
  });

  it('that assessment serves no second time; with work for his mother a new one closes the case', async () => {
    await boy.visits('DC10', endOf('2027-06-29'));
    await boy.worker.document('FOLLOWUP_VISIT');
    await boy.worker.take('C22');
    await boy.worker.documents('CHILD_VIEWS', 'CLOSURE_SUMMARY');
    const closing = { outcome: 'C-O1' };
    expect(await refused(boy.lead.take('C23', closing))).toEqual([
      'DocumentMissing FINAL_ASSESSMENT',
      'GuardUnmet C23.1a',
    ]);
    await assess(2);
    await boy.lead.take('C23', closing);
    expect((await boy.worker.view()).enrolment).toMatchObject({ state: 'CLOSED', outcome: 'C-O1' });
    expect(await boy.watch.open()).toEqual([]);
  });
});
