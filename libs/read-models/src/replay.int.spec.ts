import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { facilityIdOf, upcast } from '#libs/case-log';
import type { Actor, CaseCommand, FacilityCommand } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { Subscriber } from '#libs/event-store';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { flowProjection, restartFlow } from './flow/projection.js';
import { differences, replay, type Difference } from './replay.js';

const supervisor: Actor = {
  id: 'supervisor-1',
  roles: ['NGO_SUP', 'NGO_CW', 'OSVY_SW', 'PDOSVY_SUP', 'INTEGRATION', 'SYSTEM'],
  agency: 'agency-one',
};
const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  spean = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    mayCreateMasterKey: true,
    clock,
  });
});

afterAll(async () => {
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

describe('read models', () => {
  let id: string;

  beforeEach(async () => {
    id = await storyOfACase();
  });

  it('equal a replay of the log', async () => {
    expect(await found()).toEqual([]);
  });

  it.each([
    ['case_summary', `UPDATE case_summary SET risk = 'low' WHERE stream_id = $1`, 'risk'],
    [
      'deadlines',
      `UPDATE deadlines SET due_at = due_at + interval '1 hour' WHERE stream_id = $1 AND definition = 'DA03'`,
      'due_at',
    ],
    ['referrals', `UPDATE referrals SET state = 'ACCEPTED' WHERE stream_id = $1`, 'state'],
    ['escalations', `UPDATE escalations SET rung = rung + 10 WHERE stream_id = $1`, 'rung'],
    ['unmet_needs', `UPDATE unmet_needs SET met_at = now() WHERE stream_id = $1`, 'met_at'],
    ['case_exceptions', `UPDATE case_exceptions SET approved_by = 'nobody' WHERE stream_id = $1`, 'approved_by'],
    ['case_tracks', `UPDATE case_tracks SET state = 'DONE' WHERE stream_id = $1 AND track = 'HEALTH'`, 'state'],
    ['case_facts', `DELETE FROM case_facts WHERE stream_id = $1`, 'value'],
    ['case_watchlists', `INSERT INTO case_watchlists VALUES (1, $1, 'NOTHING', now())`, 'since'],
  ])('differ in %s when somebody changed a row, until they are rebuilt', async (table, statement, column) => {
    await spean.database.unitOfWork.run(spean.context, (tx) => tx.send('', statement, [id]));
    const different = await found();
    expect(different.filter((each) => each.stream === id && each.table === table).map((each) => each.column)).toContain(
      column,
    );
    await replay(spean);
    expect(await found()).toEqual([]);
  });

  it('miss a row that was deleted, until they are rebuilt', async () => {
    await spean.database.unitOfWork.run(spean.context, (tx) =>
      tx.send('', 'DELETE FROM case_summary WHERE stream_id = $1', [id]),
    );
    expect((await found()).length).toBeGreaterThan(0);
    await replay(spean);
    expect(await found()).toEqual([]);
  });

  it('take a case off a list when what was wrong is right again', async () => {
    const held = uuidv7();
    const listed = () =>
      spean.database.read(spean.context, (queries) =>
        queries.query<{ watchlist: string }>(
          '',
          'SELECT watchlist FROM case_watchlists WHERE stream_id = $1 ORDER BY watchlist',
          [held],
        ),
      );
    await run(held, {
      type: 'OpenCase',
      data: {
        code: `K-${held.slice(-8).toUpperCase()}`,
        personId: uuidv7(),
        agency: 'agency-one',
        synthetic: true,
        pathway: 'B_DIVERSION@1.0.0',
        facts: { offenceClass: 'MISD' },
      },
    });
    expect(await listed()).toEqual([]);
    await run(held, { type: 'MoveTrack', data: { track: 'LIBERTY', to: 'POLICE_CUSTODY' } });
    expect(await listed()).toEqual([{ watchlist: 'NEVER_SCREENED' }, { watchlist: 'NO_LAWYER' }]);
    await run(held, { type: 'MoveTrack', data: { track: 'LAWYER', to: 'MET_CHILD' } });
    expect(await listed()).toEqual([{ watchlist: 'NEVER_SCREENED' }]);
    await run(held, { type: 'MoveTrack', data: { track: 'LIBERTY', to: 'AT_LIBERTY' } });
    expect(await listed()).toEqual([]);
    expect(await found()).toEqual([]);
  });

  describe('of facilities', () => {
    let facility: string;

    beforeEach(async () => {
      facility = await storyOfAFacility();
    });

    it.each([
      ['facility_summary', `UPDATE facility_summary SET capacity = 1 WHERE stream_id = $1`, 'capacity'],
      ['facility_summary', `UPDATE facility_summary SET accused = false WHERE stream_id = $1`, 'accused'],
      ['facility_history', `UPDATE facility_history SET state = 'CLOSED' WHERE stream_id = $1`, 'state'],
      ['deadlines', `UPDATE deadlines SET due_at = due_at + interval '1 day' WHERE stream_id = $1`, 'due_at'],
      ['escalations', `UPDATE escalations SET rung = rung + 10 WHERE stream_id = $1`, 'rung'],
    ])('differ in %s when somebody changed a row, until they are rebuilt', async (table, statement, column) => {
      await spean.database.unitOfWork.run(spean.context, (tx) => tx.send('', statement, [facility]));
      const different = (await found()).filter((each) => each.stream === facility && each.table === table);
      expect(different.map((each) => each.column)).toContain(column);
      await replay(spean);
      expect(await found()).toEqual([]);
    });

    it('say again who lived where, of which a row was changed or lost', async () => {
      const statements = [
        `UPDATE facility_stays SET from_at = from_at - interval '1 day' WHERE facility = 'RCF-17'`,
        `DELETE FROM facility_stays WHERE facility = 'RCF-17'`,
      ];
      for (const statement of statements) {
        await spean.database.unitOfWork.run(spean.context, (tx) => tx.send('', statement));
        expect((await found()).some(({ table }) => table === 'facility_stays')).toBe(true);
        await replay(spean);
        expect(await found()).toEqual([]);
      }
    });
  });

  it('that follow the feed count each transition once, also when they begin again', async () => {
    const follower = new Subscriber(spean.database, flowProjection, { context: spean.context, upcast });
    await eventually(() => levelled(follower));
    const counted = await taken();
    await spean.database.unitOfWork.run(spean.context, (tx) => restartFlow(tx));
    expect(await taken()).toBe(0);
    await eventually(() => levelled(follower));
    expect(await taken()).toBe(counted);
  });

  it('show nobody a count under five', async () => {
    const rows = await spean.queries.pathwayFlow('2026-01', '2026-12');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ count }) => count === null || count >= 5)).toBe(true);
  });
});

