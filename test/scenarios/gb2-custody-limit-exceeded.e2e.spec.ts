import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseHand } from '../support/case-hand.js';
import { CaseWatch } from '../support/case-watch.js';
import { refusal } from '../support/http-client.js';
import { justiceCast } from '../support/justice-cast.js';
import { missing } from '../support/missing.js';
import { local } from '../support/phnom-penh.js';
import { startProgram, type Program } from '../support/program.js';

interface Notice {
  version: number;
  overdue: boolean;
  readAt: string | null;
}

let program: Program;
let caseId: string;
let watch: CaseWatch;
let officer: CaseHand;
let agent: CaseHand;

const noticesOf = async (staff: string) => (await program.as(staff).get<{ items: Notice[] }>('/inbox?limit=100')).items;
const extend = (staff: string, until: string) =>
  program.as(staff).post(`/cases/${caseId}/deadlines/DB01.1/extension`, { until, reason: 'The prosecutor is away' });

/** The alarms before the limit of 24 hours, each told once: a Saturday and a holiday are no excuse. */
const alarms = [
  [local('2026-10-10', '08:00'), 'agent', 'lawyer'],
  [local('2026-10-10', '14:00'), 'agent', 'lawyer', 'province'],
  [local('2026-10-10', '18:00'), 'agent', 'lawyer', 'prosecutor', 'province'],
];
const breach = [local('2026-10-10', '20:00'), 'agent', 'lawyer', 'prosecutor', 'province'];
const dutyOfficer = [local('2026-10-10', '22:00'), 'lawyer', 'ministry'];
const register = [local('2026-10-11', '20:00'), 'ministry'];

/** Friday night, before three days of Pchum Ben. */
beforeAll(async () => {
  program = await startProgram(local('2026-10-09', '20:30'), justiceCast);
  const identity = { familyNameKm: 'គំរូ', givenNameKm: 'រិទ្ធី', birthDate: '2011-03-20' };
  const child = { sex: 'male', identity, province: '08', synthetic: true };
  const { id: personId } = await program.as('officer').post('/persons', child);
  const facts = { arrestedAt: local('2026-10-09', '19:30'), offenceClass: 'MISD' };
  const keeper = { agency: 'PDOSVY-08', owner: 'agent', province: '08' };
  const opened = { personId, pathway: 'B_DIVERSION', ...keeper, facts, synthetic: true };
  caseId = (await program.as('officer').post('/cases', opened)).id;
  const hand = (staff: string) => new CaseHand(program.as(staff), caseId);
  [officer, agent] = [hand('officer'), hand('agent')];
  watch = new CaseWatch(program, caseId);
});
afterAll(() => program.stop());

