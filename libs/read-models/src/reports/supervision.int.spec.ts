import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../queries/scope.js';
import { colleague, nation, province, ReportStage } from './report-support.spec.js';

let stage: ReportStage;

beforeAll(async () => {
  stage = await ReportStage.open('2026-03-02T02:00:00.000Z');
  await stage.sql(`
    INSERT INTO agencies (tenant_id, id, type, title, province) VALUES
      (1, 'osvy', 'government', 'Office', '12'), (1, 'office-2', 'government', 'Second office', '12'), (1, 'ngo', 'ngo', 'Organisation', '08');
    INSERT INTO staff (tenant_id, id, agency, roles, title, province, active) VALUES
      (1, 'agent-1', 'osvy', '{SOCIAL_AGENT}', 'Agent one', '12', true),
      (1, 'agent-2', 'osvy', '{SOCIAL_AGENT}', 'Agent two', '12', true),
      (1, 'worker-1', 'office-2', '{OSVY_SW}', 'Worker one', '12', true),
      (1, 'worker-2', 'office-2', '{OSVY_SW}', 'Worker two', '12', true),
      (1, 'worker-3', 'office-2', '{OSVY_SW,GK_MEMBER}', 'Worker three', '12', true),
      (1, 'left', 'office-2', '{OSVY_SW}', 'Left', '12', false),
      (1, 'clerk', 'office-2', '{INTEGRATION}', 'Clerk', '12', true),
      (1, 'ngo-1', 'ngo', '{NGO_CW}', 'Case worker', '08', true);
  `);
});
afterAll(() => stage.close());

const supervisor = province('12');
const kept = (owner: string, agency = 'office-2') => stage.open('A_OCSEA', { owner, agency });
const high = (id: string) => stage.run(id, 'SetRiskLevel', { level: 'high', reason: 'danger at home' });

describe('SR-08: the caseload', () => {
  beforeAll(async () => {
    for (let number = 0; number < 26; number += 1) await kept('worker-1');
    for (let number = 0; number < 11; number += 1) await high(await kept('worker-2'));
    await kept('worker-3');
    await stage.open('A_OCSEA', { owner: 'ngo-1', agency: 'ngo', province: '08' });
  });

  it('of everybody in the province, those without a case, too; over 25 active or 10 at high risk is too much', async () => {
    const { items, meaning } = await stage.spean.reports.caseload(supervisor);
    expect(items.map(({ staff, active, highRisk, overloaded }) => [staff, active, highRisk, overloaded])).toEqual([
      ['worker-1', 26, 0, true],
      ['worker-2', 11, 11, true],
      ['worker-3', 1, 0, false],
      ['agent-1', 0, 0, false],
      ['agent-2', 0, 0, false],
    ]);
    expect(meaning.en).toMatch(/ages play no part/);
    const own = await stage.spean.reports.caseload({ id: 'ngo-1', roles: ['NGO_SUP'], agency: 'ngo' });
    expect(own.items).toMatchObject([{ staff: 'ngo-1', title: 'Case worker', agency: 'ngo', active: 1 }]);
    expect((await stage.spean.reports.caseload(nation)).items).toHaveLength(6);
  });

  it('is proposed to whoever of the agency has least to do, and may keep cases', async () => {
    const id = await stage.open('A_OCSEA', { owner: 'worker-1', agency: 'office-2' });
    const proposed = await stage.spean.reports.proposedOwners(id, supervisor);
    expect(proposed?.map(({ staff, active, overloaded }) => [staff, active, overloaded])).toEqual([
      ['worker-3', 1, false],
      ['worker-1', 26, true],
      ['worker-2', 11, true],
    ]);
    const members = await stage.spean.reports.proposedOwners(id, supervisor, 'GK_MEMBER');
    expect(members).toMatchObject([{ staff: 'worker-3', title: 'Worker three', roles: ['OSVY_SW', 'GK_MEMBER'] }]);
    expect(await stage.spean.reports.proposedOwners(uuidv7(), supervisor)).toBeUndefined();
  });

  it('is never proposed to anybody in conflict of interest on any case of the child, nor told to them', async () => {
    const personId = uuidv7();
    const id = await stage.open('A_OCSEA', { personId, owner: 'worker-1', agency: 'office-2' });
    const other = await stage.open('A_OCSEA', { personId, owner: 'agent-1', agency: 'osvy' });
    const declare = (caseId: string, ref: string) =>
      stage.run(caseId, 'DeclareConflict', { conflictId: uuidv7(), subject: 'staff', ref, reason: 'family' });
    await declare(other, 'worker-3');
    const names = (await stage.spean.reports.proposedOwners(id, supervisor))?.map(({ staff }) => staff);
    expect(names).toEqual(['worker-1', 'worker-2']);
    await declare(id, 'worker-2');
    const biased: Caller = { id: 'worker-2', roles: ['OSVY_SW'], agency: 'office-2' };
    expect(await stage.spean.reports.proposedOwners(id, biased)).toBeUndefined();
    await declare(other, 'office-2');
    expect(await stage.spean.reports.proposedOwners(id, supervisor)).toEqual([]);
  });
});

