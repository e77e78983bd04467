import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, decision } from '../support/case-hand.js';
import { eventually } from '../support/eventually.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { lead, survivorsCast } from '../support/survivors-cast.js';
import { reportToRiver, triaged, type SurvivorCase } from '../support/survivors-stories.js';

/** Another organisation of the province, to which the case can go; and the father, who keeps cases like her worker. */
const cast = {
  agencies: [...survivorsCast.agencies, { id: 'NGO-HARBOUR', type: 'ngo', province: '12' }],
  staff: [
    ...survivorsCast.staff,
    { id: 'father', agency: 'NGO-RIVER', roles: ['NGO_CW'] },
    { id: 'harbour-worker', agency: 'NGO-HARBOUR', roles: ['NGO_CW'] },
    { id: 'harbour-lead', agency: 'NGO-HARBOUR', roles: ['NGO_SUP'] },
  ],
};
const river = ['father', 'worker', 'lead', 'director'];
const father = { who: 'father', name: 'គំរូ បិតា', phone: '012 345 678' };
const nobody = '0190a6f0-0000-7000-8000-00000000dead';

let program: Program;
let girl: SurvivorCase;
let harbour: CaseHand;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const identity = { familyNameKm: 'គំរូ', givenNameKm: 'រតនា', birthDate: '2011-04-04' };

/** What somebody's lists and inbox say of the case. */
async function found(staff: string): Promise<string[]> {
  const addresses = ['/worklists/mine', '/worklists/team', '/worklists/overdue', '/worklists/unassigned', '/inbox'];
  const lists = await Promise.all(addresses.map((address) => program.as(staff).get<object>(`${address}?limit=100`)));
  return addresses.filter((_, index) => JSON.stringify(lists[index]).includes(girl.caseId));
}

/** All that a refusal tells, but for what differs from request to request. */
async function answer(asked: Promise<unknown>): Promise<object> {
  return { ...(await refusal(asked)), traceId: '', instance: '' };
}

/** A Monday: her case has been with the organisation for a day, and its people work with it. */
beforeAll(async () => {
  program = await startProgram(local('2026-03-02', '09:00'), cast);
  const facts = { ageAtReport: 14, dangerFlag: false, contactAbuse: false };
  girl = await reportToRiver(program, {
    givenNameKm: identity.givenNameKm,
    sex: 'female',
    birthDate: '2011-04-04',
    facts,
  });
  await triaged(girl);
  await program.advance('P3D');
  harbour = new CaseHand(program.as('harbour-worker'), girl.caseId);
});
afterAll(() => program.stop());

describe('G-A4: a girl of 14 says that it is her father, who works for the organisation that keeps her case', () => {
  it('until then he could see of it what every colleague can', async () => {
    expect(await new CaseHand(program.as('father'), girl.caseId).state()).toBe('ELIGIBILITY_DECISION');
    expect(await found('father')).toEqual(['/worklists/team']);
    expect(await found('worker')).toContain('/inbox');
  });

  it('her worker declares it, and in the same moment the case is gone for the whole organisation, the worker too', async () => {
    const conflict = { subject: 'agency', ref: 'NGO-RIVER', reason: 'The suspect keeps cases here' };
    await program.as('worker').post(`/cases/${girl.caseId}/conflicts`, conflict);
    for (const staff of river) {
      const client = program.as(staff);
      expect(await answer(client.get(`/cases/${girl.caseId}`))).toEqual(await answer(client.get(`/cases/${nobody}`)));
      expect(await found(staff)).toEqual([]);
    }
  });

  it('the ministry hears of it at once, and gives the case to another cell', async () => {
    const ministry = program.as('ministry');
    await eventually(async () => {
      const { items } = await ministry.get<{ items: object[] }>('/inbox');
      expect(items).toMatchObject([{ caseId: girl.caseId }]);
    });
    const back = ministry.post(`/cases/${girl.caseId}/assignment`, { owner: 'father', agency: 'NGO-RIVER' });
    expect(await refused(back)).toEqual(['ConflictOfInterest owner']);
    await ministry.post(`/cases/${girl.caseId}/assignment`, { owner: 'harbour-worker', agency: 'NGO-HARBOUR' });
    expect(await found('harbour-worker')).toEqual(['/worklists/mine', '/worklists/team']);
    expect((await harbour.view()).alerts).toMatchObject([{ alert: 'HOLDER_IN_CONFLICT' }]);
  });

  it('he is named, too, for wherever he works next', async () => {
    const conflict = { subject: 'staff', ref: 'father', reason: 'He is the suspect' };
    await program.as('harbour-worker').post(`/cases/${girl.caseId}/conflicts`, conflict);
    const { alerts } = await harbour.view();
    expect(alerts).toHaveLength(1);
  });
});

