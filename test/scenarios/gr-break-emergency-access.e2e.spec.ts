import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { survivorsCast } from '../support/survivors-cast.js';
import { reportToRiver, type SurvivorCase } from '../support/survivors-stories.js';

/** A hospital in another province, to which a girl is brought at night, and a policeman whom the case itself names. */
const cast = {
  agencies: [...survivorsCast.agencies, { id: 'HOSPITAL-17', type: 'health', province: '17' }],
  staff: [
    ...survivorsCast.staff,
    { id: 'night-doctor', agency: 'HOSPITAL-17', roles: ['HEALTH'] },
    { id: 'night-nurse', agency: 'HOSPITAL-17', roles: ['HEALTH'] },
    { id: 'named-policeman', agency: 'POLICE-12', roles: ['AHTJP'] },
  ],
};
const agencies = [...cast.agencies, { id: 'POLICE-12', type: 'police', province: '12' }];

const name = 'កាណារីសុខា';
const danger = 'She was brought in unconscious, and nobody of the organisation answers the telephone';

let program: Program;
let girl: SurvivorCase;
let watch: CaseWatch;
let accessId: string;
let told: Record<string, number>;

const readBy = (staff: string) => new CaseHand(program.as(staff), girl.caseId);
const take = (staff: string, reason = danger) =>
  program.as(staff).post(`/cases/${girl.caseId}/emergency-access`, { reason });
const review = (staff: string, justified = true) =>
  program
    .as(staff)
    .post(`/cases/${girl.caseId}/emergency-access/${accessId}/review`, { justified, text: 'She was in danger' });
const noticesSoFar = async () =>
  Object.fromEntries(
    await Promise.all(['worker', 'lead', 'ministry'].map(async (staff) => [staff, (await noticesOf(staff)).length])),
  ) as Record<string, number>;
const noticesOf = async (staff: string) =>
  (await program.as(staff).get<{ items: { caseId: string; subject: string }[] }>('/inbox?limit=100')).items.filter(
    ({ caseId }) => caseId === girl.caseId,
  );

beforeAll(async () => {
  program = await startProgram(local('2026-04-06', '22:00'), { ...cast, agencies });
  const facts = { ageAtReport: 13, contactAbuse: false, dangerFlag: false };
  girl = await reportToRiver(program, { givenNameKm: name, sex: 'female', birthDate: '2013-01-20', facts });
  watch = new CaseWatch(program, girl.caseId);
});
afterAll(() => program.stop());

describe('GR-BREAK: emergency access needs a reason, lasts four hours, and is looked at afterwards', () => {
  it('a doctor elsewhere finds no such case, and no reason of a few words opens it', async () => {
    expect((await refusal(readBy('night-doctor').view())).status).toBe(404);
    expect(missing(await refusal(take('night-doctor', 'urgent')))).toEqual(['FieldInvalid reason']);
    expect((await refusal(readBy('night-doctor').view())).status).toBe(404);
  });

  it('with a reason the doctor reads the case, but takes no step in it, and nobody else at the hospital sees it', async () => {
    told = await noticesSoFar();
    ({ id: accessId } = await take('night-doctor'));
    expect((await readBy('night-doctor').view()).person.identity).toMatchObject({ givenNameKm: name });
    await readBy('night-doctor').note('CASE_NOTE', 'She was given fluids');
    expect(missing(await refusal(readBy('night-doctor').take('A01')))).toEqual(['RoleNotAllowed TakeTransition']);
    expect((await refusal(readBy('night-nurse').view())).status).toBe(404);
  });

  it('whoever keeps the case, the supervisor and the ministry are told once, without a name', async () => {
    await program.advance('PT1M');
    const once = Object.fromEntries(Object.entries(told).map(([staff, count]) => [staff, count + 1]));
    expect(await noticesSoFar()).toEqual(once);
    expect(JSON.stringify(await noticesOf('worker'))).not.toContain(name);
    const { emergencies } = await girl.worker.view();
    expect(emergencies).toMatchObject([{ accessId, staff: 'night-doctor', agency: 'HOSPITAL-17', justified: null }]);
  });

  it('taken a second time while it lasts, it is the same one', async () => {
    expect((await refusal(take('night-doctor'))).status).toBe(409);
  });

  it('whom the case names in conflict of interest finds no case in any emergency', async () => {
    const conflict = { subject: 'staff', ref: 'named-policeman', reason: 'He is accused' };
    await program.as('worker').post(`/cases/${girl.caseId}/conflicts`, conflict);
    expect((await refusal(take('named-policeman'))).status).toBe(404);
  });

  it('after four hours there is no such case for the doctor again', async () => {
    await program.advance('PT3H58M');
    expect((await readBy('night-doctor').view()).id).toBe(girl.caseId);
    await program.advance('PT1M');
    expect((await refusal(readBy('night-doctor').view())).status).toBe(404);
    expect((await refusal(readBy('night-doctor').note('CASE_NOTE', 'Late'))).status).toBe(404);
  });

  it('one duty to look at it is open, and only a supervisor who did not take it fulfils it', async () => {
    const open = async () => (await watch.open()).filter((each) => each === 'R13');
    expect(await open()).toEqual(['R13']);
    expect(missing(await refusal(review('worker')))).toEqual(['RoleNotAllowed accessId']);
    await review('lead');
    expect(await open()).toEqual([]);
    expect((await girl.worker.view()).emergencies).toMatchObject([{ accessId, justified: true }]);
    expect((await refusal(review('lead'))).status).toBe(409);
  });
});
