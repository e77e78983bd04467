import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Exports, openExport, type ExportFile } from '#libs/exports';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';

const passphrase = 'made-up passphrase';
const asked = { reason: 'Monthly review of the agency, made-up', purpose: 'oversight', passphrase };
const supervisor = 'sup-kandal-1';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  for (const name of ['One', 'Two', 'Three']) {
    const personId = randomUUID();
    const identity = { familyNameLatin: 'Made-up', givenNameLatin: name };
    await ask(worker, 'POST', '/persons', {
      personId,
      sex: 'female',
      identity,
      location: { address: `House ${name}` },
      synthetic: true,
    });
    await ask(worker, 'POST', '/cases', { personId, owner: worker, synthetic: true });
  }
});
afterAll(() => api.close());

const ask = (who: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  api.ask(method, `/api/v1${path}`, body, { as: who });

const query = <R extends object>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query<R>(text)).rows);

async function exported(more: object = {}): Promise<string> {
  const answer = await ask(worker, 'POST', '/exports', { ...asked, ...more });
  expect([answer.statusCode, answer.payload]).toEqual([201, expect.any(String)]);
  return answer.json<{ id: string }>().id;
}

async function linesOf(id: string): Promise<string[]> {
  const answer = await ask(worker, 'GET', `/exports/${id}/file`);
  expect(answer.statusCode).toBe(200);
  return (await openExport(answer.json<ExportFile>(), passphrase)).trim().split('\r\n');
}

const rowOf = (line: string): string => line.split(',')[0]!;

describe('an export', () => {
  it('needs a reason that is one, a purpose and a passphrase', async () => {
    const answer = await ask(worker, 'POST', '/exports', {
      reason: 'work',
      purpose: 'work',
      passphrase: 'short',
      classes: ['narrative'],
    });
    const { errors } = answer.json<{ errors: { field: string }[] }>();
    expect([answer.statusCode, errors.map(({ field }) => field).sort()]).toEqual([
      400,
      ['classes', 'passphrase', 'purpose', 'reason'],
    ]);
  });

  it('is encrypted, holds the cases in sight and one that does not exist, and says at its end who took it', async () => {
    const id = await exported({ classes: ['identity'] });
    const raw = await ask(worker, 'GET', `/exports/${id}/file`);
    expect(raw.payload).not.toContain('Made-up');
    const lines = await linesOf(id);
    expect(lines).toHaveLength(1 + 3 + 1 + 1);
    expect(lines.filter((line) => line.includes('Made-up'))).toHaveLength(3);
    expect(lines.join()).not.toContain('House');
    expect(lines.at(-1)).toBe(`# export ${id} fetched by ${worker} at ${api.clock.now()}`);
  });

  it('was read by whoever fetched it', async () => {
    const traces = await query<{ purpose: string; classes: string[]; children: number }>(
      `SELECT purpose, classes, cardinality(person_ids) AS children FROM read_audit WHERE route LIKE '%/file' ORDER BY id LIMIT 1`,
    );
    expect(traces).toEqual([{ purpose: 'oversight', classes: ['identity'], children: 3 }]);
  });

  it('holds no name where policy shows its asker none: the ministry sees how cases go, not whose they are', async () => {
    await query(`INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'MOSVY', 'government', 'Ministry');
      INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES (1, 'mosvy-1', 'MOSVY', '{MOSVY_CPD}', 'Officer')`);
    const wanted = { ...asked, classes: ['identity'] };
    const { id } = (await ask('mosvy-1', 'POST', '/exports', wanted)).json<{ id: string }>();
    const file = (await ask('mosvy-1', 'GET', `/exports/${id}/file`)).json<ExportFile>();
    const text = await openExport(file, passphrase);
    expect(text.trim().split('\r\n').length).toBeGreaterThan(4);
    expect(text).not.toContain('Made-up');
  });

  it('with where children live waits for a second person, who is a supervisor and not the asker', async () => {
    const id = await exported({ classes: ['location'] });
    expect((await ask(worker, 'GET', `/exports/${id}/file`)).statusCode).toBe(409);
    expect((await ask(worker, 'POST', `/exports/${id}/approval`)).statusCode).toBe(403);
    expect((await ask('ngo-1', 'POST', `/exports/${id}/approval`)).statusCode).toBe(404);
    const agreed = await ask(supervisor, 'POST', `/exports/${id}/approval`);
    expect([agreed.statusCode, agreed.json<{ approvedBy: string }>().approvedBy]).toEqual([200, supervisor]);
    expect((await ask(supervisor, 'GET', `/exports/${id}/file`)).statusCode).toBe(403);
    expect((await linesOf(id)).filter((line) => line.includes('House'))).toHaveLength(3);
  });

  it('of more than 200 rows waits as well', async () => {
    await query(`INSERT INTO case_summary
      SELECT (jsonb_populate_record(one, jsonb_build_object('stream_id', gen_random_uuid(), 'code', one.code || '-' || n))).*
      FROM case_summary one, generate_series(1, 198) n WHERE one.code = (SELECT min(code) FROM case_summary)`);
    const id = await exported();
    expect((await ask(worker, 'GET', `/exports/${id}`)).json()).toMatchObject({
      rows: 201,
      needsApproval: true,
      expiresAt: null,
    });
    await query(`DELETE FROM case_summary WHERE code LIKE '%-%-%'`);
  });

  it('can be fetched for a day', async () => {
    const id = await exported();
    api.clock.advance('PT24H');
    expect((await ask(worker, 'GET', `/exports/${id}/file`)).statusCode).toBe(410);
  });
});

describe('a row that leaked', () => {
  it('names the export it came from, and no other', async () => {
    const [one, other] = [await exported(), await exported()];
    const [, leaked = ''] = await linesOf(other);
    const found = await api.app.get(Exports).trace([rowOf(leaked).toUpperCase(), randomUUID()]);
    expect(found.map((each) => [each.export.id, each.export.askedBy, each.rows])).toEqual([[other, worker, 1]]);
    expect(one).not.toBe(other);
  });

  it('raises an alert when it is the one that stands for no case, and somebody looks it up', async () => {
    const id = await exported();
    const [{ honey } = { honey: '' }] = await query<{ honey: string }>(
      `SELECT honey FROM exports WHERE export_id = '${id}'`,
    );
    expect((await linesOf(id)).map(rowOf)).toContain(honey);
    expect((await ask('ngo-1', 'GET', `/cases/${randomUUID()}`)).statusCode).toBe(404);
    await expect(query('SELECT reader FROM export_alerts')).resolves.toEqual([]);
    expect((await ask('ngo-1', 'GET', `/cases/${honey}/timeline`)).statusCode).toBe(404);
    await expect(query('SELECT export_id, reader, route FROM export_alerts')).resolves.toEqual([
      { export_id: id, reader: 'ngo-1', route: '/api/v1/cases/:caseId/timeline' },
    ]);
  });
});
