import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { verify } from '#libs/event-store';
import { differences } from '#libs/read-models';
import { exportRecords, importRecords } from '#libs/record-exchange';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { dumpOf, restore, type Dump } from '../../../../test/support/dump.js';
import { withClient } from '../../../../test/support/sql.js';
import type { ApiParts } from '../parts.js';
import { SPEAN } from '../tokens.js';

const supervisor = 'sup-kandal-1';
const other = 'sup-kandal-2';

/** An invented child, as the other system sends it. */
const received = {
  case_id: '7b1c9c52-1f3e-4f0a-9d5b-0a8f1b2c3d4e',
  module_id: 'primeromodule-cp',
  name_first: 'Canarymom',
  name_last: 'Syntheticsok',
  sex: 'female',
  date_of_birth: '2013-05-01',
  location_current: '0801',
};
const names = /Canarymom|Syntheticsok|canary note/i;
const reason = 'Synthetic: asked for by the grown child';

let folder: string;
let env: NodeJS.ProcessEnv;
let api: TestApi;
let before: Dump;
let numbersBefore: unknown;
let person = '';
let second = '';
let caseId = '';
let erasureId = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-erasure-'));
  env = {
    SPEAN_MASTER_KEY: randomBytes(32).toString('base64'),
    SPEAN_ERASURE_LEDGER: path.join(folder, 'elsewhere', 'erasures.jsonl'),
  };
  api = await startApi({ env });
  await withClient(api.database.urls.admin, (client) =>
    client.query(`INSERT INTO staff (tenant_id, id, agency, roles, title, province)
      VALUES (1, 'sup-kandal-2', 'OSVY-0801', '{PDOSVY_SUP,NGO_SUP}', 'Second supervisor', '08')`),
  );
  await importRecords(spean(), 'primero', received);
  [{ person, caseId }] = (await rows(`SELECT person_id AS person, stream_id AS "caseId" FROM case_summary`)) as [
    { person: string; caseId: string },
  ];
  const identity = { familyNameLatin: 'Syntheticsok', givenNameLatin: 'Canarymom', phone: '012 345 678' };
  second = await done('/persons', { sex: 'female', identity, province: '08', synthetic: true });
  await done(`/persons/${second}/merge`, { into: person, reason: 'One child' }, supervisor);
  await done(
    `/cases/${caseId}/enrolment`,
    { pathway: 'A_OCSEA', facts: { contentOnly: true, dangerFlag: false } },
    supervisor,
  );
  await done(`/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: 'A canary note' }, supervisor);
});

afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const spean = (of = api) => of.app.get<ApiParts>(SPEAN);

async function done(address: string, body: object, as = worker): Promise<string> {
  const answer = await api.ask('POST', `/api/v1${address}`, body, { as: as });
  if (answer.statusCode >= 300) throw new Error(`${address}: ${answer.payload}`);
  return answer.json<{ id: string }>().id;
}

const refused = async (address: string, body: object, as: string) => {
  const answer = await api.ask('POST', `/api/v1${address}`, body, { as: as });
  const { unmet = [{ code: 'NotFound' }] } = answer.json<{ unmet?: { code: string }[] }>();
  return unmet.map(({ code }) => code);
};

const rows = (text: string, of = api) =>
  withClient(of.database.urls.admin, async (client) => (await client.query(text)).rows as unknown[]);

/** What stays true of a child who was forgotten. */
const numbers = (of = api) =>
  rows(
    `SELECT c.district, c.pathway, p.sex, p.age_band, count(*)::int FROM case_summary c
     JOIN person_summary p ON p.stream_id = c.person_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    of,
  );

