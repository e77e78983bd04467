import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, CaseCommand } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { CommandRefused, KeyReused, VersionConflict } from './errors.js';
import type { Answer, CaseRequest } from './request.js';

const start = '2026-03-02T03:00:00.000Z';
const worker: Actor = { id: 'worker-1', roles: ['NGO_CW'], agency: 'agency-one' };
const supervisor: Actor = { id: 'supervisor-1', roles: ['NGO_SUP'], agency: 'agency-one' };

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;
const clock = new VirtualClock(start);

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

describe('changing a case', () => {
  it('keeps what was acknowledged, with read models level in the same transaction', async () => {
    const id = await open();
    await run(id, supervisor, {
      type: 'RecordDocument',
      data: { documentId: uuidv7(), code: 'INTAKE_REPORT', text: 'Synthetic words of a report' },
    });
    const answer = await run(id, supervisor, assign());
    const view = await spean.queries.findCase(id, supervisor);
    expect(view).toMatchObject({ version: answer.version, enrolment: { state: 'TRIAGE' }, owner: worker.id });
    const { items } = await spean.queries.mine(worker, { limit: 50 });
    expect(items.filter((task) => task.stream_id === id).map((task) => task.definition)).toEqual(
      expect.arrayContaining(['DA02', 'DA08']),
    );
  });

  it('refuses with everything that is missing at once, and stores nothing', async () => {
    const id = await open();
    const before = await spean.queries.findCase(id, supervisor);
    const refusal = await run(id, worker, { ...assign(), data: { ...assign().data, attestations: [] } }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(CommandRefused);
    expect((refusal as CommandRefused).refusal.unmet.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'RoleNotAllowed A01',
      'DocumentMissing INTAKE_REPORT',
      'AttestationMissing A01.2',
    ]);
    expect((await spean.queries.findCase(id, supervisor))?.version).toBe(before?.version);
  });

  it('lets one of two writers win who saw the same version', async () => {
    const id = await open();
    const version = (await spean.queries.findCase(id, supervisor))?.version ?? 0;
    const outcomes = await Promise.allSettled(
      ['first', 'second'].map((text) => run(id, worker, note(text), { expectedVersion: version })),
    );
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toBeInstanceOf(VersionConflict);
    expect((lost[0]?.reason as VersionConflict).version).toBe(version + 1);
  });

  it('tries a lost race again when the caller named no version', async () => {
    const id = await open();
    const answers = await Promise.all(['a', 'b'].map((text) => run(id, worker, note(text))));
    expect(new Set(answers.map(({ version }) => version)).size).toBe(2);
  });

  it('does the same request once, however often it is sent, and refuses its key for another', async () => {
    const id = await open();
    const idempotency = { caller: worker.id, key: 'key-1', bodyDigest: Buffer.from('digest of a body') };
    const command = note('once');
    const answers = await Promise.all([1, 2, 3].map(() => run(id, worker, command, { idempotency })));
    const version = (await spean.queries.findCase(id, supervisor))?.version;
    expect(answers.map((answer) => answer.version)).toEqual([version, version, version]);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const other = { ...idempotency, bodyDigest: Buffer.from('digest of another') };
    await expect(run(id, worker, command, { idempotency: other })).rejects.toBeInstanceOf(KeyReused);
  });

  it('uses up the key of a request that changed nothing', async () => {
    const id = await open();
    const idempotency = { caller: worker.id, key: 'key-2', bodyDigest: Buffer.from('digest of a body') };
    const nothing = { type: 'RecordFacts' as const, data: { facts: { dangerFlag: false } } };
    expect(await run(id, worker, nothing, { idempotency })).toMatchObject({ events: [], repeated: false });
    await run(id, worker, { type: 'RecordFacts', data: { facts: { dangerFlag: true } } });
    expect(await run(id, worker, nothing, { idempotency })).toMatchObject({ events: [], repeated: true });
    expect((await spean.queries.findCase(id, worker))?.facts).toMatchObject({ dangerFlag: true });
    const other = { ...idempotency, bodyDigest: Buffer.from('digest of another') };
    await expect(run(id, worker, nothing, { idempotency: other })).rejects.toBeInstanceOf(KeyReused);
  });

  it('shows the case as it was known at a past moment', async () => {
    const id = await open();
    const opened = clock.now();
    clock.advance('PT1H');
    await run(id, worker, note('later'));
    expect((await spean.queries.findCase(id, worker, opened))?.version).toBeLessThan(
      (await spean.queries.findCase(id, worker))?.version ?? 0,
    );
    expect(await spean.queries.findCase(id, worker, '2020-01-01T00:00:00.000Z')).toBeUndefined();
  });

  it('hides a case from whoever is in conflict of interest', async () => {
    const id = await open();
    await run(id, supervisor, {
      type: 'DeclareConflict',
      data: { conflictId: uuidv7(), subject: 'staff', ref: worker.id, reason: 'synthetic' },
    });
    const personId = (await spean.queries.findCase(id, supervisor))?.person.id ?? '';
    expect(await spean.queries.findPerson(personId, worker)).toBeUndefined();
    expect(await spean.queries.findPerson(personId, supervisor)).toMatchObject({ id: personId });
    const refusal = await run(id, worker, note('blocked'), { expectedVersion: 1 }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ refusal: { kind: 'unknown' } });
    expect(await spean.queries.findCase(id, worker)).toBeUndefined();
    expect((await spean.queries.team(worker, { limit: 100 })).items.filter((task) => task.stream_id === id)).toEqual(
      [],
    );
  });
});

async function open(): Promise<string> {
  const [personId, id] = [uuidv7(), uuidv7()];
  const when = { occurredAt: clock.now(), precision: 'moment' as const };
  const envelope = { actor: supervisor, purpose: 'case_management', traceId: 'test' };
  await spean.commands.executePerson({
    ...envelope,
    personId,
    command: {
      type: 'RegisterPerson',
      data: {
        facts: { sex: 'female', ageBand: '12-14', province: '12', synthetic: true },
        identity: { givenNameLatin: 'Synthetic', birthDate: '2013-05-01' },
        location: {},
      },
      ...when,
    },
  });
  await run(id, supervisor, {
    type: 'OpenCase',
    data: {
      code: `K-${id.slice(-6).toUpperCase()}`,
      personId,
      agency: 'agency-one',
      province: '12',
      synthetic: true,
      pathway: 'A_OCSEA@1.0.0',
      facts: { dangerFlag: false },
    },
  });
  return id;
}

type Bare<C> = C extends { occurredAt: string } ? Omit<C, 'occurredAt' | 'precision'> : never;

function run(id: string, actor: Actor, command: Bare<CaseCommand>, more: Partial<CaseRequest> = {}): Promise<Answer> {
  return spean.commands.execute({
    caseId: id,
    actor,
    purpose: 'case_management',
    traceId: 'test',
    command: { ...command, occurredAt: clock.now(), precision: 'moment' },
    ...more,
  });
}

function assign() {
  return {
    type: 'TakeTransition' as const,
    data: {
      transition: 'A01',
      assignee: { owner: worker.id, agency: worker.agency },
      attestations: [{ guard: 'A01.2', reason: 'searched by name and year' }],
    },
  };
}

function note(text: string) {
  return { type: 'AddNote' as const, data: { noteId: uuidv7(), kind: 'NOTE', text } };
}
