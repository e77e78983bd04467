import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { docx, jpeg, pdf, pictureSecret, png } from '../../../../test/support/files.js';
import { withClient } from '../../../../test/support/sql.js';

const [supervisor, colleague, other, ministry] = ['sup-kandal-1', 'sup-kandal-2', 'ngo-1', 'ministry-1'];
const words = 'A synthetic story of Canary-Attachment';
const octets = { 'content-type': 'application/octet-stream' };

let api: TestApi;
let folder: string;
let caseId = '';
let personId = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-attachments-'));
  api = await startApi({ env: { SPEAN_ATTACHMENTS: folder } });
  await sql(
    `INSERT INTO agencies (tenant_id, id, type, title) VALUES (1, 'MINISTRY', 'government', 'Ministry');
     INSERT INTO staff (tenant_id, id, agency, roles, title) VALUES (1, '${ministry}', 'MINISTRY', '{MOSVY_CPD}', 'Oversight');
     INSERT INTO staff (tenant_id, id, agency, roles, title, province)
     VALUES (1, '${colleague}', 'OSVY-0801', '{PDOSVY_SUP}', 'Supervisor', '08')`,
  );
  ({ caseId, personId } = await openCase('C_REINTEGRATION'));
}, 60_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const sql = (text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query(text)).rows as Record<string, unknown>[]);

async function done(address: string, body: object, as = worker): Promise<string> {
  const answer = await api.ask('POST', `/api/v1${address}`, body, { as });
  if (answer.statusCode >= 300) throw new Error(`${address}: ${answer.payload}`);
  return answer.json<{ id: string }>().id;
}

async function openCase(pathway: string, facts: object = {}) {
  const person = await done('/persons', { sex: 'female', identity: { givenNameLatin: 'Synthetic' }, synthetic: true });
  const opened = { personId: person, pathway, owner: worker, province: '08', facts, synthetic: true };
  return { caseId: await done('/cases', opened), personId: person };
}

const documentOf = (of = caseId, code = 'INTAKE_REPORT') => done(`/cases/${of}/documents`, { code });
const addressOf = (documentId: string, of = caseId) => `/api/v1/cases/${of}/documents/${documentId}/attachment`;

const upload = (
  documentId: string,
  content: Buffer | string,
  { of = caseId, ...headers }: Record<string, string> & { of?: string; as?: string } = {},
) => api.ask('POST', addressOf(documentId, of), Buffer.from(content), { ...octets, ...headers });

const download = (documentId: string, as = worker, of = caseId) =>
  api.ask('GET', addressOf(documentId, of), undefined, { as });

const told = (answer: Awaited<ReturnType<typeof upload>>) => {
  const { errors = [], unmet = [] } = answer.json<{ errors?: { field: string }[]; unmet?: { code: string }[] }>();
  return [answer.statusCode, ...errors.map(({ field }) => field), ...unmet.map(({ code }) => code)];
};

const filesOf = async (documentId: string, of = caseId): Promise<string[]> => {
  const place = path.join(folder, of, documentId);
  return (await readdir(place).catch(() => [])).map((name) => path.join(place, name));
};

