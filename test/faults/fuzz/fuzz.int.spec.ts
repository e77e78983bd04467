import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InjectOptions } from 'fastify';

import { Random } from '#libs/demonstration';

import { startApi, worker, type TestApi } from '../../support/api.js';
import { canaries } from './canaries.js';
import type { Ask } from './exchange.js';
import { fuzz } from './fuzz.js';
import { faultIn } from './judge.js';
import { khmerStrings } from './khmer-strings.js';
import { naughtyStrings } from './naughty-strings.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Past the network, which is the drill's. */
const ask: Ask = async ({ method, url, headers, body }) => {
  const options = { method, url, headers, ...(body === undefined ? {} : { payload: body }) } as InjectOptions;
  const { statusCode, headers: told, payload } = await api.app.inject(options);
  return { status: statusCode, contentType: String(told['content-type'] ?? ''), text: payload };
};

const get = { method: 'GET', url: '/', headers: {}, kind: 'valid' };
const problem = { status: 404, contentType: 'application/problem+json; charset=utf-8', text: '{}' };

describe('strange requests', () => {
  it('are answered in time, as refusals where they are no good, and tell no name', async () => {
    const callers = await Promise.all([worker, 'sup-kandal-1', 'ngo-1'].map((id) => api.headersOf(id)));
    const report = await fuzz({ ask, callers, requests: 2_000, random: new Random('fuzz/1'), atOnce: 4 });
    expect(report.examples).toEqual([]);
    expect(report).toMatchObject({ planted: 15, requests: 2_000, faults: { failed: 0, hung: 0, told_a_name: 0 } });
    expect(report.byStatus['200']).toBeGreaterThan(100);
    expect(report.byStatus['201']).toBeGreaterThan(10);
    expect(report.byStatus['400']).toBeGreaterThan(200);
  }, 300_000);
});

describe('the judge of answers', () => {
  it.each([
    ['a failure', { ...problem, status: 500 }, 10, 'failed'],
    ['a name', { ...problem, text: `{"detail":"${canaries[2]}"}` }, 10, 'told_a_name'],
    ['patience', problem, 2_001, 'hung'],
    ['no answer at all for long', undefined, 2_001, 'hung'],
    ['a stack', { ...problem, contentType: 'text/html' }, 10, 'not_a_problem_document'],
    ['a refusal', problem, 10, undefined],
  ])('calls %s by its name', (_, answer, ms, fault) => {
    expect(faultIn(get, answer, ms)).toBe(fault);
  });
});

it('the lists are long, and each of their words another', () => {
  expect(naughtyStrings.length).toBeGreaterThanOrEqual(150);
  expect(khmerStrings.length).toBeGreaterThanOrEqual(50);
  const all = [...naughtyStrings, ...khmerStrings];
  expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
});