describe('what supervisors watch', () => {
  /** Every page of a list, one after the other. */
  async function pages<Item>(read: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>) {
    const all: Item[] = [];
    for (let page = await read({}); ; page = await read({ cursor: page.next })) {
      all.push(...page.items);
      if (page.next === null) return all;
    }
  }

  it('cases without contact for 30 days, the longest silent first, page by page', async () => {
    const silent = await stage.open('A_OCSEA', { province: '21', district: '2101' });
    stage.clock.advance('P5D');
    const visited = await stage.open('A_OCSEA', { province: '21', district: '2101' });
    const contact = { kind: 'VISIT' as const, withWhom: 'child', seenAlone: true };
    await stage.run(visited, 'RecordContact', { contactId: uuidv7(), reached: true, ...contact });
    const list = (limit = 100) =>
      pages((cursor) => stage.spean.reports.withoutContact(province('21'), { limit, ...cursor }));
    stage.clock.advance('P25D');
    expect(await list()).toMatchObject([{ stream_id: silent, last_contact_at: null }]);
    stage.clock.advance('P5D');
    expect((await list(1)).map(({ stream_id }) => stream_id)).toEqual([silent, visited]);
    await stage.run(silent, 'RecordContact', { contactId: uuidv7(), reached: false, ...contact });
    expect(await list()).toHaveLength(2);
    await stage.run(silent, 'RecordContact', { contactId: uuidv7(), reached: true, ...contact });
    expect((await list()).map(({ stream_id }) => stream_id)).toEqual([visited]);
  });

  it('limits of law that have passed, running or met too late, each with its words', async () => {
    const open = () => stage.open('B_DIVERSION', { province: '22', district: '2201', facts: { offenceClass: 'MISD' } });
    const running = await open();
    await stage.move(running, 'LIBERTY', 'POLICE_CUSTODY');
    const late = await open();
    await stage.move(late, 'LIBERTY', 'POLICE_CUSTODY');
    const list = (caller: Caller) =>
      pages((cursor) => stage.spean.reports.legalLimitBreaches(caller, { limit: 100, ...cursor }));
    expect(await list(province('22'))).toEqual([]);
    stage.clock.advance('PT25H');
    await stage.move(late, 'LIBERTY', 'AT_LIBERTY');
    const custody = (await list(province('22'))).filter(({ definition }) => definition === 'DB01');
    expect(custody).toHaveLength(2);
    expect(custody.find(({ stream_id }) => stream_id === late)?.met_at).toBe(stage.clock.now());
    expect(custody.find(({ stream_id }) => stream_id === running)).toMatchObject({
      met_at: null,
      confirmed: false,
      title: { en: 'Limit of police custody' },
    });
    expect(await list(colleague)).not.toEqual([]);
    expect(await list(province('08'))).toEqual([]);
  });

  it('how much was recorded late although it was done in time', async () => {
    const before = stage.clock.now();
    const id = await stage.open('B_DIVERSION', { province: '23', district: '2301', facts: { offenceClass: 'MISD' } });
    await stage.move(id, 'LIBERTY', 'POLICE_CUSTODY');
    stage.clock.advance('P2D');
    await stage.spean.commands.execute({
      caseId: id,
      actor: { id: 'agent-1', roles: ['SOCIAL_AGENT'], agency: 'osvy' },
      purpose: 'case_management',
      traceId: 'test',
      command: {
        type: 'MoveTrack',
        data: { track: 'LIBERTY', to: 'AT_LIBERTY' },
        occurredAt: before,
        precision: 'moment',
      },
    });
    const month = before.slice(0, 7);
    const { items, meaning } = await stage.spean.reports.lateRecorded(province('23'), { from: month, to: month });
    expect(items).toHaveLength(1);
    expect(items[0]?.recordedLate).toBeGreaterThanOrEqual(1);
    expect(items[0]!.met).toBeGreaterThanOrEqual(items[0]!.recordedLate);
    expect(meaning.en).toMatch(/recorded after their due time/);
    const earlier = await stage.spean.reports.lateRecorded(province('23'), { from: '2025-01', to: '2025-12' });
    expect(earlier.items).toEqual([]);
  });

  it('exceptions from guardian consent, and how many nobody has approved', async () => {
    const id = await stage.open('A_OCSEA', { province: '24', district: '2401' });
    const exception = (code: string) => ({
      exceptionId: uuidv7(),
      code,
      kinds: ['CONSENT_SERVICES'],
      reason: 'would put her in danger',
      reaskOn: '2026-12-01',
    });
    const first = exception('EX4');
    await stage.run(id, 'RecordConsentException', first);
    await stage.run(id, 'RecordConsentException', exception('EX5'));
    await stage.documents(id, 'BIA');
    const approver = { id: 'sup-24', roles: ['PDOSVY_SUP'], agency: 'pdosvy-24', province: '24' };
    await stage.run(id, 'ApproveConsentException', { exceptionId: first.exceptionId }, approver);
    const month = stage.clock.now().slice(0, 7);
    const { items } = await stage.spean.reports.exceptionsUsed(province('24'), { from: month, to: month });
    expect(items).toEqual([
      { code: 'EX4', used: 1, unapproved: 0 },
      { code: 'EX5', used: 1, unapproved: 1 },
    ]);
  });
});

