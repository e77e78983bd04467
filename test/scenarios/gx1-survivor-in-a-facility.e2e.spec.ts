import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand, choosing, decision, declared } from '../support/case-hand.js';
import { refusal } from '../support/http-client.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';
import { chair, reintegrationCast } from '../support/reintegration-cast.js';

/** Beside those who bring children home: an organisation that works with survivors, and the district officer. */
const cast = {
  agencies: [
    ...reintegrationCast.agencies,
    { id: 'NGO-RIVER', type: 'ngo', province: '17' },
    { id: 'OSVY-1701', type: 'government', province: '17' },
  ],
  staff: [
    ...reintegrationCast.staff,
    { id: 'river-worker', agency: 'NGO-RIVER', roles: ['NGO_CW'] },
    { id: 'river-lead', agency: 'NGO-RIVER', roles: ['NGO_SUP'] },
    { id: 'officer', agency: 'OSVY-1701', roles: ['OSVY_SW'] },
  ],
};

let program: Program;
let personId: string;
let worker: CaseHand;
let officer: CaseHand;
let survivor: CaseHand;
let flagId: string;

const refused = async (asked: Promise<unknown>) => missing(await refusal(asked));
const handOver = () => officer.take('C16', declared('C16.1a', 'C16.2'));
const why = 'Her uncle, who sleeps in that house, hurt her';
const panel = {
  ...decision('P', 'P-APPROVE', chair),
  ...choosing('PARENTS'),
  members: [
    { ...chair, chair: true, vote: 'for' },
    { id: 'lead', role: 'GK_MEMBER', agency: 'NGO-HOME', chair: false, vote: 'for' },
    { id: 'commune', role: 'GK_MEMBER', agency: 'COMMUNE-01', chair: false, vote: 'for' },
  ],
};

/** A girl of 11 has lived in a facility for years; everything is ready for her to go home to her mother. */
beforeAll(async () => {
  program = await startProgram(local('2026-02-02', '09:00'), cast);
  const client = program.as('worker');
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'មាលា', birthDate: '2014-10-10' };
  const child = { sex: 'female', identity, province: '17', synthetic: true };
  ({ id: personId } = await client.post('/persons', child));
  const facts = { facilityId: 'RCF-17', admission: 'EXISTING', schoolAge: true, birthRegistration: 'HELD' };
  const opened = { personId, pathway: 'C_REINTEGRATION', owner: 'worker', province: '17', facts, synthetic: true };
  const { id } = await client.post('/cases', opened);
  const hand = (staff: string) => new CaseHand(program.as(staff), id);
  [worker, officer] = [hand('worker'), hand('officer')];
  await prepared(new CaseHand(program.as('chair'), id));
  await worker.documents('PLACEMENT_AGREEMENT', 'HANDOVER_RECORD');
  await worker.consent('CAREGIVER_CONSENT', 'caregiver', { manner: 'thumbprint' });
});
afterAll(() => program.stop());