/** Everything that can still be read of the child, by every way that there is. */
async function everythingOf(of: TestApi): Promise<string> {
  const headers = { as: supervisor };
  const paths = [person, second].flatMap((id) => [`/persons/${id}`, `/persons/${id}/child`]);
  const ofCase = ['', '/timeline', '/deadlines', '/referrals', '/next-steps'].map((tail) => `/cases/${caseId}${tail}`);
  const answers = await Promise.all(
    [...paths, ...ofCase].map((each) => of.ask('GET', `/api/v1${each}`, undefined, headers)),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 404));
  const identity = { familyNameLatin: 'Syntheticsok', givenNameLatin: 'Canarymom', phone: '012 345 678' };
  const search = { purpose: 'existing_case', identity };
  const found = await of.ask('POST', '/api/v1/persons/matches', search, headers);
  expect(found.json()).toEqual([]);
  const parts = spean(of);
  const exported = await Promise.all((['primero', 'oscar'] as const).map((to) => exportRecords(parts, to)));
  const opened = await parts.database.read(parts.context, async (queries) => {
    const sealed = await queries.query<{ place: string; version: number; sealed: string }>(
      '',
      `SELECT stream_id AS place, version, sealed FROM events WHERE sealed IS NOT NULL AND stream_id = ANY ($1)`,
      [[person, second, caseId]],
    );
    expect(sealed.length).toBeGreaterThan(3);
    return Promise.all(
      sealed.flatMap((row) =>
        [person, second].map((personId) => {
          const place = { personId, streamId: row.place, version: row.version };
          return parts.sealer.unseal(queries, place, row.sealed).catch(() => 'not this key');
        }),
      ),
    );
  });
  return JSON.stringify([answers.map(({ payload }) => payload), found.payload, exported, opened]);
}

const unreadable = async (of: TestApi) => {
  expect(await everythingOf(of)).not.toMatch(names);
  const parts = spean(of);
  const found = [];
  for await (const difference of differences(parts)) found.push(difference);
  expect(found).toEqual([]);
  expect(await parts.database.read(parts.context, (queries) => verify(queries))).toMatchObject({ bad: null });
  expect(await rows('SELECT FROM person_tokens', of)).toEqual([]);
  expect(await rows('SELECT state, sealed FROM received_records', of)).toEqual([{ state: 'erased', sealed: '' }]);
  expect(await rows('SELECT FROM child_keys WHERE wrapped IS NOT NULL', of)).toEqual([]);
  expect(await numbers(of)).toEqual(numbersBefore);
};

describe('a child is forgotten', () => {
  it('only when no case is open, and by two people who supervise', async () => {
    const erasures = `/persons/${person}/erasures`;
    const proposal = { because: 'asked_by_child', reason };
    expect(await refused(erasures, proposal, supervisor)).toEqual(['CaseOpen']);
    await done(`/cases/${caseId}/documents`, { code: 'CLOSURE_SUMMARY' }, other);
    await done(`/cases/${caseId}/documents`, { code: 'HOTLINE_REF', text: 'Report 1' }, other);
    await done(`/cases/${caseId}/transitions`, { transition: 'A02', reasonCode: 'CONTENT_ONLY' }, other);
    expect(await refused(erasures, proposal, worker)).toEqual(['RoleNotAllowed']);
    erasureId = await done(erasures, proposal, supervisor);
    expect(await refused(`${erasures}/${erasureId}/approval`, {}, supervisor)).toEqual(['TwoPersonRule']);
    expect(await refused(`${erasures}/${erasureId}/approval`, {}, worker)).toEqual(['RoleNotAllowed']);
  });

  it('and nothing of them can be read afterwards, while the log verifies and the numbers stay', async () => {
    numbersBefore = await numbers();
    before = await dumpOf(api.database.urls.admin);
    await done(`/persons/${person}/erasures/${erasureId}/approval`, {}, other);
    await unreadable(api);
    expect(await rows(`SELECT FROM inbox UNION ALL SELECT FROM outbox`)).toEqual([]);
  });

  it('nor be written, or come in again with the record that was received before', async () => {
    const note = { kind: 'CASE_NOTE', text: 'Again' };
    expect(await refused(`/cases/${caseId}/notes`, note, worker)).toEqual(['NotFound']);
    const again = await importRecords(spean(), 'primero', received);
    const changed = await importRecords(spean(), 'primero', { ...received, name_first: 'Canarymommy' });
    expect([again, changed].map(({ summary }) => summary.unchanged)).toEqual([1, 1]);
    await unreadable(api);
  });

  it('a restore from before brings them back, and the replay of the ledger takes them away again', async () => {
    const restored = await startApi({ env });
    try {
      await restore(before, restored.database.urls.admin);
      const back = await restored.ask('GET', `/api/v1/persons/${person}`);
      expect(back.payload).toMatch(names);
      const { erasures, commands } = spean(restored);
      const all = (await erasures?.all()) ?? [];
      expect(all).toMatchObject([{ erasureId, people: [person, second], cases: [caseId], approvedBy: other }]);
      for (const erasure of [...all, ...all]) await commands.eraseAgain(erasure);
      await unreadable(restored);
    } finally {
      await restored.close();
    }
  });
});
