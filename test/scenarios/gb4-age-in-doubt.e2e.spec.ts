import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast } from '../support/justice-cast.js';
import { heldByPolice, notified, registered, type JusticeCase } from '../support/justice-stories.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

let program: Program;
let boy: JusticeCase;
let watch: CaseWatch;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));

/** A boy without papers, who may be 13 or 15, is arrested at nine in the evening. */
beforeAll(async () => {
  program = await startProgram(local('2026-06-09', '21:30'), justiceCast);
  const facts = { arrestedAt: local('2026-06-09', '20:40'), offenceClass: 'MISD' };
  boy = await notified(program, { givenNameKm: 'វិច្ឆិកា', facts });
  watch = new CaseWatch(program, boy.caseId);
  await heldByPolice(boy, '2026-06-09T21:00:00+07:00');
});
afterAll(() => program.stop());

describe('G-B4: nobody knows whether a boy is 13 or 15', () => {
  it('before anybody has asked, the shortest limit of any age runs', async () => {
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'due', dueAt: local('2026-06-10', '21:00') });
  });

  it('in doubt he is 13: the time to hold him is over, and that is said at once', async () => {
    await registered(boy);
    await boy.agent.facts({ ageInDoubt: true, ageAtOffence: 13 });
    await program.advance('PT1M');
    expect(await watch.deadline('DB01.1')).toMatchObject({ status: 'cancelled' });
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'overdue', dueAt: local('2026-06-09', '21:00') });
    const told = (await watch.told('DB01.2')).flat();
    for (const staff of ['agent', 'lawyer', 'prosecutor', 'province']) expect(told).toContain(staff);
  });

  it('while in doubt he is not handed to the prosecutor, neither as a minor nor as an adult', async () => {
    await boy.agent.document('AGE_EVIDENCE', { text: 'His aunt remembers two different years' });
    expect(await refused(boy.agent.take('B02'))).toEqual(['GuardUnmet B02.1']);
    expect(await refused(boy.agent.take('B05'))).toEqual(['AttestationMissing B05.1']);
  });

  it('he is released the same evening, and his age has three days instead of one', async () => {
    expect((await watch.deadline('DB06'))?.dueAt).toBe(local('2026-06-10', '21:30'));
    await program.advanceTo(local('2026-06-09', '22:15'));
    await boy.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'POLICE-08' });
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'met', inTime: false });
    expect((await watch.deadline('DB06'))?.dueAt).toBe(local('2026-06-12', '21:30'));
  });

  it('a birth certificate shows that he was 15: he goes on as a minor, at liberty, and the breach is not undone', async () => {
    await program.advanceTo(local('2026-06-11', '10:00'));
    await boy.agent.facts({ ageInDoubt: false, ageAtOffence: 15 });
    await boy.agent.take('B02');
    expect(await watch.deadline('DB06')).toMatchObject({ status: 'met', inTime: true });
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'met', inTime: false });
    const { items } = await program
      .as('province')
      .get<{ items: { definition: string }[] }>('/supervision/legal-limit-breaches');
    expect(items).toMatchObject([{ definition: 'DB01' }]);
    expect(await boy.agent.state()).toBe('PROSECUTOR_REVIEW');
  });
});
