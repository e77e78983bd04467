import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { KeyReused, VersionConflict } from '#libs/case-commands';
import type { Actor, CaseCommand, CaseCommandData } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { fillDirectory } from '../../../test/support/directory.js';
import { withClient } from '../../../test/support/sql.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { InvalidEntry, type CarerDetails, type ServiceDetails } from './index.js';

const administrator: Actor = { id: 'admin-1', roles: ['MOSVY_CPD'], agency: 'mosvy' };
const worker: Actor = { id: 'worker-1', roles: ['OSVY_SW', 'PDOSVY_SUP', 'INTEGRATION'], agency: 'osvy' };
const asked = { actor: administrator };
const clock = new VirtualClock('2026-03-02T03:00:00.000Z');

let fresh: FreshDatabase;
let folder: string;
let spean: Spean;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  await withClient(fresh.urls.admin, (client) =>
    client.query(`INSERT INTO agencies (tenant_id, id, type, title) SELECT 1, id, 'ngo', 'Title of ' || id
      FROM unnest('{osvy,calm,river,lantern,lotus,suspects}'::text[]) id`),
  );
  await fillDirectory(fresh, { agencies: [], staff: [{ id: 'worker-1', agency: 'osvy', roles: ['PDOSVY_SUP'] }] });
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

const offer = (more: Partial<ServiceDetails> = {}): ServiceDetails => ({
  agency: 'calm',
  service: 'counselling_trauma',
  provinces: [],
  districts: ['1202'],
  languages: ['km'],
  interpreter: false,
  capacity: 2,
  startsOn: '2026-01-01',
  endsOn: null,
  paused: false,
  ...more,
});

async function offered(more: Partial<ServiceDetails> = {}): Promise<string> {
  const id = uuidv7();
  await spean.services.add(asked, id, offer(more));
  return id;
}

const family = (more: Partial<CarerDetails> = {}): CarerDetails => ({
  kinds: ['FOSTER_EMERGENCY'],
  assessedOn: '2025-06-01',
  approvedUntil: '2026-06-01',
  capacity: 1,
  province: '17',
  district: '1701',
  languages: ['km'],
  paused: false,
  ...more,
});

/** Planted in what is sealed; it must never be seen in clear. */
const canary = 'សុខ សំណាង Sok Samnang';
const words = {
  identity: { familyNameKm: canary, phone: '+85500123456' },
  location: { address: canary, locationCode: '17010203' },
};

async function registered(more: Partial<CarerDetails> = {}): Promise<string> {
  const id = uuidv7();
  await spean.carers.register(asked, id, family(more), words, true);
  return id;
}

type Data<T extends keyof CaseCommandData> = CaseCommandData[T];

async function run<T extends keyof CaseCommandData>(caseId: string, type: T, data: Data<T>): Promise<void> {
  const command = { type, data, occurredAt: clock.now(), precision: 'moment' } as unknown as CaseCommand;
  await spean.commands.execute({ caseId, actor: worker, purpose: 'case_management', traceId: 'test', command });
}

async function openCase(more: Partial<Data<'OpenCase'>> = {}): Promise<{ caseId: string; personId: string }> {
  const caseId = uuidv7();
  const personId = more.personId ?? uuidv7();
  await run(caseId, 'OpenCase', {
    code: `K-${caseId.slice(-8)}`,
    agency: 'osvy',
    owner: 'worker-1',
    province: '12',
    district: '1202',
    synthetic: true,
    pathway: 'A_OCSEA@1.0.0',
    ...more,
    personId,
  });
  return { caseId, personId };
}

async function drafted(caseId: string, toAgency: string, more: Partial<Data<'DraftReferral'>> = {}): Promise<string> {
  const referralId = uuidv7();
  await run(caseId, 'DraftReferral', {
    referralId,
    type: 'service',
    service: { code: 'counselling_trauma' },
    fromAgency: 'osvy',
    toAgency,
    urgency: 'URGENT',
    ...more,
  });
  return referralId;
}

