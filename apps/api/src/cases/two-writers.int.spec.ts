import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { startApi, type TestApi } from '../../../../test/support/api.js';

interface Recorded {
  id: string;
  version: number;
  events: string[];
}

const note = { kind: 'CASE_NOTE', text: 'All is well' };

let api: TestApi;
let personId: string;
let caseId: string;
let version: number;

beforeAll(async () => {
  api = await startApi();
  personId = (await api.ask('POST', '/api/v1/persons', { sex: 'male', synthetic: true })).json<Recorded>().id;
});
afterAll(() => api.close());

beforeEach(async () => {
  const opened = await api.ask('POST', '/api/v1/cases', { personId, synthetic: true });
  ({ id: caseId, version } = opened.json<Recorded>());
});

const write = (headers: Record<string, string> = {}) => api.ask('POST', `/api/v1/cases/${caseId}/notes`, note, headers);

describe('two writers on one case', () => {
  it('who saw the present version writes, and is told the next', async () => {
    const answer = await write({ 'if-match': `"${version}"` });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['etag']).toBe(`"${version + 1}"`);
    expect(answer.json()).toMatchObject({ version: version + 1, events: ['NoteAdded'] });
  });

  it('who saw an older version is told the present one, and nothing is stored', async () => {
    await write();
    const answer = await write({ 'if-match': `"${version}"` });
    expect(answer.statusCode).toBe(412);
    expect(answer.json()).toMatchObject({ type: 'urn:spean:problem:version-stale', version: version + 1 });
    expect(answer.headers['etag']).toBe(`"${version + 1}"`);
    const view = await api.ask('GET', `/api/v1/cases/${caseId}`);
    expect(view.headers['etag']).toBe(`"${version + 1}"`);
  });

  it('who names a version of a case that is not there is told so', async () => {
    const nowhere = '/api/v1/cases/0190a6f0-0000-7000-8000-00000000dead/notes';
    expect((await api.ask('POST', nowhere, note, { 'if-match': '"3"' })).statusCode).toBe(404);
  });

  it('of those who saw the same version at the same moment, one wins', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => write({ 'if-match': `"${version}"` })));
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, 412, 412, 412, 412]);
    for (const answer of answers.filter(({ statusCode }) => statusCode === 412)) {
      expect(answer.json()).toMatchObject({ version: version + 1 });
    }
  });

  it('who did not say which version they saw is let in when the race is over, or told that it was lost', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => write()));
    const won = answers.filter(({ statusCode }) => statusCode === 201);
    expect(answers.filter(({ statusCode }) => statusCode !== 201 && statusCode !== 409)).toEqual([]);
    expect(new Set(won.map((answer) => answer.json<Recorded>().version)).size).toBe(won.length);
    const view = await api.ask('GET', `/api/v1/cases/${caseId}`);
    expect(view.json<Recorded>().version).toBe(version + won.length);
  });
});

describe('two who change one person', () => {
  it('the one who saw an older version is told the present one', async () => {
    const known = (await api.ask('GET', `/api/v1/persons/${personId}`)).json<Recorded>().version;
    const change = (nickname: string, headers = {}) =>
      api.ask('PATCH', `/api/v1/persons/${personId}`, { identity: { nickname } }, headers);
    expect((await change('A', { 'if-match': `"${known}"` })).statusCode).toBe(200);
    const late = await change('B', { 'if-match': `"${known}"` });
    expect({ status: late.statusCode, version: late.json<Recorded>().version }).toEqual({
      status: 412,
      version: known + 1,
    });
  });

  it('nobody is registered twice under one id', async () => {
    const again = await api.ask('POST', '/api/v1/persons', { personId, sex: 'female' });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ type: 'urn:spean:problem:already-exists' });
  });
});

describe('a case code that is taken', () => {
  it('is a conflict', async () => {
    const body = { personId, code: 'K-TAKEN' };
    expect((await api.ask('POST', '/api/v1/cases', body)).statusCode).toBe(201);
    expect((await api.ask('POST', '/api/v1/cases', body)).statusCode).toBe(409);
  });
});
