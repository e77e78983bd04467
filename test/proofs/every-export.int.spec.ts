import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CaseCommands } from '#libs/case-commands';
import type { CaseCommand } from '#libs/cases';
import { openSpean, type Spean } from '#libs/composition';
import { enterFacilities, perform, planTiny, writeDirectory, writeRecords } from '#libs/demonstration';
import { recordsIn, type OutgoingRecord } from '#libs/interop';
import { exportRecords, importRecords } from '#libs/record-exchange';
import { openDesk, type Desk } from '../simulators/primero/desk.spec.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

/** Every record of the province and every story, as a release is shown; else some of them. */
const whole = process.env['SPEAN_EXPORTS'] === 'full';
const records = whole ? Infinity : 150;
const everyNthStory = whole ? 1 : 4;
const patienceMs = 600_000;

let folder: string;
let here: Spean;
let elsewhere: Spean;
let desk: Desk;
let exported: OutgoingRecord[];
let kept: { withheld: number; failed: unknown[] };
const fresh: FreshDatabase[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-'));
  [here, elsewhere, desk] = [await open(), await open(), await openDesk()];
  await writeDirectory(here.database, here.context);
  await takeInProvince();
  await liveStories();
  ({ data: exported, ...kept } = await exportRecords(here, 'primero'));
}, patienceMs);

afterAll(async () => {
  await desk.primero.close();
  for (const each of [here, elsewhere]) await each.close();
  for (const each of fresh) await each.drop();
  await rm(folder, { recursive: true });
});

async function open(): Promise<Spean> {
  const database = await freshDatabase();
  fresh.push(database);
  const masterKeys = { active: { kind: 'file', file: path.join(folder, 'master.key') } } as const;
  return openSpean({ databaseUrl: database.urls.program, masterKeys, mayCreateMasterKey: true });
}

/** Records as a provincial office has them, dirt and all. What can't be used is set aside and is not ours to send. */
async function takeInProvince(): Promise<void> {
  const { files } = await writeRecords('province', 1, folder);
  for (const file of files.filter((each) => each.startsWith('primero'))) {
    const told = recordsIn('primero', JSON.parse(await readFile(path.join(folder, file), 'utf8')));
    await importRecords(here, 'primero', told.slice(0, records));
  }
}

/** Cases of ours in all pathways, in whatever state they are, whose children agree that Primero is told. */
async function liveStories(): Promise<void> {
  const now = here.clock.now();
  await enterFacilities((moment) => new CaseCommands({ ...here, clock: { now: () => moment } }), now);
  let number = 0;
  for (const story of planTiny(here.pathways, 1, now)) {
    number += 1;
    if (number % everyNthStory !== 0) continue;
    await perform(story, here);
    await consent(story.caseId);
  }
}

async function consent(caseId: string): Promise<void> {
  const given = { kind: 'CONSENT_SHARING', giver: 'child', manner: 'thumbprint', language: 'km', recipient: 'primero' };
  const command = {
    type: 'GiveConsent',
    data: { consentId: randomUUID(), ...given },
    ...{ occurredAt: here.clock.now(), precision: 'moment' },
  } as CaseCommand;
  const actor = { id: 'bridge-worker', roles: ['NGO_CW' as const, 'SYSTEM' as const], agency: 'ngo-bridge' };
  await here.commands.execute({ caseId, command, actor, purpose: 'case_management', traceId: 'proof' });
}

/** Cases by the pathway that they are in. */
async function pathwaysOf(ids: readonly unknown[]): Promise<Record<string, number>> {
  const rows = await here.database.read(here.context, (queries) =>
    queries.query<{ pathway: string; count: number }>(
      '',
      `SELECT coalesce(split_part(pathway, '@', 1), 'none') AS pathway, count(*)::int AS count FROM case_summary
       WHERE stream_id = ANY ($1::uuid[]) GROUP BY 1`,
      [ids],
    ),
  );
  return Object.fromEntries(rows.map(({ pathway, count }) => [pathway, count]));
}

describe('every record that is exported to Primero', () => {
  it('is of all three pathways, and of cases that wait to be enrolled; none is left out', async () => {
    expect(kept).toEqual({ withheld: 0, failed: [] });
    const found = await pathwaysOf(exported.map(({ id }) => id));
    for (const pathway of ['A_OCSEA', 'B_DIVERSION', 'C_REINTEGRATION']) {
      expect([pathway, (found[pathway] ?? 0) >= 1]).toEqual([pathway, true]);
    }
    expect(found['none']).toBeGreaterThan(100);
  });

  it(
    'is stored there whole: nothing is refused, and nothing dropped in silence',
    async () => {
      for (const sent of exported) {
        const { status, text } = await desk.ask('POST', '/cases', { data: sent });
        expect([sent['id'], status, text]).toEqual([sent['id'], 204, '']);
        // The kind of response of the newest service decides the workflow there, whatever was sent.
        const { workflow: _theirs, ...rest } = sent;
        expect(await desk.caseNow(String(sent['id']))).toMatchObject(rest);
      }
    },
    patienceMs,
  );

  it(
    'comes back as the same case, where it is known and where it is not',
    async () => {
      const held = await Promise.all(exported.map(({ id }) => desk.caseNow(String(id))));
      const known = await importRecords(here, 'primero', exported);
      expect(known.summary).toMatchObject({ received: exported.length, created: 0, quarantined: [] });
      expect((await exportRecords(here, 'primero')).data).toEqual(exported);

      const { summary } = await importRecords(elsewhere, 'primero', held);
      expect(summary).toMatchObject({ received: exported.length, created: exported.length, quarantined: [] });
      const byId = (one: OutgoingRecord, other: OutgoingRecord) => String(one['id']).localeCompare(String(other['id']));
      const again = (await exportRecords(elsewhere, 'primero')).data.toSorted(byId);
      const comparable = ({ workflow: _theirs, ...rest }: OutgoingRecord) => rest;
      for (const [index, sent] of exported.toSorted(byId).entries()) {
        expect(comparable(again[index] ?? {})).toMatchObject(comparable(sent));
      }
    },
    patienceMs,
  );
});
