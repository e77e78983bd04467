import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { DescribedReads } from '../../../../test/support/described.js';
import { withClient } from '../../../../test/support/sql.js';

interface List<Item> {
  items: Item[];
  next: string | null;
}

interface Entry {
  version: number;
  type: string;
  occurredAt: string;
  precision: string;
  opened: { narrative?: { text?: string } };
}

const elsewhere = { as: 'ngo-1' };
/** One number, as two people write it. */
const phone = { written: '+855 12 000 001', otherwise: '012-000-001' };

let api: TestApi;
let reads: DescribedReads;
let personId = '';
let caseId = '';
let waitingId = '';
let secondDay = '';

beforeAll(async () => {
  api = await startApi();
  reads = await DescribedReads.of(api);
  await happens();
});
afterAll(() => api.close());

/** The first days of a case, as the worker tells them. */
async function happens(): Promise<void> {
  const names = { familyNameKm: 'សុខ', givenNameKm: 'ដារ៉ា', birthDate: '2014-02-03' };
  const person = { sex: 'female', identity: names, province: '08', synthetic: true };
  personId = await done('/persons', person);
  caseId = await done('/cases', { personId, pathway: 'A_OCSEA', owner: worker, province: '08', synthetic: true });
  waitingId = await done('/cases', { personId, owner: worker, province: '08', synthetic: true });
  api.clock.advance('P1D');
  await done(`/cases/${caseId}/documents`, { code: 'INTAKE_REPORT', occurredAt: '2026-03-13' });
  await done(`/cases/${caseId}/notes`, { kind: 'CASE_NOTE', text: 'She is calm' });
  secondDay = api.clock.now();
  api.clock.advance('P1D');
  await done(`/cases/${caseId}/risk-level`, { level: 'high', reason: 'He knows where she lives' });
  await done(`/cases/${caseId}/contact-blocks`, { who: 'uncle', because: 'EX1', phone: phone.written });
  const service = { type: 'service', service: { code: 'SHELTER' }, toAgency: 'NGO-ONE', urgency: 'EMERGENCY' };
  const referralId = await done(`/cases/${caseId}/referrals`, service);
  const consent = { kind: 'CONSENT_SHARING', recipient: 'NGO-ONE', language: 'km' };
  const heard = { manner: 'witnessed_verbal', witness: 'ជាយិន សុភា' };
  await done(`/cases/${caseId}/consents`, { ...consent, ...heard, giver: 'child' });
  await done(`/cases/${caseId}/consents`, { ...consent, manner: 'thumbprint', giver: 'caregiver', who: 'mother' });
  await done(`/cases/${caseId}/referrals/${referralId}/sending`, {});
  api.clock.advance('P10D');
}

async function done(address: string, body: object): Promise<string> {
  const answer = await api.ask('POST', `/api/v1${address}`, body);
  if (answer.statusCode >= 300) throw new Error(`${address}: ${answer.payload}`);
  return answer.json<{ id: string }>().id;
}

const told = <Body>(pattern: string, query = '', headers: Record<string, string> = {}): Promise<Body> =>
  reads.told(pattern, { ids: { caseId, personId }, query, headers });

