import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { checkoutDirectory } from '#libs/configuration';
import { impactOf, migrateCases } from '#libs/law';
import { readDraft } from '#libs/pathway-versions';
import { differences } from '#libs/read-models';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { identityMap } from '../../../test/support/law-texts.js';
import { staffMember } from './directory.js';
import { loadDemonstration, type Loaded } from './load.js';

const now = '2026-11-24T03:00:00.000Z';

let fresh: FreshDatabase;
let folder: string;
let masterKeys: MasterKeySources;
let spean: Spean;
let loaded: Loaded;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-demonstration-'));
  masterKeys = { active: { kind: 'file', file: path.join(folder, 'master.key') } };
  loaded = await loadDemonstration({ databaseUrl: fresh.urls.program, masterKeys, now });
  spean = await openSpean({
    databaseUrl: fresh.urls.program,
    masterKeys,
    mayCreateMasterKey: false,
    clock: { now: () => now },
  });
}, 300_000);

afterAll(async () => {
  await spean.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

describe('the demonstration in a new database', () => {
  it('holds sixty cases', () => {
    expect(loaded).toMatchObject({ cases: 60, persons: 60 });
  });

  it('has taken every transition of every pathway', async () => {
    const rows = await rowsOf<{ transition: string }>(
      `SELECT DISTINCT data->>'transition' AS transition FROM events
       WHERE tenant_id = $1 AND type = 'TransitionTaken'`,
    );
    const all = spean.pathways.all().flatMap(({ definition }) => definition.transitions.map(({ id }) => id));
    expect(rows.map(({ transition }) => transition).sort()).toEqual(all.sort());
  });

  it('is late in places, in several agencies, provinces and age bands', async () => {
    const { id, roles, agency } = staffMember('sup-12');
    const bands = await spean.queries.overdueBands({ id, roles, agency, province: '12' });
    expect(Object.values(bands).filter((count) => count > 0).length).toBeGreaterThanOrEqual(3);
    const late = await rowsOf<{ agency: string; province: string }>(
      `SELECT c.agency, c.province FROM deadlines d JOIN case_summary c USING (tenant_id, stream_id)
       WHERE d.tenant_id = $1 AND d.status = 'armed' AND d.due_at <= '${now}'`,
    );
    expect(late.length).toBeGreaterThanOrEqual(10);
    expect(new Set(late.map(({ agency }) => agency)).size).toBeGreaterThanOrEqual(3);
    expect(new Set(late.map(({ province }) => province)).size).toBeGreaterThanOrEqual(3);
  });
});

describe('what the past has left', () => {
  it('owes notices of the last day alone', async () => {
    const owed = await rowsOf<{ created_at: string }>(
      `SELECT created_at FROM outbox WHERE tenant_id = $1 AND kind = 'notification' AND done_at IS NULL`,
    );
    for (const { created_at } of owed) expect(created_at > '2026-11-23T03:00:00.000Z').toBe(true);
    const [given] = await rowsOf<{ count: number }>(
      `SELECT count(*)::int AS count FROM outbox WHERE tenant_id = $1 AND done_at IS NOT NULL`,
    );
    expect(given?.count).toBeGreaterThan(100);
  });

  it('shows reports that wait for a person, and referrals that nobody answered', async () => {
    const officer = staffMember('mosvy-officer');
    const caller = { id: officer.id, roles: officer.roles, agency: officer.agency };
    expect((await spean.queries.unassigned(caller, { limit: 50 })).items).toHaveLength(4);
    expect((await spean.queries.referralsUnanswered(caller, { limit: 50 })).items.length).toBeGreaterThan(0);
  });

  it('knows who gives which service and which families take a child in, and can name the next to ask', async () => {
    expect((await spean.services.list({}, { limit: 100 })).items.length).toBeGreaterThan(10);
    const carers = (await spean.carers.list({}, { limit: 100 })).items;
    expect(carers).toHaveLength(20);
    expect(carers.every(({ synthetic }) => synthetic)).toBe(true);
    const officer = staffMember('mosvy-officer');
    const caller = { id: officer.id, roles: officer.roles, agency: officer.agency };
    const { items } = await spean.queries.referralsUnanswered(caller, { limit: 100 });
    const next = await spean.matching.nextProviders(
      items.map(({ stream_id: caseId, referral_id: referralId }) => ({ caseId, referralId })),
    );
    expect(next.size).toBeGreaterThan(0);
    expect((await spean.reports.watchlists(caller)).some(({ cases }) => cases > 0)).toBe(true);
  });

  it('says in its read models what the log says', async () => {
    const found = [];
    for await (const difference of differences(spean)) found.push(difference);
    expect(found).toEqual([]);
  });

  it('is left alone the second time', async () => {
    const again = await loadDemonstration({ databaseUrl: fresh.urls.program, masterKeys, now });
    expect(again).toMatchObject({ cases: 0, overdue: loaded.overdue });
  });
});

function rowsOf<Row extends object>(text: string): Promise<Row[]> {
  return spean.database.read(spean.context, (queries) => queries.query<Row>('', text, [spean.context.tenant]));
}

const ministry = (id: string) => ({ id, roles: ['MOSVY_CPD'], agency: 'MOSVY' });
const asked = (id: string) => ({ actor: ministry(id), purpose: 'law_change', traceId: '0'.repeat(32) });

/** A shipped pathway once more, under the next number. */
const nextOf = (name: string): string => {
  const text = readFileSync(path.join(checkoutDirectory(), 'libs/pathways/definitions', `${name}.yaml`), 'utf8');
  return text.replace('version: 1.0.0', 'version: 1.0.1') + identityMap(text);
};

describe.each([
  ['ocsea', 'A_OCSEA'],
  ['diversion', 'B_DIVERSION'],
  ['reintegration', 'C_REINTEGRATION'],
])('under a version of %s that says the same', (name, id) => {
  it('nobody becomes overdue', async () => {
    const { pathway, findings } = readDraft(nextOf(name), spean.pathways.common, () => undefined);
    expect(findings).toEqual([]);
    const { cases, overdue, unmoved } = await impactOf(pathway!, spean);
    expect(cases).toBeGreaterThan(3);
    expect([overdue, unmoved]).toEqual([[], []]);
  });

  it('a case that is moved keeps every deadline that it has', async () => {
    await spean.publishing.propose({ source: nextOf(name) }, asked('ministry-1'));
    await spean.publishing.approve(id, '1.0.1', asked('ministry-2'));
    const order = { from: `${id}@1.0.0`, to: `${id}@1.0.1`, actor: ministry('ministry-1'), reason: 'A new number' };
    const { moved, refused } = await migrateCases(spean, order);
    expect(moved).toBeGreaterThan(3);
    expect(refused).toEqual([]);
    const changed = await spean.database.read(spean.context, (queries) =>
      queries.query<object>(
        '',
        `SELECT e.type, e.data->>'deadline' AS deadline, e.data->>'because' AS because, c.code
         FROM events e JOIN events m USING (tenant_id, stream_id, command_id) JOIN case_summary c USING (tenant_id, stream_id)
         WHERE e.tenant_id = $1 AND m.type = 'CaseMigrated' AND e.type <> 'CaseMigrated' AND c.pathway = $2`,
        [queries.context.tenant, order.to],
      ),
    );
    expect(changed).toEqual([]);
  });
});