async function storyOfACase(): Promise<string> {
  const id = uuidv7();
  await run(id, {
    type: 'OpenCase',
    data: {
      code: `K-${id.slice(-8).toUpperCase()}`,
      personId: uuidv7(),
      agency: 'agency-one',
      province: '12',
      synthetic: true,
      pathway: 'A_OCSEA@1.0.0',
      facts: { dangerFlag: true },
    },
  });
  await run(id, { type: 'RecordDocument', data: { documentId: uuidv7(), code: 'INTAKE_REPORT' } });
  await run(id, {
    type: 'TakeTransition',
    data: {
      transition: 'A01',
      assignee: { owner: 'worker-1', agency: 'agency-one' },
      attestations: [{ guard: 'A01.2', reason: 'searched' }],
    },
  });
  await run(id, { type: 'SetRiskLevel', data: { level: 'high', reason: 'synthetic' } });
  await run(id, { type: 'RecordDocument', data: { documentId: uuidv7(), code: 'RISK_SCREEN' } });
  await run(id, { type: 'TakeTransition', data: { transition: 'A03', attestations: [] } });
  await run(id, {
    type: 'RecordUnmetNeed',
    data: { needId: uuidv7(), service: 'counselling_trauma', why: 'TOO_FAR', district: '1202' },
  });
  await run(id, {
    type: 'RecordConsentException',
    data: {
      exceptionId: uuidv7(),
      code: 'EX5',
      kinds: ['CONSENT_SERVICES'],
      reason: 'an orphan',
      reaskOn: '2026-06-01',
    },
  });
  const referralId = uuidv7();
  const sharing = { kind: 'CONSENT_SHARING', manner: 'thumbprint', language: 'km', recipient: 'agency-two' } as const;
  for (const giver of ['child', 'caregiver'] as const) {
    await run(id, { type: 'GiveConsent', data: { consentId: uuidv7(), giver, ...sharing } });
  }
  await run(id, {
    type: 'DraftReferral',
    data: {
      referralId,
      type: 'service',
      service: { code: 'counselling_trauma' },
      fromAgency: 'agency-one',
      toAgency: 'agency-two',
      urgency: 'SOON',
    },
  });
  await run(id, { type: 'SendReferral', data: { referralId } });
  clock.advance('PT13H');
  await run(id, { type: 'ReachRungs', data: { deadline: 'DA03.1' } });
  return id;
}

