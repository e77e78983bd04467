import { Writable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';

const canary = 'SOKDARA';
const written: string[] = [];
const destination = new Writable({
  write(chunk: Buffer, _encoding, done) {
    written.push(chunk.toString());
    done();
  },
});

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ log: createLog('test', 'trace', destination) });
});
afterAll(() => api.close());

describe('the log of requests', () => {
  it('says who asked which route, and how it went', async () => {
    await api.ask('GET', '/api/v1/me');
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({
      msg: 'answered',
      method: 'GET',
      route: '/api/v1/me',
      caller: worker,
      status: 200,
    });
  });

  it('never holds a name, whatever becomes of the request', async () => {
    const identity = { givenNameLatin: canary };
    const registered = await api.ask('POST', '/api/v1/persons', { sex: 'male', identity });
    const { id: personId } = registered.json<{ id: string }>();
    expect((await api.ask('GET', `/api/v1/persons/${personId}`)).payload).toContain(canary);
    await api.ask('POST', '/api/v1/persons', { sex: canary, [canary]: canary });
    await api.ask('GET', `/api/v1/persons/${canary}`);
    await api.ask('GET', `/${canary}?name=${canary}`);
    await api.ask('GET', `/api/v1/worklists/mine?${canary}=${canary}`);
    await api.ask('POST', '/api/v1/persons', `{"${canary}`, { 'content-type': 'application/json' });
    await api.ask('GET', '/api/v1/me', undefined, { 'idempotency-key': canary });
    await api.ask('POST', '/api/v1/sessions', { account: canary, password: canary, device: canary });
    await api.ask('GET', '/api/v1/me', undefined, { authorization: `Bearer ${canary}` });
    // A failure of the program itself, whose message the database fills with what it was sent.
    await api.database.drop();
    const failed = await api.ask('POST', '/api/v1/persons', { sex: 'male', identity });
    expect(failed.statusCode).toBe(503);
    expect(written.length).toBeGreaterThan(8);
    expect(written.join('')).not.toContain(canary);
  });
});