describe('SR-25: the suspect is her father, and is blocked everywhere', () => {
  it('nobody asks him: an exception stands in, and his number and his consent are refused', async () => {
    const why = { reason: 'He is the suspect', reaskOn: '2026-06-01', blocked: father };
    const { id } = await harbour.exception('EX1', ['CONSENT_SERVICES', 'CONSENT_SHARING'], why);
    await harbour.document('BIA');
    await new CaseHand(program.as('harbour-lead'), girl.caseId).approveException(id);
    const call = harbour.contact('PHONE', { withWhom: 'caregiver', seenAlone: false, phone: '+855 12-345-678' });
    expect(await refused(call)).toEqual(['ContactBlocked phone']);
    expect(await refused(harbour.consent('CONSENT_SERVICES', 'caregiver', { who: 'father' }))).toEqual([
      'ContactBlocked who',
    ]);
  });

  it('his account finds neither her nor her case, by no door', async () => {
    const client = program.as('father');
    const ofCase = ['', '/next-steps', '/timeline', '/deadlines', '/referrals', '/proposed-owners'];
    const ofPerson = ['', '/child', '/possible-duplicates'];
    const doors = [
      ...ofCase.map((rest) => [`/cases/${girl.caseId}${rest}`, `/cases/${nobody}${rest}`] as const),
      ...ofPerson.map((rest) => [`/persons/${girl.personId}${rest}`, `/persons/${nobody}${rest}`] as const),
    ];
    for (const [hers, none] of doors) {
      expect(await answer(client.get(hers))).toEqual(await answer(client.get(none)));
    }
    const back = `?asOf=${encodeURIComponent(local('2026-03-03', '09:00'))}`;
    expect((await refusal(client.get(`/cases/${girl.caseId}${back}`))).status).toBe(404);
  });

  it('he cannot write to it, search for her by name, or open another case of hers', async () => {
    const client = program.as('father');
    const note = { kind: 'CASE_NOTE', text: 'I know where she is' };
    expect((await refusal(client.post(`/cases/${girl.caseId}/notes`, note))).status).toBe(404);
    expect(await client.post('/persons/matches', { purpose: 'existing_case', sex: 'female', identity })).toEqual([]);
    expect(
      await program.as('province').post('/persons/matches', { purpose: 'existing_case', sex: 'female', identity }),
    ).toHaveLength(1);
    const opened = { personId: girl.personId, pathway: 'A_OCSEA', synthetic: true };
    expect(await answer(client.post('/cases', opened))).toEqual(
      await answer(client.post('/cases', { ...opened, personId: nobody })),
    );
    expect((await refusal(client.post(`/persons/${girl.personId}/flags`, flag()))).status).toBe(404);
    const again = { personId: girl.personId, sex: 'female', synthetic: true };
    expect((await refusal(client.post('/persons', again))).status).toBe(404);
  });

  it('nothing is sent to where he works, and nobody from there decides', async () => {
    expect(await refused(harbour.draftReferral('LEGAL_AID', 'NGO-RIVER', 'SOON'))).toEqual([
      'ConflictOfInterest toAgency',
    ]);
    const accept = { decision: decision('G1', 'G1-ACCEPT', lead) };
    const hand = new CaseHand(program.as('harbour-lead'), girl.caseId);
    expect(await refused(hand.take('A09', accept))).toContain('ConflictOfInterest lead');
  });

  it('weeks of missed deadlines are told to others, never to him or his colleagues', async () => {
    await program.advance('P21D');
    const told = (await program.escalations(girl.caseId)).filter(({ at }) => at > local('2026-03-05', '09:30'));
    expect(told.length).toBeGreaterThanOrEqual(5);
    const recipients = new Set(told.flatMap((each) => each.told));
    expect(recipients).toContain('harbour-worker');
    for (const staff of river) {
      expect(recipients).not.toContain(staff);
      expect(await found(staff)).toEqual([]);
    }
  });
});

function flag(): object {
  return { kind: 'SAFETY', caseId: girl.caseId, reason: 'synthetic' };
}
