import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { declared } from '../support/case-hand.js';
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

/** A Tuesday afternoon: a boy is brought to the police post. His papers say that he is 13. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-17', '14:00'), justiceCast);
  const facts = { arrestedAt: local('2026-03-17', '13:30'), offenceClass: 'MISD', ageAtOffence: 13 };
  boy = await notified(program, { givenNameKm: 'មករា', birthDate: '2012-09-01', facts });
  watch = new CaseWatch(program, boy.caseId);
});
afterAll(() => program.stop());

describe('G-B3: a boy of 13 is brought to the police', () => {
  it('may not be held for a minute: the limit has passed when he comes, and everybody knows at once', async () => {
    await heldByPolice(boy);
    await program.advance('PT1M');
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'overdue', dueAt: local('2026-03-17', '14:00') });
    expect((await watch.told('DB01')).at(-1)).toEqual([
      local('2026-03-17', '14:00'),
      ...['agent', 'lawyer', 'prosecutor', 'province'],
    ]);
  });

  it('no step of a criminal process is open to him, only the way to child protection', async () => {
    await program.advanceTo(local('2026-03-17', '14:40'));
    await registered(boy);
    await boy.agent.document('AGE_EVIDENCE');
    expect(await refused(boy.agent.take('B02'))).toEqual(['GuardUnmet B02.1']);
    expect(await refused(boy.agent.take('B03'))).toEqual(['GuardUnmet B03.1']);
    expect(await refused(boy.agent.take('B04'))).toEqual([
      'AttestationMissing B04.2b',
      'DocumentMissing REFERRAL_ACK',
      'GuardUnmet B04.2a',
    ]);
  });

  it('within the hour he is home, and child protection has him', async () => {
    await boy.officer.track('LIBERTY', 'AT_LIBERTY', { authority: 'POLICE-08' });
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'met', inTime: false });
    await boy.agent.document('REFERRAL_ACK');
    await boy.agent.take('B04', declared('B04.2b'));
    expect((await boy.agent.view()).enrolment).toMatchObject({ state: 'CP_REFERRAL', ended: true });
    expect(await watch.open()).toEqual([]);
    const { personId } = boy;
    const opened = { personId, openedFrom: boy.caseId, agency: 'PDOSVY-08', province: '08', synthetic: true };
    const { id } = await program.as('province').post('/cases', opened);
    const waiting = await program.as('province').get<{ items: { caseId: string }[] }>('/worklists/unassigned');
    expect(waiting.items.map(({ caseId }) => caseId)).toContain(id);
  });

  it('the breach stays on the register of the ministry, whatever became of the case', async () => {
    const { items } = await program
      .as('ministry')
      .get<{ items: { caseId: string; definition: string }[] }>('/supervision/legal-limit-breaches');
    expect(items.map(({ caseId, definition }) => [caseId, definition])).toContainEqual([boy.caseId, 'DB01']);
  });
});
