import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { startApi, type TestApi } from '../../../../test/support/api.js';

interface Recorded {
  id: string;
  version: number;
  events: string[];
}

interface List<Item> {
  items: Item[];
  next: string | null;
}

type Schema = Record<string, unknown>;
type Paths = Record<string, Record<string, { responses: Record<string, { content: Record<string, { schema: Schema }> }> }>>;

const supervisor = { 'x-spean-caller': 'sup-kandal-1' };
const elsewhere = { 'x-spean-caller': 'ngo-1' };
/** Numbers that cannot exist, as written by two people. */
const [phone, samePhone] = ['+855 12 000 001', '012-000-001'];

let api: TestApi;
let paths: Paths;
let ajv: Ajv2020;
let personId: string;
let caseId: string;
let beforeAssessment: string;

beforeAll(async () => {
  api = await startApi();
  paths = (await api.app.inject({ url: '/openapi.json' })).json<{ paths: Paths }>().paths;
  ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
});
afterAll(() => api.close());

/** A request that must succeed with an answer as the description of the interface promises it. */
async function told<Body>(pattern: string, query = '', headers: Record<string, string> = {}): Promise<Body> {
  const url = `/api/v1${pattern.replace('{caseId}', caseId).replace('{personId}', personId)}${query}`;
  const answer = await api.ask('GET', url, undefined, headers);
  expect([answer.statusCode, answer.payload.slice(0, 300)]).toEqual([200, expect.anything()]);
  const schema = paths[`/api/v1${pattern}`]?.['get']?.responses['200']?.content['application/json']?.schema;
  const valid = ajv.validate(schema ?? false, answer.json());
  expect([pattern, valid, ajv.errors]).toEqual([pattern, true, null]);
  return answer.json<Body>();
}

async function done(address: string, body: unknown, headers: Record<string, string> = {}): Promise<Recorded> {
  const answer = await api.ask('POST', `/api/v1/cases/${caseId}/${address}`, body, headers);
  expect([address, answer.statusCode, answer.payload]).toEqual([address, expect.toBeOneOfStatuses(), expect.anything()]);
  return answer.json<Recorded>();
}