describe('G-B2: a boy of 15, accused of a misdemeanour, is held past the limit', () => {
  it('custody counts from when he came, not from when it was told', async () => {
    const came = { occurredAt: '2026-10-09T20:00:00+07:00', authority: 'POLICE-08', place: 'POST-1' };
    await officer.track('LIBERTY', 'POLICE_CUSTODY', came);
    expect(await watch.deadline('DB01')).toMatchObject({
      status: 'due',
      startedAt: local('2026-10-09', '20:00'),
      dueAt: local('2026-10-10', '20:00'),
      ladder: 'L_LEGAL',
      confirmed: false,
    });
    expect((await watch.deadline('DB02'))?.dueAt).toBe(local('2026-10-10', '19:30'));
    expect((await watch.deadline('DB03'))?.dueAt).toBe(local('2026-10-09', '22:00'));
    expect((await watch.deadline('DB04'))?.dueAt).toBe(local('2026-10-10', '02:00'));
    expect((await watch.deadline('DB05'))?.dueAt).toBe(local('2026-10-10', '08:00'));
    const mine = await watch.tasks('agent', 'mine');
    expect(mine.map(({ definition }) => definition)).toEqual([
      'DB03',
      'DB04',
      'DB05',
      'DB02',
      'DB01',
      'DB22',
      'R11',
      'R12',
    ]);
  });

  it('he is registered, his mother knows, a lawyer sees him, and he is 15: 24 hours, and no more', async () => {
    await program.advanceTo(local('2026-10-09', '21:30'));
    await officer.documents('INTAKE_REPORT', 'CUSTODY_RECORD');
    await agent.take('B01');
    await agent.facts({ representativeNotified: 'NOTIFIED' });
    await program.advanceTo(local('2026-10-09', '23:00'));
    await agent.track('LAWYER', 'ASSIGNED');
    await agent.track('LAWYER', 'MET_CHILD');
    for (const key of ['DB03', 'DB04', 'DB05']) {
      expect(await watch.deadline(key)).toMatchObject({ status: 'met', inTime: true });
    }
    await agent.document('AGE_EVIDENCE');
    await agent.facts({ ageAtOffence: 15 });
    await agent.take('B02');
    expect(await watch.deadline('DB06')).toMatchObject({ status: 'met', inTime: true });
    expect(await watch.occurrences('DB01')).toMatchObject([{ status: 'due', dueAt: local('2026-10-10', '20:00') }]);
  });

  it('held at another post, he is held as long', async () => {
    await program.advanceTo(local('2026-10-10', '03:00'));
    await officer.track('LIBERTY', 'POLICE_CUSTODY', { authority: 'POLICE-08', place: 'POST-2' });
    expect(await watch.occurrences('DB01')).toMatchObject([{ status: 'due', dueAt: local('2026-10-10', '20:00') }]);
    expect((await watch.deadline('DB05'))?.status).toBe('met');
  });

  it('the alarm rings after 12, 18 and 22 hours, to more people each time', async () => {
    await program.advanceTo(local('2026-10-10', '07:59'));
    expect(await watch.told('DB01')).toEqual([]);
    await program.advanceTo(local('2026-10-10', '17:59'));
    expect(await watch.told('DB01')).toEqual(alarms.slice(0, 2));
    await program.advanceTo(local('2026-10-10', '18:30'));
    expect(await watch.told('DB01')).toEqual(alarms);
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'due', rungsReached: [0, 1, 2] });
  });

  it('nobody may have more time: neither the agent nor the supervisor, neither before nor after', async () => {
    const tomorrow = '2026-10-11T08:00:00+07:00';
    expect(missing(await refusal(extend('agent', tomorrow)))).toEqual([
      'NotExtendable DB01.1',
      'RoleNotAllowed deadline',
    ]);
    const refused = await refusal(extend('province', tomorrow));
    expect(refused).toMatchObject({
      status: 422,
      unmet: [
        {
          code: 'NotExtendable',
          subject: 'DB01.1',
          text: {
            en: 'This deadline cannot be extended: Limit of police custody',
            km: 'កាលកំណត់នេះមិនអាចពន្យារបានទេ៖ កំណត់ពេលនៃការឃាត់ខ្លួន',
          },
        },
      ],
    });
    expect(refused.unmet).toHaveLength(1);
    const hold = { reasonCode: 'COURT_WAIT' };
    await agent.take('B33', hold);
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'due', dueAt: local('2026-10-10', '20:00') });
  });

  it('reading the notice does not silence it: at 24 hours the limit is exceeded, and that is recorded', async () => {
    const notices = await noticesOf('prosecutor');
    expect(notices.map(({ readAt }) => readAt)).toEqual([null, null]);
    for (const { version } of notices) await program.as('prosecutor').post(`/inbox/${caseId}/${version}/read`);
    expect((await noticesOf('prosecutor')).map(({ readAt }) => readAt)).toEqual([program.now(), program.now()]);
    await program.advanceTo(local('2026-10-10', '19:59'));
    expect(await watch.told('DB01')).toEqual(alarms);
    await program.advanceTo(local('2026-10-10', '20:30'));
    expect(await watch.told('DB01')).toEqual([...alarms, breach]);
    expect(await watch.deadline('DB01')).toMatchObject({ status: 'overdue', rungsReached: [0, 1, 2, 3] });
    const exceeded = (await agent.timeline()).filter(({ data }) => data['records'] === 'LEGAL_LIMIT_EXCEEDED');
    expect(exceeded.filter(({ data }) => data['definition'] === 'DB01')).toMatchObject([
      { type: 'RungReached', occurredAt: local('2026-10-10', '20:00'), recordedAt: local('2026-10-10', '20:00') },
    ]);
  });

  it('it stands on the overdue lists of those who answer for it, and of nobody else', async () => {
    for (const staff of ['agent', 'province', 'ministry']) {
      expect((await watch.tasks(staff, 'overdue')).map(({ definition }) => definition)).toEqual(['DB02', 'DB01']);
    }
    expect(await watch.tasks('agent-elsewhere', 'overdue')).toEqual([]);
    const bands = await program.as('province').get<{ band: string; count: number }[]>('/worklists/overdue/age-bands');
    expect(bands.find(({ band }) => band === '0-24h')).toEqual({ band: '0-24h', count: 2 });
  });

  it('two hours later the duty officer of the ministry acts, and a day later it is in the register of breaches', async () => {
    expect(missing(await refusal(extend('province', '2026-10-12T08:00:00+07:00')))).toEqual(['NotExtendable DB01.1']);
    await program.advanceTo(local('2026-10-10', '22:30'));
    expect(await watch.told('DB01')).toEqual([...alarms, breach, dutyOfficer]);
    const escalations = await program.escalations(caseId, 'DB01');
    expect(escalations.at(-1)).toMatchObject({ action: 'DUTY_OFFICER_ACTS', overdue: true });
    await program.advanceTo(local('2026-10-11', '20:30'));
    expect(await watch.told('DB01')).toEqual([...alarms, breach, dutyOfficer, register]);
    const entered = (await agent.timeline()).filter(({ data }) => data['records'] === 'BREACH_REGISTER');
    expect(entered.filter(({ data }) => data['definition'] === 'DB01')).toMatchObject([
      { occurredAt: local('2026-10-11', '20:00') },
    ]);
  });

  it('he is released 25 hours too late: the limit counts as met late, for ever', async () => {
    await program.advanceTo(local('2026-10-11', '22:00'));
    const left = { occurredAt: '2026-10-11T21:00:00+07:00', authority: 'COURT-08' };
    await officer.document('RELEASE_ORDER');
    await officer.track('LIBERTY', 'AT_LIBERTY', left);
    expect(await watch.deadline('DB01')).toMatchObject({
      status: 'met',
      metAt: local('2026-10-11', '21:00'),
      inTime: false,
      recordedLate: false,
    });
    expect((await watch.tasks('province', 'overdue')).map(({ definition }) => definition)).toEqual([]);
  });
});

describe('what remains of it', () => {
  it('each alarm once, at its own minute, and nothing after the release', async () => {
    await program.advance('P30D');
    expect(await watch.told('DB01')).toEqual([...alarms, breach, dutyOfficer, register]);
    const escalations = await program.escalations(caseId, 'DB01');
    expect(escalations.map(({ rung }) => rung)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { at, recordedAt } of escalations) expect(recordedAt).toBe(at);
  });

  it('nobody in another province was told anything, and no notice names him', async () => {
    expect(await noticesOf('agent-elsewhere')).toEqual([]);
    const notices = await noticesOf('ministry');
    expect(notices.map(({ overdue }) => overdue)).toEqual(notices.map(() => true));
    expect(JSON.stringify(notices)).not.toMatch(/គំរូ|រិទ្ធី|2011/);
  });
});