describe('a case that is read', () => {
  it('shows the child with the names that may be opened', async () => {
    const view = await told<{ person: { identity: object; ageBand: string }; risk: { level: string } }>(
      '/cases/{caseId}',
    );
    expect(view.person).toMatchObject({ identity: { familyNameKm: 'សុខ', givenNameKm: 'ដារ៉ា' }, ageBand: '12-14' });
    expect(view.risk.level).toBe('high');
    expect(await told<object>('/persons/{personId}')).toMatchObject({
      identity: { familyNameKm: 'សុខ' },
      sex: 'female',
    });
  });

  it('shows the child as all cases see it, and who else may be the same child', async () => {
    const child = await told<{ records: string[]; cases: { caseId: string }[] }>('/persons/{personId}/child');
    expect(child.records).toEqual([personId]);
    expect(child.cases.map((each) => each.caseId)).toEqual([caseId, waitingId]);
    expect(await told('/persons/{personId}/possible-duplicates')).toEqual([]);
    const sought = {
      purpose: 'registration',
      identity: { familyNameLatin: 'Sokh', givenNameLatin: 'Dara', birthDate: '2014' },
    };
    const answer = await api.ask('POST', '/api/v1/persons/matches', sought);
    expect(answer.json()).toMatchObject([{ person: { id: personId }, score: 0.5 }]);
  });

  it('is known as it was at a past moment', async () => {
    const then = await told<{ version: number; risk: unknown; documents: unknown[] }>(
      '/cases/{caseId}',
      `?asOf=${secondDay}`,
    );
    expect([then.risk, then.documents.length]).toEqual([null, 1]);
    const early = await told<{ documents: unknown[] }>('/cases/{caseId}', '?asOf=2026-03-14T09:30:00%2B07:00');
    expect(early.documents).toEqual([]);
    const before = await api.ask('GET', `/api/v1/cases/${caseId}?asOf=2026-03-01T00:00:00Z`);
    expect(before.statusCode).toBe(404);
  });

  it('tells what may be done next and all that is missing', async () => {
    const steps =
      await told<{ transition: string; yours: boolean; missing: { subject: string }[] }[]>(
        '/cases/{caseId}/next-steps',
      );
    const assign = steps.find(({ transition }) => transition === 'A01');
    expect(assign).toMatchObject({ yours: true });
    expect(assign?.missing.map(({ subject }) => subject)).toContain('A01.2');
  });

  it('has a timeline that is read page by page, with what people wrote', async () => {
    const entries: Entry[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `?limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: List<Entry> = await told('/cases/{caseId}/timeline', query);
      expect(page.items.length).toBeLessThanOrEqual(4);
      entries.push(...page.items);
      cursor = page.next;
    }
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
    expect(entries.find(({ type }) => type === 'NoteAdded')?.opened.narrative?.text).toBe('She is calm');
    const paper = entries.find(({ type }) => type === 'DocumentRecorded');
    expect(paper).toMatchObject({ occurredAt: '2026-03-12T17:00:00.000Z', precision: 'day' });
  });

  it('lists its deadlines and referrals', async () => {
    const deadlines = await told<{ status: string }[]>('/cases/{caseId}/deadlines');
    expect(deadlines.map(({ status }) => status)).toContain('overdue');
    const referrals = await told<{ state: string; toAgency: string }[]>('/cases/{caseId}/referrals');
    expect(referrals).toMatchObject([{ state: 'SENT', toAgency: 'NGO-ONE' }]);
  });
});

describe('worklists', () => {
  it('show the caller what is due in their own cases', async () => {
    const mine = await told<List<{ caseId: string; dueAt: string }>>('/worklists/mine');
    expect(mine.items.length).toBeGreaterThan(0);
    expect(new Set(mine.items.map((task) => task.caseId))).toEqual(new Set([caseId]));
    expect(mine.items.map(({ dueAt }) => dueAt)).toEqual(mine.items.map(({ dueAt }) => dueAt).sort());
    expect((await told<List<unknown>>('/worklists/mine', '', elsewhere)).items).toEqual([]);
    expect((await told<List<unknown>>('/worklists/team')).items.length).toBe(mine.items.length);
  });

  it('show what is overdue, and how long, band by band', async () => {
    const { items } = await told<List<{ overdueHours: number }>>('/worklists/overdue');
    expect(items.length).toBeGreaterThan(0);
    for (const { overdueHours } of items) expect(overdueHours).toBeGreaterThanOrEqual(0);
    const counts = await told<{ band: string; count: number }[]>('/worklists/overdue/age-bands');
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
    for (const { band, count } of counts) {
      const inBand = await told<List<unknown>>('/worklists/overdue', `?ageBand=${encodeURIComponent(band)}`);
      expect([band, inBand.items.length]).toEqual([band, count]);
    }
  });

  it('show referrals that nobody answered to both agencies, and cases that wait', async () => {
    const asked = await told<List<{ toAgency: string }>>('/worklists/referrals-unanswered', '', elsewhere);
    expect(asked.items).toMatchObject([{ toAgency: 'NGO-ONE', caseId }]);
    expect((await told<List<unknown>>('/worklists/referrals-unanswered')).items).toHaveLength(1);
    expect((await told<List<unknown>>('/worklists/unassigned')).items).toMatchObject([{ caseId: waitingId }]);
  });
});

describe('the rest that is read', () => {
  it.each(['/me', '/agencies', '/pathways', '/pathways/common', '/inbox'])('%s is as described', async (address) => {
    await told(address);
  });

  it('a pathway shows what nobody has confirmed', async () => {
    const pathway = await api.ask('GET', '/api/v1/pathways/A_OCSEA');
    expect(pathway.json<{ deadlines: Record<string, { confirmed: boolean }> }>().deadlines['DA01']?.confirmed).toBe(
      false,
    );
  });

  it('a notice that was read is marked', async () => {
    const address = `/api/v1/inbox/${caseId}/3/read`;
    await withClient(api.database.urls.admin, (client) =>
      client.query(
        `INSERT INTO inbox (tenant_id, stream_id, version, recipient, case_code, subject, overdue, created_at)
         VALUES (1, $1, 3, $2, 'K-1', 'DA01', true, now())`,
        [caseId, worker],
      ),
    );
    expect((await api.ask('POST', address)).statusCode).toBe(204);
    const { items } = await told<List<{ readAt: string | null }>>('/inbox');
    expect(items).toMatchObject([{ readAt: api.clock.now() }]);
  });
});

describe('protection', () => {
  it('a blocked number is refused however it is written, and never repeated', async () => {
    const call = { kind: 'PHONE', reached: true, withWhom: 'uncle', seenAlone: false, phone: phone.otherwise };
    const answer = await api.ask('POST', `/api/v1/cases/${caseId}/contacts`, call);
    expect([answer.statusCode, answer.json<{ unmet: unknown }>().unmet]).toMatchObject([
      422,
      [{ code: 'ContactBlocked' }],
    ]);
    expect(answer.payload.replaceAll(/[0-9a-f]{32}/g, 'trace')).not.toContain('000');
    const other = await api.ask('POST', `/api/v1/cases/${caseId}/contacts`, { ...call, phone: '012 000 002' });
    expect(other.statusCode).toBe(201);
  });

  it('whoever is in conflict of interest is told that there is no such case', async () => {
    const seen = async () => (await api.ask('GET', `/api/v1/cases/${waitingId}`)).statusCode;
    expect(await seen()).toBe(200);
    await done(`/cases/${waitingId}/conflicts`, {
      subject: 'staff',
      ref: worker,
      reason: 'A relative works there',
    });
    expect(await seen()).toBe(404);
  });
});
