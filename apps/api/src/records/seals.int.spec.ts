import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { differences } from '#libs/read-models';
import { exportRecords } from '#libs/record-exchange';

import { withClient } from '../../../../test/support/sql.js';
import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import type { ApiParts } from '../parts.js';
import { SPEAN } from '../tokens.js';

interface View {
  facts: object;
  tracks: { track: string }[];
  documents: { code: string }[];
}

const [supervisor, other] = ['sup-kandal-1', 'sup-kandal-2'];

let api: TestApi;
let caseId = '';
let earlier = '';

beforeAll(async () => {
  api = await startApi();
  await withClient(api.database.urls.admin, (client) =>
    client.query(`INSERT INTO staff (tenant_id, id, agency, roles, title, province)
      VALUES (1, 'sup-kandal-2', 'OSVY-0801', '{PDOSVY_SUP,NGO_SUP}', 'Second supervisor', '08')`),
  );
  const identity = { familyNameLatin: 'Synthetic', givenNameLatin: 'Boy', birthDate: '2010-01-02' };
  const personId = await done('/persons', { sex: 'male', identity, province: '08', synthetic: true });
  const facts = { offenceClass: 'MISD', ageAtOffence: 16 };
  const opened = { personId, pathway: 'B_DIVERSION', owner: worker, province: '08', facts, synthetic: true };
  caseId = await done('/cases', opened);
  await done(`/cases/${caseId}/documents`, { code: 'INTAKE_REPORT', text: 'He took a synthetic bicycle' });
  await done(`/cases/${caseId}/tracks`, { track: 'LIBERTY', to: 'POLICE_CUSTODY', authority: 'police' });
  await done(`/cases/${caseId}/consents`, {
    kind: 'CONSENT_SHARING',
    giver: 'child',
    manner: 'signature',
    language: 'km',
    recipient: 'primero',
  });
  earlier = api.clock.now();
  api.clock.advance('P1D');
  await done(`/cases/${caseId}/documents`, { code: 'AFTERCARE_PLAN' });
});
afterAll(() => api.close());

async function done(address: string, body: object, as = worker): Promise<string> {
  const answer = await api.ask('POST', `/api/v1${address}`, body, { as: as });
  if (answer.statusCode >= 300) throw new Error(`${address}: ${answer.payload}`);
  return answer.json<{ id: string }>().id;
}

const refused = async (address: string, body: object, as: string) => {
  const answer = await api.ask('POST', `/api/v1${address}`, body, { as: as });
  return answer
    .json<{ unmet: { code: string; subject: string }[] }>()
    .unmet.map(({ code, subject }) => `${code} ${subject}`);
};

const reads = ['', '/timeline?limit=100', '/deadlines'];

/** Everything that is told of the case, now and as of the day before. */
async function told(): Promise<string> {
  const asOf = `asOf=${encodeURIComponent(earlier)}`;
  const paths = [...reads, ...reads.map((path) => `${path}${path.includes('?') ? '&' : '?'}${asOf}`)];
  const answers = await Promise.all(paths.map((path) => api.ask('GET', `/api/v1/cases/${caseId}${path}`)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
  return answers.map(({ payload }) => payload).join('\n');
}

const view = async () => (await api.ask('GET', `/api/v1/cases/${caseId}`)).json<View>();
const order = { orderReference: 'Order 12 of the provincial court', reason: 'Synthetic: asked for by the child' };
const justice = /MISD|ageAtOffence|POLICE_CUSTODY|LIBERTY|bicycle|INTAKE_REPORT/;

describe('the record of a completed diversion', () => {
  it('is open to the worker until it is sealed', async () => {
    expect(await told()).toMatch(justice);
    expect((await exportRecords(api.app.get<ApiParts>(SPEAN), 'primero')).data).toHaveLength(1);
    expect(await refused(`/cases/${caseId}/unsealings`, order, supervisor)).toEqual(['WrongState case']);
  });

  it('tells nothing of the offence once it is sealed, now or of the past, and leaves to no other system', async () => {
    await done(`/cases/${caseId}/facts`, { facts: { recordSealedAt: api.clock.now() } });
    await done(`/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: 'He is back at school' });
    const seen = await told();
    expect(seen).not.toMatch(justice);
    expect(seen).toContain('He is back at school');
    expect(await view()).toMatchObject({ tracks: [], documents: [{ code: 'AFTERCARE_PLAN' }] });
    expect(Object.keys((await view()).facts)).toEqual(['recordSealedAt']);
    const parts = api.app.get<ApiParts>(SPEAN);
    expect(await exportRecords(parts, 'primero')).toEqual({ data: [], withheld: 0, failed: [] });
  });

  it('is opened by a court order and two people, for 30 days', async () => {
    const unsealings = `/cases/${caseId}/unsealings`;
    expect(await refused(unsealings, order, worker)).toEqual(['RoleNotAllowed case']);
    const id = await done(unsealings, order, supervisor);
    expect(await refused(`${unsealings}/${id}/approval`, {}, supervisor)).toEqual(['TwoPersonRule unsealingId']);
    expect(await told()).not.toMatch(justice);
    await done(`${unsealings}/${id}/approval`, {}, other);
    expect(await told()).toMatch(justice);
    api.clock.advance('P30D');
    expect(await told()).not.toMatch(justice);
    const found = [];
    for await (const difference of differences(api.app.get<ApiParts>(SPEAN))) found.push(difference);
    expect(found).toEqual([]);
  });
});