describe('G-X1: on the day before she goes home, a girl of 11 tells another organisation what happened there', () => {
  it('the organisation opens a case of its own, and raises the flag that every case of hers heeds', async () => {
    const facts = { ageAtReport: 11, dangerFlag: false, contactAbuse: false };
    const opened = { personId, pathway: 'A_OCSEA', owner: 'river-worker', facts, synthetic: true };
    const client = program.as('river-worker');
    survivor = new CaseHand(client, (await client.post('/cases', opened)).id);
    const flag = { kind: 'SAFETY', caseId: survivor.caseId, reason: why };
    ({ id: flagId } = await client.post(`/persons/${personId}/flags`, flag));
  });

  it('she cannot be moved, and nobody is told why: a safety check is pending, ask the province', async () => {
    const answer = await refusal(handOver());
    expect(missing(answer)).toEqual(['SafetyCheckPending move']);
    expect(answer.unmet?.[0]?.text.en).toBe('A safety check is pending; ask the provincial department (PDoSVY)');
    const step = (await officer.nextSteps()).find(({ transition }) => transition === 'C16');
    expect(missing(step?.missing ?? [])).toContain('SafetyCheckPending move');
    expect(await worker.state()).toBe('PLACEMENT_AUTHORISATION');
  });

  it('not even danger moves her past it', async () => {
    const danger = { danger: 'The facility closes tonight' };
    expect(await refused(officer.take('C16', { ...declared('C16.1a', 'C16.2'), ...danger }))).toEqual([
      'SafetyCheckPending move',
    ]);
  });

  it('who works on her way home sees that the flag stands, and finds no trace of the other case', async () => {
    for (const staff of ['worker', 'manager', 'officer']) {
      const client = program.as(staff);
      const seen = [
        await client.get(`/cases/${worker.caseId}`),
        await client.get(`/cases/${worker.caseId}/next-steps`),
        await client.get(`/cases/${worker.caseId}/timeline?limit=100`),
        await client.get(`/persons/${personId}`),
        await client.get(`/persons/${personId}/child`),
        await client.get('/worklists/team?limit=100'),
        await client.get('/inbox?limit=100'),
      ];
      expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${survivor.caseId}|uncle|A_OCSEA|NGO-RIVER|river-`));
    }
    expect((await worker.view()).flags).toMatchObject([{ kind: 'SAFETY', title: { en: 'Safety check pending' } }]);
  });

  it('only a supervisor of that other case, or of the province, lifts the flag, and not who raised it', async () => {
    const lifting = `/persons/${personId}/flags/${flagId}/lifting`;
    const reason = { reason: 'He has moved away' };
    expect(await refused(program.as('lead').post(lifting, reason))).toEqual(['RoleNotAllowed flagId']);
    expect(await refused(program.as('river-worker').post(lifting, reason))).toEqual([
      'RoleNotAllowed flagId',
      'TwoPersonRule flagId',
    ]);
    await program.advance('P3D');
    await program.as('river-lead').post(lifting, reason);
    expect((await worker.view()).flags).toEqual([]);
  });

  it('while the other case owns her safety, its worker still has to agree; then she goes home', async () => {
    expect(await refused(handOver())).toEqual(['SafetyCheckPending move']);
    const agreement = { caseId: worker.caseId, byCase: survivor.caseId, reason: 'The house was visited' };
    expect((await refusal(program.as('worker').post(`/persons/${personId}/move-agreements`, agreement))).status).toBe(
      422,
    );
    await program.as('river-worker').post(`/persons/${personId}/move-agreements`, agreement);
    await handOver();
    expect(await worker.state()).toBe('PLACED');
  });
});

/** Profile, assessment, panel and preparation, until only the hand-over is left. */
async function prepared(committee: CaseHand): Promise<void> {
  await worker.documents('ROSTER_ENTRY', 'CARE_HISTORY');
  await worker.take('C01', declared('C01.2'));
  await worker.take('C05', declared('C05.1'));
  await worker.risk('low', 'Safe in the facility');
  await worker.documents('CHILD_ASSESSMENT', 'FAMILY_ASSESSMENT', 'CHILD_VIEWS', 'BIA');
  await worker.track('DISABILITY', 'SCREENED_NO');
  await worker.take('C08', declared('C08.1', 'C08.2'));
  await committee.documents('BID', 'NOTICE_OF_DECISION');
  await committee.take('C09', { ...declared('C09.3b'), decision: panel });
  for (const pause of ['P7D', 'P7D'] as const) {
    await program.advance(pause);
    await worker.contact('PREPARATORY');
  }
  await worker.contact('HOME_VISIT', { withWhom: 'caregiver', seenAlone: false });
  await worker.track('EDUCATION', 'TRANSFER_ACCEPTED');
  await worker.documents('REINTEGRATION_PLAN', 'PREP_CHECKLIST');
  await worker.consent('CHILD_ASSENT', 'child', { manner: 'spoken' });
  await worker.take('C14', declared('C14.3b'));
}