async function sent(caseId: string, toAgency: string, more: Partial<Data<'DraftReferral'>> = {}): Promise<string> {
  const sharing = { kind: 'CONSENT_SHARING', manner: 'thumbprint', language: 'km', recipient: toAgency } as const;
  for (const giver of ['child', 'caregiver'] as const) {
    await run(caseId, 'GiveConsent', { consentId: uuidv7(), giver, ...sharing });
  }
  const referralId = await drafted(caseId, toAgency, more);
  await run(caseId, 'SendReferral', { referralId });
  return referralId;
}

async function providers(caseId: string, referralId: string, caller = worker) {
  const found = await spean.matching.providersFor({ caseId, referralId }, caller);
  return found?.matches.map(({ offer: { agency }, fits, reasons, free }) => ({ agency, fits, reasons, free }));
}

describe('the directory of services', () => {
  it('keeps who changed what, field by field, and nothing twice', async () => {
    const id = await offered({ agency: 'lantern', service: 'LAWYER_VICTIM' });
    clock.advance('PT1H');
    const changed = await spean.services.change({ ...asked, expectedVersion: 1 }, id, { capacity: 9, paused: true });
    expect(changed).toEqual({ id, version: 2, events: ['ServiceOfferChanged'], repeated: false });
    const same = await spean.services.change(asked, id, { capacity: 9, districts: ['1202'] });
    expect(same).toMatchObject({ version: 2, events: [] });
    expect(await spean.services.find(id)).toMatchObject({ version: 2, capacity: 9, paused: true, agency: 'lantern' });
    const history = await spean.services.changes(id);
    expect(history.map(({ version, changedBy }) => [version, changedBy])).toEqual([
      [1, 'admin-1'],
      [2, 'admin-1'],
    ]);
    expect(history[0]?.changes).toContainEqual({ field: 'capacity', after: 2 });
    expect(history[1]).toMatchObject({
      changedAt: clock.now(),
      changes: [
        { field: 'capacity', before: 2, after: 9 },
        { field: 'paused', before: false, after: true },
      ],
    });
  });

  it('cannot be changed behind its history: the program may add to it, and no more', async () => {
    for (const statement of [`UPDATE directory_changes SET changed_by = 'nobody'`, 'DELETE FROM directory_changes']) {
      await expect(spean.database.unitOfWork.run(spean.context, (tx) => tx.query('', statement))).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('changes only what the caller saw, once for each key', async () => {
    const id = await offered({ agency: 'lantern', service: 'BAIL_SUPPORT' });
    await expect(spean.services.change({ ...asked, expectedVersion: 7 }, id, { capacity: 1 })).rejects.toThrow(
      VersionConflict,
    );
    const key = { caller: 'admin-1', key: uuidv7(), bodyDigest: Buffer.alloc(32, 1) };
    const first = await spean.services.change({ ...asked, idempotency: key }, id, { capacity: 3 });
    await spean.services.change(asked, id, { capacity: 4 });
    const again = await spean.services.change({ ...asked, idempotency: key }, id, { capacity: 3 });
    expect(again).toEqual({ ...first, repeated: true });
    expect((await spean.services.find(id))?.capacity).toBe(4);
    const other = { ...key, bodyDigest: Buffer.alloc(32, 2) };
    await expect(spean.services.change({ ...asked, idempotency: other }, id, { capacity: 5 })).rejects.toThrow(
      KeyReused,
    );
  });

  it('the same request sent twice at once adds one entry', async () => {
    const idempotency = { caller: 'admin-1', key: uuidv7(), bodyDigest: Buffer.alloc(32, 3) };
    const id = uuidv7();
    const add = () => spean.services.add({ ...asked, idempotency }, id, offer({ service: 'RESPITE' }));
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.filter((answer) => answer?.repeated === false)).toHaveLength(1);
    expect(await spean.services.changes(id)).toHaveLength(1);
  });

  it('refuses an entry that serves nowhere, or ends before it begins, each field by its name', async () => {
    const wrong = offer({ districts: [], endsOn: '2025-12-31', service: 'PEP' });
    const refused = await spean.services.add(asked, uuidv7(), wrong).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidEntry);
    expect((refused as InvalidEntry).problems).toEqual([
      { field: 'districts', code: 'missing' },
      { field: 'endsOn', code: 'out_of_range' },
    ]);
    const id = await offered({ service: 'PEP' });
    await expect(spean.services.change(asked, id, { startsOn: '2026-06-01', endsOn: '2026-05-01' })).rejects.toThrow(
      InvalidEntry,
    );
    expect(await spean.services.change(asked, uuidv7(), { capacity: 1 })).toBeUndefined();
  });

  it('has one entry of an agency for each service', async () => {
    await offered({ service: 'EC' });
    await expect(offered({ service: 'EC' })).rejects.toMatchObject({ code: '23505' });
  });

  it('SR-89: is searched by service, place and language, page by page', async () => {
    const service = 'counselling_generalist';
    await offered({ service, agency: 'calm', districts: ['0801'], languages: ['km'] });
    await offered({ service, agency: 'river', districts: [], provinces: ['08'], languages: ['cmo'] });
    await offered({ service, agency: 'lotus', districts: ['1202'], interpreter: true });
    const list = (filter: object, page: { limit: number; cursor?: string } = { limit: 10 }) =>
      spean.services.list({ service, ...filter }, page);
    const found = async (filter: object) => (await list(filter)).items.map(({ agency }) => agency);
    expect(await found({})).toEqual(['calm', 'lotus', 'river']);
    expect(await found({ district: '0801' })).toEqual(['calm', 'river']);
    expect(await found({ province: '12' })).toEqual(['lotus']);
    expect(await found({ language: 'cmo' })).toEqual(['lotus', 'river']);
    expect(await found({ agency: 'river', language: 'km' })).toEqual([]);
    const first = await list({}, { limit: 2 });
    expect(first.items.map(({ agency }) => agency)).toEqual(['calm', 'lotus']);
    const second = await list({}, { limit: 2, cursor: first.next! });
    expect(second).toMatchObject({ items: [{ agency: 'river' }], next: null });
  });
});

describe('whom to ask next', () => {
  beforeAll(async () => {
    await offered();
    await offered({ agency: 'river', districts: [], provinces: ['12'], capacity: 5 });
    await offered({ agency: 'lotus', paused: true });
    await offered({ agency: 'suspects' });
  });

  it('covers the district before the province, and is told with all reasons', async () => {
    const { caseId } = await openCase();
    const referralId = await drafted(caseId, 'suspects');
    expect(await providers(caseId, referralId)).toEqual([
      { agency: 'calm', fits: true, reasons: ['COVERS_DISTRICT', 'HAS_CAPACITY'], free: 2 },
      { agency: 'suspects', fits: true, reasons: ['COVERS_DISTRICT', 'HAS_CAPACITY'], free: 2 },
      { agency: 'river', fits: true, reasons: ['COVERS_PROVINCE', 'HAS_CAPACITY'], free: 5 },
      { agency: 'lotus', fits: false, reasons: ['COVERS_DISTRICT', 'HAS_CAPACITY', 'PAUSED'], free: 2 },
    ]);
  });

  it('is nobody who was asked for this service in this case before, also under another referral', async () => {
    const { caseId } = await openCase();
    await sent(caseId, 'calm');
    const referralId = await sent(caseId, 'suspects');
    const next = await spean.matching.nextProviders([{ caseId, referralId }]);
    expect(next.get(referralId)).toBe('river');
    expect(
      (await providers(caseId, referralId))?.filter(({ reasons }) => reasons.includes('ALREADY_ASKED')),
    ).toHaveLength(2);
  });

  it('has a place left: each accepted referral takes one until it is completed', async () => {
    const accepted: [string, string][] = [];
    for (let number = 0; number < 2; number += 1) {
      const { caseId } = await openCase();
      const referralId = await sent(caseId, 'calm');
      await run(caseId, 'AcceptReferral', { referralId });
      accepted.push([caseId, referralId]);
    }
    const { caseId } = await openCase();
    const referralId = await drafted(caseId, 'suspects');
    const calm = async () => (await providers(caseId, referralId))?.find(({ agency }) => agency === 'calm');
    expect(await calm()).toMatchObject({ fits: false, free: 0 });
    const [first] = accepted;
    await run(first![0], 'StartService', { referralId: first![1] });
    expect(await calm()).toMatchObject({ fits: false, free: 0 });
    await run(first![0], 'CompleteReferral', { referralId: first![1] });
    expect(await calm()).toMatchObject({ fits: true, free: 1 });
    for (const [id, referral] of accepted.slice(1))
      await run(id, 'RevokeReferral', { referralId: referral, reason: 'OTHER' });
  });

  it("lives by the child's place, which is not always that of the case", async () => {
    const personId = uuidv7();
    await spean.commands.executePerson({
      personId,
      actor: worker,
      purpose: 'case_management',
      traceId: 'test',
      command: {
        type: 'RegisterPerson',
        data: {
          facts: { sex: 'female', ageBand: '12-14', province: '08', district: '0801', synthetic: true },
          identity: {},
          location: {},
        },
        occurredAt: clock.now(),
        precision: 'moment',
      },
    });
    const { caseId } = await openCase({ personId });
    const referralId = await drafted(caseId, 'calm');
    expect(await spean.matching.nextProviders([{ caseId, referralId }])).toEqual(new Map());
    expect((await providers(caseId, referralId))?.map(({ reasons }) => reasons[0])).toEqual(
      Array.from({ length: 4 }, () => 'OUT_OF_AREA'),
    );
  });

  it('is never in conflict of interest; what is known on another case of the child is not told here', async () => {
    const { caseId, personId } = await openCase();
    const referralId = await drafted(caseId, 'river');
    const conflict = { subject: 'agency' as const, reason: 'the suspect works there' };
    await run(caseId, 'DeclareConflict', { conflictId: uuidv7(), ref: 'calm', ...conflict });
    const other = await openCase({ personId });
    await run(other.caseId, 'DeclareConflict', { conflictId: uuidv7(), ref: 'suspects', ...conflict });
    const told = await providers(caseId, referralId);
    expect(told?.find(({ agency }) => agency === 'calm')?.reasons).toContain('CONFLICT_OF_INTEREST');
    expect(told?.some(({ agency }) => agency === 'suspects')).toBe(false);
    expect(await providers(caseId, referralId, { ...worker, agency: 'calm' })).toBeUndefined();
    expect(await providers(caseId, referralId, { ...worker, id: 'calm' })).toBeUndefined();
    expect(await providers(caseId, uuidv7())).toBeUndefined();
    expect(await providers(uuidv7(), referralId)).toBeUndefined();
  });

  it('is asked for services alone, not for the responsibility for a case', async () => {
    const { caseId } = await openCase();
    const referralId = await drafted(caseId, 'calm', { type: 'transfer' });
    expect((await spean.matching.nextProviders([{ caseId, referralId }])).size).toBe(0);
    expect((await spean.matching.nextProviders([])).size).toBe(0);
  });
});

describe('the directory of carers', () => {
  it('keeps who they are sealed, and opens it in the detail alone', async () => {
    const id = await registered();
    const opened = await spean.carers.open(id);
    expect(opened).toMatchObject({ ...words, kinds: ['FOSTER_EMERGENCY'], placed: 0, synthetic: true });
    expect(JSON.stringify(await spean.carers.list({}, { limit: 100 }))).not.toContain('Sok');
    await spean.carers.change(asked, id, {}, { identity: { phone: '+85500999999' } });
    expect((await spean.carers.open(id))?.identity).toEqual({ familyNameKm: canary, phone: '+85500999999' });
    const history = await spean.carers.changes(id);
    expect(history[0]?.changes).toContainEqual({ field: 'identity.familyNameKm' });
    expect(history[1]?.changes).toEqual([{ field: 'identity.phone' }]);
    await withClient(fresh.urls.admin, async (client) => {
      const { rows } = await client.query<{ all: string }>(
        `SELECT (SELECT json_agg(c) FROM carers c)::text || (SELECT json_agg(d) FROM directory_changes d)::text AS all`,
      );
      expect(rows[0]?.all).not.toMatch(/Sok|សុខ|00123456|00999999|17010203/);
    });
  });

  it('forgets a carer whose keys are destroyed, and still lists what stood in clear', async () => {
    const id = await registered();
    await spean.database.unitOfWork.run(spean.context, (tx) =>
      tx.send('', 'UPDATE child_keys SET wrapped = NULL, destroyed_at = now() WHERE tenant_id = 1 AND person_id = $1', [
        id,
      ]),
    );
    const blind = await openSpean({
      databaseUrl: fresh.urls.program,
      masterKeys: { active: { kind: 'file', file: path.join(folder, 'master.key') } },
      mayCreateMasterKey: false,
      clock,
    });
    expect(await blind.carers.open(id)).toMatchObject({ identity: {}, location: {}, capacity: 1 });
    await blind.close();
  });

  it('refuses what cannot be, field by field', async () => {
    const wrong = family({ kinds: [], approvedUntil: '2025-05-01', district: '0801' });
    const refused = await spean.carers.register(asked, uuidv7(), wrong, words, true).catch((error: unknown) => error);
    expect((refused as InvalidEntry).problems.map(({ field }) => field)).toEqual([
      'kinds',
      'approvedUntil',
      'district',
    ]);
    expect(await spean.carers.change(asked, uuidv7(), { capacity: 3 }, {})).toBeUndefined();
    expect(await spean.carers.open(uuidv7())).toBeUndefined();
  });

  it('SR-62: a match respects capacity and expiry, and a child who is placed takes a place', async () => {
    const free = await registered({ capacity: 1, district: '2101', province: '21' });
    const large = await registered({ capacity: 2, district: '2102', province: '21' });
    const expired = await registered({ approvedUntil: '2026-03-01', district: '2101', province: '21' });
    const { caseId } = await openCase({ province: '21', district: '2101' });
    const match = async () =>
      (await spean.matching.carersFor(caseId, worker, { kind: 'FOSTER_EMERGENCY' }))
        ?.filter(({ fits }) => fits)
        .map(({ offer: { carerId } }) => carerId);
    expect(await match()).toEqual([free, large]);
    const all = await spean.matching.carersFor(caseId, worker, {});
    expect(all?.find(({ offer: { carerId } }) => carerId === expired)?.reasons).toContain('EXPIRED');

    const placed = await openCase({ province: '21', district: '2101', facts: { carerId: free } });
    expect(await match()).toEqual([free, large]);
    await decideToMove(placed.caseId);
    await run(placed.caseId, 'MoveTrack', { track: 'PLACEMENT', to: 'FOSTER' });
    expect(await match()).toEqual([large]);
    expect((await spean.carers.open(free))?.placed).toBe(1);
    await run(placed.caseId, 'MoveTrack', { track: 'PLACEMENT', to: 'RETURNED' });
    expect(await match()).toEqual([free, large]);
    expect(await spean.carers.has(free)).toBe(true);
    expect(await spean.carers.has('nobody')).toBe(false);
  });

  it('a carer in conflict of interest on any case of the child is left out', async () => {
    const aunt = await registered({ district: '2201', province: '22' });
    const uncle = await registered({ district: '2201', province: '22' });
    const { caseId, personId } = await openCase({ province: '22', district: '2201' });
    const conflict = { subject: 'person' as const, reason: 'named by the child' };
    await run(caseId, 'DeclareConflict', { conflictId: uuidv7(), ref: aunt, ...conflict });
    const other = await openCase({ personId, province: '22', district: '2201' });
    await run(other.caseId, 'DeclareConflict', { conflictId: uuidv7(), ref: uncle, ...conflict });
    const told = await spean.matching.carersFor(caseId, worker, {});
    expect(told?.map(({ offer: { carerId }, fits }) => [carerId, fits])).toEqual([[aunt, false]]);
    expect(await spean.matching.carersFor(caseId, { ...worker, id: aunt }, {})).toBeUndefined();
  });
});

/** The decision at G3 that the child must leave home. */
async function decideToMove(caseId: string): Promise<void> {
  await run(caseId, 'RecordDecision', {
    decisionId: uuidv7(),
    gate: 'G3',
    outcome: 'G3-LONGER',
    option: 'FOSTER',
    options: ['SUSPECT_LEAVES', 'SAFETY_PLAN', 'KIN', 'FOSTER'].map((option) => ({ option, reason: 'talked over' })),
    reviewOn: '2026-03-12',
    members: [{ id: 'worker-1', role: 'PDOSVY_SUP', agency: 'osvy', chair: true, vote: 'for' }],
    reasons: 'not safe at home',
    views: { sought: 'language', followed: true, said: 'wants to be safe' },
    noticeGiven: true,
  });
}