describe('a file that is attached to a document', () => {
  let documentId = '';

  it('is stored once, also when the request is sent again', async () => {
    documentId = await documentOf();
    const headers = { 'idempotency-key': 'upload-1', 'x-spean-file-name': encodeURIComponent('សំយោគ "a".txt') };
    const first = await upload(documentId, words, headers);
    expect([first.statusCode, first.json<{ events: string[] }>().events]).toEqual([201, ['AttachmentStored']]);
    const again = await upload(documentId, words, headers);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
    expect(told(await upload(documentId, 'Another synthetic text'))).toEqual([422, 'AlreadyExists']);
    await expect(filesOf(documentId)).resolves.toHaveLength(1);
    const view = (await api.ask('GET', `/api/v1/cases/${caseId}`)).json<{ documents: object[] }>();
    expect(view.documents).toMatchObject([{ documentId, attachment: { kind: 'text', size: words.length } }]);
  });

  it('comes back to be saved, under its own name, and leaves a trace', async () => {
    const answer = await download(documentId);
    expect([answer.statusCode, answer.payload]).toEqual([200, words]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="attachment.txt"; filename*=UTF-8''${encodeURIComponent('សំយោគ "a".txt')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const [trace] = await sql(
      `SELECT reader, case_ids, person_ids, classes FROM read_audit WHERE route LIKE '%/attachment' ORDER BY id DESC LIMIT 1`,
    );
    expect(trace).toEqual({ reader: worker, case_ids: [caseId], person_ids: [personId], classes: ['narrative'] });
  });

  it('is not given out when the trace cannot be written', async () => {
    await sql('ALTER TABLE read_audit RENAME TO read_audit_away');
    const answer = await download(documentId);
    await sql('ALTER TABLE read_audit_away RENAME TO read_audit');
    expect(answer.statusCode).toBe(503);
    expect(answer.payload).not.toContain('Canary');
  });

  it('is not there for those who may not read what people wrote', async () => {
    expect((await api.ask('GET', `/api/v1/cases/${caseId}`, undefined, { as: ministry })).statusCode).toBe(200);
    for (const as of [ministry, other]) expect((await download(documentId, as)).statusCode).toBe(404);
    expect(told(await upload(await documentOf(), words, { as: other }))[0]).toBe(404);
    expect(told(await upload(await documentOf(), words, { as: ministry }))).toEqual([422, 'RoleNotAllowed']);
  });

  it('is nowhere in clear: not in the folder, not in the log', async () => {
    const [file = ''] = await filesOf(documentId);
    const rows = JSON.stringify(await sql(`SELECT * FROM events WHERE stream_id = '${caseId}'`));
    for (const text of [await readFile(file, 'latin1'), rows]) expect(text).not.toMatch(/Canary|synthetic story|"a"/);
    expect(path.relative(folder, file)).toMatch(/^[\da-f-]{36}\/[\da-f-]{36}\/[\da-f-]{36}$/);
  });

  it('does not open when it was changed, cut, swapped with another, or is gone', async () => {
    const second = await documentOf();
    await upload(second, words);
    const [[mine = ''], [theirs = '']] = [await filesOf(documentId), await filesOf(second)];
    const whole = await readFile(mine);
    const changed = Buffer.from(whole);
    changed[20] = (changed[20] as number) ^ 1;
    for (const content of [changed, whole.subarray(0, -1), await readFile(theirs), Buffer.alloc(0)]) {
      await writeFile(mine, content);
      const answer = await download(documentId);
      expect([answer.statusCode, answer.payload.includes('Canary')]).toEqual([500, false]);
    }
    await rename(mine, `${mine}.away`);
    expect((await download(documentId)).statusCode).toBe(500);
    await rename(`${mine}.away`, mine);
    await writeFile(mine, whole);
    expect((await download(documentId)).payload).toBe(words);
  });
});

describe('a file', () => {
  it('is taken by its content alone, of 10 MB at most, and as plain bytes', async () => {
    const documentId = await documentOf();
    const zeros = docx({ 'word/media/a.xml': Buffer.alloc(60 * 1024 * 1024) });
    for (const content of ['', 'GIF89a\x01\0', '<html>', pdf.subarray(0, 30), zeros]) {
      expect(told(await upload(documentId, content))).toEqual([400, 'body']);
    }
    expect(told(await upload(documentId, Buffer.alloc(10 * 1024 * 1024 + 1, 'a')))).toEqual([413]);
    for (const name of ['story.pdf', '../story.txt', '%E1%9E', 'no ending', 'a%00.txt', `${'a'.repeat(200)}.txt`]) {
      const answer = await upload(documentId, words, { 'x-spean-file-name': name });
      expect([name, ...told(answer)]).toEqual([name, 400, 'header.X-Spean-File-Name']);
    }
    expect(told(await api.ask('POST', addressOf(documentId), {}))).toEqual([415]);
    expect(told(await upload(documentId, words, { 'content-encoding': 'gzip' }))).toEqual([415]);
    const anonymous = { method: 'POST', url: addressOf(documentId), headers: octets, payload: words } as const;
    expect((await api.app.inject(anonymous)).statusCode).toBe(401);
    const elsewhere = await api.ask('POST', `/api/v1/cases/${caseId}/notes`, Buffer.from(words), octets);
    expect(elsewhere.statusCode).toBe(415);
    expect(told(await upload(uuidv7(), words))).toEqual([404, 'NotFound']);
    await expect(filesOf(documentId)).resolves.toEqual([]);
  });

  it('that is a picture is kept without what it tells of its making', async () => {
    for (const [picture, type] of [
      [png(), 'image/png'],
      [jpeg(), 'image/jpeg'],
    ] as const) {
      const documentId = await documentOf();
      expect((await upload(documentId, picture)).statusCode).toBe(201);
      const { headers, rawPayload } = await download(documentId);
      expect([headers['content-type'], rawPayload.includes(pictureSecret)]).toEqual([type, false]);
    }
  });

  it('that was lost on the way goes with the next upload', async () => {
    const documentId = await documentOf();
    await upload(documentId, words);
    const [kept = ''] = await filesOf(documentId);
    const lost = await documentOf();
    await mkdir(path.join(folder, caseId, lost));
    await copyFile(kept, path.join(folder, caseId, lost, uuidv7()));
    await expect(filesOf(lost)).resolves.toHaveLength(1);
    expect((await upload(lost, words)).statusCode).toBe(201);
    await expect(filesOf(lost)).resolves.toHaveLength(1);
    expect((await download(lost)).payload).toBe(words);
  });
});

describe('where material of abuse may turn up', () => {
  let own: { caseId: string; personId: string };
  const kept: string[] = [];

  it('no picture and no archive is taken, and no address within a text', async () => {
    own = await openCase('A_OCSEA', { contentOnly: true, dangerFlag: false });
    const of = own.caseId;
    const documentId = await documentOf(of);
    for (const content of [png(), jpeg(), docx()]) {
      expect(told(await upload(documentId, content, { of }))).toEqual([422, 'MediaTypeRefused']);
    }
    expect(told(await upload(documentId, 'seen at https://example.org/x', { of }))).toEqual([422, 'LinkInText']);
    const named = { of, 'x-spean-file-name': 'www.example.org%20x.txt' };
    expect(told(await upload(documentId, words, named))).toEqual([422, 'LinkInText']);
    for (const content of [pdf, words]) {
      kept.push(await documentOf(of));
      expect((await upload(kept.at(-1) as string, content, { of })).statusCode).toBe(201);
    }
    await expect(filesOf(documentId, of)).resolves.toEqual([]);
  });

  it('and with the child all its files are gone', async () => {
    const of = own.caseId;
    await done(`/cases/${of}/documents`, { code: 'CLOSURE_SUMMARY' });
    await done(`/cases/${of}/documents`, { code: 'HOTLINE_REF', text: 'Report 1' });
    await done(`/cases/${of}/transitions`, { transition: 'A02', reasonCode: 'CONTENT_ONLY' }, supervisor);
    const erasures = `/persons/${own.personId}/erasures`;
    const proposal = { because: 'asked_by_child', reason: 'Synthetic: asked for by the grown child' };
    const erasureId = await done(erasures, proposal, supervisor);
    await done(`${erasures}/${erasureId}/approval`, {}, colleague);
    for (const documentId of kept) {
      await expect(filesOf(documentId, of)).resolves.toEqual([]);
      expect((await download(documentId, supervisor, of)).statusCode).toBe(404);
      expect(told(await upload(documentId, words, { of }))[0]).toBe(404);
    }
  });
});