describe('SR-70: unmet needs nationwide', () => {
  const wants = async (service: string, why: string, district: string, times: number, personId?: string) => {
    for (let number = 0; number < times; number += 1) {
      const child = personId === undefined ? {} : { personId };
      const id = await stage.open('A_OCSEA', { ...child, province: district.slice(0, 2), district });
      await stage.run(id, 'RecordUnmetNeed', { needId: uuidv7(), service, why });
    }
  };
  const services = async () => (await stage.spean.reports.unmetNeeds()).services;

  it('are counted by service, reason, province and district, and what could give a child away is not shown', async () => {
    await wants('counselling_trauma', 'NONE_EXISTS', '0801', 12);
    await wants('counselling_trauma', 'TOO_FAR', '0802', 6);
    await wants('counselling_trauma', 'TOO_FAR', '0803', 2);
    await wants('counselling_trauma', 'TOO_FAR', '1202', 7);
    expect(await services()).toEqual([
      {
        service: 'counselling_trauma',
        children: 27,
        reasons: [
          { why: 'NONE_EXISTS', children: 12 },
          { why: 'TOO_FAR', children: 15 },
        ],
        provinces: [
          { province: '08', children: 20 },
          { province: '12', children: 7 },
        ],
        districts: [
          { province: '08', district: '0801', children: 12 },
          { province: '08', district: '0802', children: null },
          { province: '08', district: '0803', children: null },
          { province: '12', district: '1202', children: 7 },
        ],
      },
    ]);
  });

  it('a child counts once for a service; what is met, or belongs to a case that has ended, does not count', async () => {
    const personId = uuidv7();
    await wants('RESPITE', 'COST', '0801', 2, personId);
    await wants('RESPITE', 'COST', '0801', 4);
    const id = await stage.open('A_OCSEA', { province: '08', district: '0801' });
    const needId = uuidv7();
    await stage.run(id, 'RecordUnmetNeed', { needId, service: 'RESPITE', why: 'COST' });
    const respite = async () => (await services()).find(({ service }) => service === 'RESPITE')?.children;
    expect(await respite()).toBe(6);
    await stage.run(id, 'MeetUnmetNeed', { needId });
    expect(await respite()).toBe(5);
  });

  it('where the place is not known, that is said', async () => {
    for (let number = 0; number < 5; number += 1) {
      const id = uuidv7();
      await stage.run(id, 'OpenCase', {
        code: `K-${id}`,
        personId: uuidv7(),
        agency: 'osvy',
        synthetic: true,
        pathway: 'A_OCSEA@1.0.0',
      });
      await stage.run(id, 'RecordUnmetNeed', { needId: uuidv7(), service: 'INTERPRETER', why: 'LANGUAGE' });
    }
    expect((await services()).find(({ service }) => service === 'INTERPRETER')?.districts).toEqual([
      { province: 'unknown', district: 'unknown', children: 5 },
    ]);
  });
});
