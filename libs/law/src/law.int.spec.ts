import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { runCommandLine } from '../../../apps/cli/src/command-line.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { fillDirectory } from '../../../test/support/directory.js';
import { eventually } from '../../../test/support/eventually.js';
import { identityMap, mandatoryReport, survivorsVersion } from '../../../test/support/law-texts.js';
import { survivorsCast } from '../../../test/support/survivors-cast.js';
import { plus, type Instant } from '#libs/calendar';
import type { CaseCommand, CaseCommandData, CaseCommandType } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { differences, replay, type Difference } from '#libs/read-models';

const cast = {
  ...survivorsCast,
  staff: [...survivorsCast.staff, { id: 'ministry-2', agency: 'MOSVY', roles: ['MOSVY_CPD'] }],
};
const v2 = survivorsVersion('1.1.0', ...mandatoryReport) + identityMap();
const moved = { from: 'A_OCSEA@1.0.0', to: 'A_OCSEA@1.1.0' };

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;
let longAgo: Instant;
/** Cases that were assigned thirty days ago. */
const triage: string[] = [];
const before = { ...process.env };

beforeAll(async () => {
  [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-law-'))]);
  await fillDirectory(fresh, cast);
  Object.assign(process.env, {
    NODE_ENV: 'test',
    SPEAN_DATA_DIR: folder,
    SPEAN_MASTER_KEY_FILE: path.join(folder, 'master.key'),
    DATABASE_URL: fresh.urls.program,
    MIGRATOR_DATABASE_URL: fresh.urls.migrator,
  });
  spean = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
    mayCreateMasterKey: true,
  });
  longAgo = plus(spean.clock.now(), '-P30D', spean.calendar.zone);
  for (const province of ['08', '08', '12', undefined]) triage.push(await inTriage(province));
});
afterAll(async () => {
  process.env = before;
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

function execute<T extends CaseCommandType>(caseId: string, type: T, data: CaseCommandData[T], at = longAgo) {
  const command = { type, data, occurredAt: at, precision: 'moment' } as unknown as CaseCommand;
  const actor = { id: 'lead', roles: ['NGO_SUP'], agency: 'NGO-RIVER' };
  return spean.commands.execute({ caseId, command, actor, purpose: 'case_management', traceId: '0'.repeat(32) });
}

async function inTriage(province?: string): Promise<string> {
  const caseId = uuidv7();
  await execute(caseId, 'OpenCase', {
    code: `K-${caseId.slice(-8)}`,
    personId: uuidv7(),
    agency: 'NGO-RIVER',
    owner: 'worker',
    synthetic: true,
    pathway: 'A_OCSEA',
    ...(province === undefined ? {} : { province }),
  });
  await execute(caseId, 'RecordDocument', { documentId: uuidv7(), code: 'INTAKE_REPORT' });
  await execute(caseId, 'TakeTransition', {
    transition: 'A01',
    assignee: { owner: 'worker', agency: 'NGO-RIVER' },
    attestations: [{ guard: 'A01.2', reason: 'No earlier record' }],
  });
  return caseId;
}

/** What the command line wrote to standard output, and its exit code. */
async function spoken(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const said = (spy: { mock: { calls: unknown[][] } }) => spy.mock.calls.map(([text]) => String(text)).join('');
  process.exitCode = undefined;
  const code = await runCommandLine(['pathways', ...args]);
  const told = { code, out: said(stdout), err: said(stderr) };
  jest.restoreAllMocks();
  process.exitCode = undefined;
  return told;
}

async function written(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}

const rowsOf = <Row extends object>(text: string, values: unknown[] = []) =>
  spean.database.read(spean.context, (queries) => queries.query<Row>('', text, values));

/** How many rows every table has. */
async function rowCounts(): Promise<Record<string, number>> {
  const tables = await rowsOf<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'migrations'`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await rowsOf<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    counts[name] = row?.count ?? -1;
  }
  return counts;
}

async function found(): Promise<Difference[]> {
  const all = [];
  for await (const difference of differences(spean)) all.push(difference);
  return all;
}

const pinned = () =>
  rowsOf<{ pathway: string; cases: number }>(
    'SELECT pathway, count(*)::int AS cases FROM case_summary WHERE tenant_id = 1 GROUP BY pathway ORDER BY pathway',
  );

describe('who would become overdue under a draft', () => {
  it('is told by code, province and deadline, and nothing is written', async () => {
    const draft = await written('draft.yaml', v2);
    const counts = await rowCounts();
    expect(counts['events']).toBeGreaterThan(0);
    const { code, out } = await spoken('impact', draft, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      pathway: 'A_OCSEA@1.1.0',
      cases: 4,
      byProvince: { '08': 2, '12': 1, unknown: 1 },
      byDeadline: { DA26: 4 },
      unmoved: [],
    });
    const { overdue } = JSON.parse(out) as { overdue: { case: string; dueAt: string }[] };
    expect(overdue.map((each) => each.case).toSorted()).toEqual(triage.map((id) => `K-${id.slice(-8)}`).toSorted());
    expect(overdue[0]?.dueAt).toBe(plus(longAgo, 'PT48H', spean.calendar.zone));
    expect(await rowCounts()).toEqual(counts);
  });

  it('tells of cases that the draft has no place for', async () => {
    const draft = await written('nowhere.yaml', v2.replace('TRIAGE: TRIAGE, ', ''));
    const { out } = await spoken('impact', draft);
    expect(out).toContain('4 open cases, 0 deadlines would become overdue, 4 cases have no place');
    expect(out).toContain('NotMapped TRIAGE');
  });

  it('is not told of a draft that is not sound', async () => {
    const { code, err } = await spoken('impact', await written('broken.yaml', v2.replace('to: TRIAGE', 'to: LIMBO')));
    expect(code).toBe(1);
    expect(err).toMatch(/broken\.yaml:\d+ unknown-state/);
  });
});

describe('on the command line', () => {
  it('a version is proposed and agreed to by people of the directory', async () => {
    const file = await written('v2.yaml', v2);
    expect(await spoken('propose', file, '--by', 'stranger')).toMatchObject({ code: 2 });
    expect(await spoken('propose', file, '--by', 'worker')).toMatchObject({ code: 1 });
    expect(await spoken('propose', file, '--by', 'ministry')).toMatchObject({ code: 0 });
    expect(await spoken('approve', 'A_OCSEA', '--by', 'ministry-2')).toMatchObject({ code: 2 });
    const { code, out } = await spoken('approve', 'A_OCSEA@1.1.0', '--by', 'ministry-2');
    expect([code, out]).toEqual([0, '{"version":3,"events":["PathwayVersionApproved","PathwayVersionPublished"]}\n']);
  });

  it('a difference is read as text or JSON', async () => {
    expect((await spoken('diff', moved.from, moved.to)).out.split('\n')).toEqual([
      '  added    transition /transitions/A28',
      '  added    document   /transitions/A28/documents/INTAKE_REPORT',
      '  added    deadline   /deadlines/DA26',
      '',
    ]);
    const { out } = await spoken('diff', moved.to, moved.from, '--json');
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ kind: 'removed', path: '/deadlines/DA26', safety: true }),
    );
    expect((await spoken('diff', 'A_OCSEA@1.0.0', 'B_DIVERSION@1.0.0')).code).toBe(2);
  });
});

describe('a process that runs while another one publishes', () => {
  it('begins cases under the new version at once, and looks up what it does not know yet', async () => {
    expect(spean.pathways.find(moved.to)).toBeUndefined();
    const caseId = uuidv7();
    const data = { code: 'K-NEW', personId: uuidv7(), agency: 'NGO-RIVER', synthetic: true, pathway: 'A_OCSEA' };
    await execute(caseId, 'OpenCase', data, spean.clock.now());
    expect(await pinned()).toEqual([
      { pathway: moved.from, cases: 4 },
      { pathway: moved.to, cases: 1 },
    ]);
  });

  it('hears of it, if it watches', async () => {
    const other = await openSpean({
      databaseUrl: fresh.urls.program,
      masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
      mayCreateMasterKey: false,
    });
    const stop = other.pathways.watch(() => undefined);
    const v3 = await written('v3.yaml', survivorsVersion('1.2.0', ...mandatoryReport, ['Triage done', 'Triage over']));
    await spoken('propose', v3, '--by', 'ministry');
    await spoken('approve', 'A_OCSEA@1.2.0', '--by', 'ministry-2');
    const beforeItLooksByItself = 5_000;
    const inForce = () => other.pathways.current('A_OCSEA').definition.version;
    await eventually(() => expect(inForce()).toBe('1.2.0'), beforeItLooksByItself);
    stop();
    await other.close();
  });
});

describe('moving all cases of a version', () => {
  const order = ['--by', 'ministry', '--why', 'The law holds for old reports, too'];

  it('is refused case by case where the version is not in force any more', async () => {
    const { code, out } = await spoken('migrate', moved.from, moved.to, ...order);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      moved: 0,
      refused: triage.map(() => ({ because: ['NotInForce pathway'] })),
    });
  });

  it('moves each by an event of its own, once, however often it is called', async () => {
    const v4 = survivorsVersion('1.3.0', ...mandatoryReport) + identityMap();
    await spoken('propose', await written('v4.yaml', v4), '--by', 'ministry');
    await spoken('approve', 'A_OCSEA@1.3.0', '--by', 'ministry-2');
    const first = await spoken('migrate', moved.from, 'A_OCSEA@1.3.0', ...order);
    expect([first.code, JSON.parse(first.out)]).toEqual([0, { moved: 4, refused: [] }]);
    const again = await spoken('migrate', moved.from, 'A_OCSEA@1.3.0', ...order);
    expect(JSON.parse(again.out)).toEqual({ moved: 0, refused: [] });
    const events = await rowsOf<{ stream_id: string }>(
      `SELECT stream_id FROM events WHERE tenant_id = 1 AND type = 'CaseMigrated' ORDER BY stream_id`,
    );
    expect(events.map((event) => event.stream_id)).toEqual(triage.toSorted());
  });

  it('leaves read models that equal a replay of the log, versions and moved cases alike', async () => {
    const overdue = () =>
      rowsOf<{ cases: number }>(
        `SELECT count(*)::int AS cases FROM deadlines
         WHERE tenant_id = 1 AND definition = 'DA26' AND status = 'armed' AND due_at < now()`,
      );
    expect(await overdue()).toEqual([{ cases: 4 }]);
    expect(await found()).toEqual([]);
    await replay(spean);
    expect(await found()).toEqual([]);
    expect(await overdue()).toEqual([{ cases: 4 }]);
  });
});
