import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { checkoutDirectory } from '#libs/configuration';
import { createLog } from '#libs/logging';

import { startApi, worker, type TestApi } from '../../../../test/support/api.js';
import { securityEvents } from './security-log.js';

const canary = 'SOKDARA';
const stranger = 'ngo-1';
const nobody = '0190a6f0-0000-7000-8000-00000000dead';
let written: Record<string, unknown>[] = [];
const destination = new Writable({
  write(chunk: Buffer, _encoding, done) {
    written.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
    done();
  },
});

let api: TestApi;
let caseId: string;
let personId: string;

beforeAll(async () => {
  api = await startApi({ log: createLog('test', 'info', destination), env: { SPEAN_RATE_LIMITS: 'on' } });
  personId = (await api.ask('POST', '/api/v1/persons', { sex: 'male', synthetic: true })).json<{ id: string }>().id;
  const opened = await api.ask('POST', '/api/v1/cases', { personId, pathway: 'A_OCSEA', synthetic: true });
  caseId = opened.json<{ id: string }>().id;
});
afterAll(() => api.close());

/** The security events that something left in the log, and nothing of what was planted in it. */
async function eventsOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  written = [];
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  expect(JSON.stringify(written)).not.toContain(canary);
  return written.filter(({ msg }) => msg === 'security event');
}

const signIn = (account: string, password: string) =>
  api.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: { account, password, device: canary } });

describe('a security event', () => {
  it('is a sign-in that failed, without the name that was given', async () => {
    const traceId = expect.stringMatching(/^[0-9a-f]{32}$/);
    const route = '/api/v1/sessions';
    expect(await eventsOf(() => signIn(canary, canary))).toMatchObject([
      { level: 40, code: 'sign-in-refused', method: 'POST', route, traceId },
    ]);
    const codes: unknown[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      codes.push(...(await eventsOf(() => signIn(worker, canary))).map(({ code }) => code));
    }
    expect(codes).toEqual([...Array<string>(5).fill('sign-in-refused'), 'too-many-attempts']);
  });

  it('is a caller whom nobody knows', async () => {
    const headers = { authorization: `Bearer ${canary.repeat(6)}` };
    expect(await eventsOf(async () => api.app.inject({ url: '/api/v1/me', headers }))).toMatchObject([
      { code: 'caller-unknown', route: '/api/v1/me' },
    ]);
  });

  it('is what a role does not permit, with who asked for what', async () => {
    const events = async (...request: Parameters<TestApi['ask']>) => eventsOf(async () => api.ask(...request));
    const roles = `/api/v1/staff/${worker}/roles`;
    expect(await events('PUT', roles, { roles: ['NGO_CW'] }, { as: stranger })).toMatchObject([
      { code: 'not-administrator', caller: stranger, route: '/api/v1/staff/:id/roles' },
    ]);
    const erasure = { because: 'asked_by_child', reason: canary.repeat(4) };
    expect(await events('POST', `/api/v1/persons/${personId}/erasures`, erasure)).toMatchObject([
      { code: 'role-not-allowed', caller: worker, personId, method: 'POST' },
    ]);
  });

  it('is a case or child that the caller may not know of, which they are told is not there', async () => {
    for (const [url, named] of [
      [`/api/v1/cases/${caseId}`, { caseId }],
      [`/api/v1/persons/${personId}`, { personId }],
      [`/api/v1/cases/${nobody}`, { caseId: nobody }],
      [`/api/v1/cases/${canary}`, {}],
    ] as const) {
      const events = await eventsOf(async () => api.ask('GET', url, undefined, { as: stranger }));
      expect(events).toMatchObject([{ code: 'not-shown', caller: stranger, ...named }]);
    }
    expect(await eventsOf(async () => api.ask('GET', `/api/v1/${canary}`))).toEqual([]);
  });

  it('is a program that is frozen, or leaves its scopes', async () => {
    const account = { id: 'svc-log', title: 'Reads', scopes: ['directory'], dailyRecords: 1 };
    const opened = await api.ask('POST', '/api/v1/service-accounts', account, { as: stranger });
    const headers = { authorization: `Bearer ${opened.json<{ key: string }>().key}` };
    const call = (url: string) => eventsOf(async () => api.app.inject({ url: `/api/v1${url}`, headers }));
    expect(await call('/inbox')).toMatchObject([{ code: 'scope-missing', caller: 'svc-log', route: '/api/v1/inbox' }]);
    expect(await call('/agencies')).toMatchObject([{ code: 'account-frozen', caller: 'svc-log' }]);
  });

  it('is a search too many', async () => {
    const search = () =>
      api.ask('POST', '/api/v1/persons/matches', { purpose: 'existing_case', identity: { familyNameLatin: canary } });
    const events = await eventsOf(async () => {
      for (let count = 0; count < 31; count += 1) await search();
    });
    expect(events).toMatchObject([{ code: 'searches-used-up', caller: worker }]);
  });

  it('is none where somebody mistyped, and the line of the request says why', async () => {
    expect(await eventsOf(async () => api.ask('POST', '/api/v1/persons', { sex: canary }))).toEqual([]);
    expect(written).toMatchObject([{ msg: 'answered', status: 400, code: 'invalid-fields' }]);
  });

  it('stands in the inventory that operators read', () => {
    const inventory = readFileSync(path.join(checkoutDirectory(), 'docs/security/logs.md'), 'utf8');
    expect([...securityEvents, 'not-shown'].filter((code) => !inventory.includes(`\`${code}\``))).toEqual([]);
  });
});