/** Found, inspected too late, accused; and a child who lives there. */
async function storyOfAFacility(): Promise<string> {
  const code = `RCF-${uuidv7().slice(-8)}`;
  const where = { code, type: 'RCI', province: '17', district: '1701', agency: 'agency-one', synthetic: true };
  const id = facilityIdOf(code);
  await tell(id, { type: 'ReportUnregisteredFacility', data: { ...where, children: 35 } });
  clock.advance('P10D');
  await tell(id, { type: 'ReachRungs', data: { deadline: 'DC19.1' } });
  await tell(id, { type: 'MoveFacility', data: { to: 'NOTIFIED', reasonCode: 'REGISTERED' } });
  await tell(id, { type: 'ChangeFacilityDetails', data: { capacity: 30 } });
  await tell(id, { type: 'AccuseFacility', data: { accusationId: uuidv7(), text: 'synthetic' } });
  await run(uuidv7(), {
    type: 'OpenCase',
    data: {
      code: `K-${id.slice(-8).toUpperCase()}`,
      personId: uuidv7(),
      agency: 'agency-one',
      province: '17',
      synthetic: true,
      pathway: 'C_REINTEGRATION@1.0.0',
      facts: { facilityId: 'RCF-17', admission: 'EXISTING' },
    },
  });
  return id;
}

async function tell(facilityId: string, command: Bare<FacilityCommand>): Promise<void> {
  await spean.commands.executeFacility({
    facilityId,
    actor: supervisor,
    purpose: 'case_management',
    traceId: 'test',
    command: { ...command, occurredAt: clock.now(), precision: 'moment' },
  });
}

type Bare<C> = C extends { occurredAt: string } ? Omit<C, 'occurredAt' | 'precision'> : never;

async function run(caseId: string, command: Bare<CaseCommand>): Promise<void> {
  await spean.commands.execute({
    caseId,
    actor: supervisor,
    purpose: 'case_management',
    traceId: 'test',
    command: { ...command, occurredAt: clock.now(), precision: 'moment' },
  });
}

async function found(): Promise<Difference[]> {
  const all: Difference[] = [];
  for await (const difference of differences(spean)) all.push(difference);
  return all;
}

/** The feed waits for older transactions, those of other tests on the same server included. */
async function levelled(follower: Subscriber): Promise<void> {
  for (let step = await follower.step(); step === 'advanced'; step = await follower.step());
  expect(await taken()).toBe(await inTheLog());
}

async function taken(): Promise<number> {
  return count('SELECT coalesce(sum(count), 0)::int AS n FROM pathway_flow');
}

async function inTheLog(): Promise<number> {
  return count(`SELECT count(*)::int AS n FROM events WHERE type = 'TransitionTaken'`);
}

async function count(statement: string): Promise<number> {
  const [row] = await spean.database.read(spean.context, (queries) => queries.query<{ n: number }>('', statement));
  return row?.n ?? -1;
}
