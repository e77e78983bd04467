import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, declared } from '../support/case-hand.js';
import { eventually } from '../support/eventually.js';
import { justiceCast } from '../support/justice-cast.js';
import { handsOn, heldByPolice, type JusticeCase } from '../support/justice-stories.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

interface Notice {
  caseId: string;
  subject: string;
}

/** The people of justice, and an organisation that works with trafficked children. */
const cast = {
  agencies: [...justiceCast.agencies, { id: 'NGO-SHORE', type: 'ngo', province: '08' }],
  staff: [
    ...justiceCast.staff,
    { id: 'shore-worker', agency: 'NGO-SHORE', roles: ['NGO_CW'] },
    { id: 'shore-lead', agency: 'NGO-SHORE', roles: ['NGO_SUP'] },
  ],
};

let program: Program;
let personId: string;
let worker: CaseHand;
let lead: CaseHand;
let accused: JusticeCase;

const alertsIn = async (staff: string) =>
  (await program.as(staff).get<{ items: Notice[] }>('/inbox?limit=100')).items.filter(
    ({ caseId }) => caseId === accused.caseId,
  );

/** A boy of about 15 is taken out of a scam compound. His nationality, his papers and his birthday are not known. */
beforeAll(async () => {
  program = await startProgram(local('2026-07-06', '11:00'), cast);
  const client = program.as('shore-worker');
  const identity = { nickname: 'Minh', birthDate: '2011', birthEstimated: true };
  ({ id: personId } = await client.post('/persons', { sex: 'male', identity, synthetic: true }));
  const facts = { ageAtReport: 15, dangerFlag: false, contactAbuse: false };
  const opened = { personId, pathway: 'A_OCSEA', owner: 'shore-worker', province: '08', facts, synthetic: true };
  const { id: caseId } = await client.post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  [worker, lead] = [hand('shore-worker'), hand('shore-lead')];
});
afterAll(() => program.stop());

describe('G-A9: a foreign boy of 15 was forced to work in a scam compound', () => {
  it('he has a case like any child, though nobody knows his nationality, his papers or his birthday', async () => {
    await worker.document('INTAKE_REPORT');
    const toShore = { owner: 'shore-worker', agency: 'NGO-SHORE' };
    await lead.take('A01', { assignee: toShore, ...declared('A01.2') });
    expect(await worker.state()).toBe('TRIAGE');
  });

  it('he may have been trafficked: that stands on his own record, for every case of his to heed', async () => {
    const flag = { kind: 'TRAFFICKING', caseId: worker.caseId, reason: 'Held in a compound and beaten' };
    await program.as('shore-worker').post(`/persons/${personId}/flags`, flag);
    expect((await worker.view()).flags).toMatchObject([{ kind: 'TRAFFICKING' }]);
  });

  it('SR-34: no formal identification is asked for: with an interpreter and his own consent he is helped', async () => {
    await worker.document('RISK_SCREEN');
    await worker.risk('medium', 'Safe in the shelter now');
    const why = { reason: 'His family is abroad and not found yet', reaskOn: '2026-08-06' };
    const exception = await worker.exception('EX5', ['CONSENT_SERVICES', 'CONSENT_SHARING'], why);
    await worker.consent('CONSENT_SERVICES', 'child', { language: 'vi', manner: 'thumbprint' });
    // Nobody knows for sure that he is old enough to consent alone.
    await worker.consent('CONSENT_SERVICES', 'other_adult', { who: 'shelter-guardian' });
    await worker.document('BIA');
    await lead.approveException(exception.id);
    await worker.take('A06');
    expect(await worker.state()).toBe('ELIGIBILITY_DECISION');
  });

  it('SR-35: the police open a case against him: his lawyer and the ministry hear at once that he is not to be punished', async () => {
    await program.advance('P1D');
    accused = await handsOn(program, personId, { offenceClass: 'MISD', ageAtOffence: 15 });
    for (const staff of ['lawyer', 'ministry']) {
      await eventually(async () => expect(await alertsIn(staff)).toHaveLength(1));
    }
    for (const staff of ['officer', 'prosecutor', 'agent']) expect(await alertsIn(staff)).toEqual([]);
    const { alerts } = await accused.lawyer.view();
    expect(alerts.map(({ alert }) => alert)).toEqual(['NON_PUNISHMENT']);
  });

  it('once is enough: registered and held, he raises no second alert, and the clocks of custody run as for any child', async () => {
    await heldByPolice(accused);
    await accused.officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD');
    await accused.agent.take('B01');
    expect((await accused.agent.view()).alerts).toHaveLength(1);
    const limit = await program.deadline(accused.caseId, 'DB01');
    expect(limit).toMatchObject({ status: 'due', dueAt: local('2026-07-08', '11:00') });
  });

  it('the notice names neither him nor what was done to him', async () => {
    const said = JSON.stringify(await alertsIn('ministry'));
    expect(said).not.toMatch(/Minh|compound|beaten|2011/);
  });

  it('who works on the case against him learns that the flag stands, never which case it comes from, or why', async () => {
    const view = await accused.agent.view();
    expect(view.flags).toMatchObject([{ kind: 'TRAFFICKING' }]);
    const child = await program.as('agent').get<{ cases: { caseId: string }[] }>(`/persons/${personId}/child`);
    expect(child.cases.map(({ caseId }) => caseId)).toEqual([accused.caseId]);
    expect(JSON.stringify([view, child])).not.toMatch(new RegExp(`${worker.caseId}|compound|beaten`));
  });
});
