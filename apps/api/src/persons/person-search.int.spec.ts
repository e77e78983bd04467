import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { rebuildTokens } from '#libs/read-models';

import { startApi, type TestApi } from '../../../../test/support/api.js';
import { withClient } from '../../../../test/support/sql.js';
import type { ApiParts } from '../parts.js';
import { SPEAN } from '../tokens.js';

interface Found {
  person: { id: string; location: object };
  score: number;
  reasons: string[];
}

const purpose = 'existing_case';
const supervisor = { as: 'sup-kandal-1' };
const girl = {
  familyNameKm: 'គំរូ',
  givenNameKm: 'សុភា',
  birthDate: '2013-05-06',
  phone: '012 345 678',
  mosvyNumber: 'MOSVY-771',
};

let api: TestApi;
let girlId = '';

beforeAll(async () => {
  api = await startApi();
  const location = { address: 'House 5' };
  girlId = await register({ sex: 'female', identity: girl, location, province: '08', synthetic: true });
  await register({
    sex: 'female',
    identity: { familyNameKm: 'គំរូ', givenNameKm: 'ពិសិដ្ឋ', birthDate: '2013' },
    synthetic: true,
  });
});
afterAll(() => api.close());

async function register(person: object): Promise<string> {
  return (await api.ask('POST', '/api/v1/persons', person)).json<{ id: string }>().id;
}

const search = (identity: object, headers = {}) =>
  api.ask('POST', '/api/v1/persons/matches', { purpose, identity }, headers);

const found = async (identity: object): Promise<Found[]> => {
  const answer = await search(identity, supervisor);
  api.clock.advance('PT1H');
  return answer.json<Found[]>();
};

const rows = <Row>(text: string) =>
  withClient(api.database.urls.admin, async (client) => (await client.query(text)).rows as Row[]);

describe('a search for a person', () => {
  it.each([
    [
      'the name in the other script, and the year',
      { familyNameLatin: 'Kumru', givenNameLatin: 'Sophea', birthDate: '2013' },
    ],
    ['the name alone', { familyNameKm: 'គំរូ', givenNameKm: 'សុភា' }],
    ['the telephone number, written otherwise', { phone: '+855 12-345-678' }],
    ['the number of the ministry', { mosvyNumber: 'mosvy-771' }],
  ])('finds by %s, and does not tell where the child lives', async (_, identity) => {
    expect(await found(identity)).toMatchObject([{ person: { id: girlId, location: {} } }]);
  });

  it.each([
    ['a family name', { familyNameKm: 'គំរូ' }],
    ['a year of birth', { birthDate: '2013' }],
    ['another child’s name', { familyNameKm: 'គំរូ', givenNameKm: 'វិចិត្រ', birthDate: '2013' }],
  ])('is answered with nobody for %s alone', async (_, identity) => {
    expect(await found(identity)).toEqual([]);
  });

  it('needs a purpose', async () => {
    const answer = await api.ask('POST', '/api/v1/persons/matches', { identity: girl });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'purpose', code: 'missing' }] });
  });

  it('tells who may not see the record that there is one, and no name, number or day of birth', async () => {
    const answer = await search(girl, { as: 'ngo-1' });
    expect(answer.json()).toMatchObject([{ person: { id: girlId, identity: {}, location: {} } }]);
    expect(answer.json<{ person: { identity: object } }[]>()[0]?.person.identity).toEqual({});
    expect(answer.body).not.toMatch(/គំរូ|សុភា|345|771|2013-05/);
    api.clock.advance('PT1H');
  });

  it('leaves who, when, why and whom it showed, and nothing of what was looked for', async () => {
    await search(girl, supervisor);
    const [last, ...others] = (await rows<Record<string, unknown>>('SELECT * FROM person_searches')).reverse();
    expect(last).toMatchObject({ caller: 'sup-kandal-1', agency: 'OSVY-0801', purpose, answered: [girlId] });
    expect(others.length).toBeGreaterThan(5);
    // Ids may hold any digits.
    const kept = JSON.stringify([last, ...others]).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
    expect(kept).not.toMatch(/គំរូ|Kumru|345|771/i);
  });

  it('is answered 30 times an hour to one caller, and then again when the first is an hour ago', async () => {
    const first = await search(girl);
    api.clock.advance('PT15M');
    const more = await Promise.all(Array.from({ length: 31 }, () => search(girl)));
    expect([first, ...more].map(({ statusCode }) => statusCode).sort()).toEqual([
      ...Array<number>(30).fill(200),
      429,
      429,
    ]);
    const refused = more.find(({ statusCode }) => statusCode === 429);
    expect(refused?.headers['retry-after']).toBe(String(45 * 60));
    expect(refused?.json()).toMatchObject({ type: 'urn:spean:problem:searches-used-up', retryAfter: 45 * 60 });
    expect((await search(girl, supervisor)).statusCode).toBe(200);
    expect(await rows('SELECT FROM person_searches WHERE refused')).toHaveLength(2);
    api.clock.advance('PT45M');
    expect((await search(girl)).statusCode).toBe(200);
    expect((await search(girl)).statusCode).toBe(429);
  });
});

describe('the index of names', () => {
  it('is rebuilt under a new key, while people are found, and nobody is put under the old one afterwards', async () => {
    const before = await rows<{ token: Buffer }>('SELECT token FROM person_tokens');
    const parts = api.app.get<ApiParts>(SPEAN);
    await expect(rebuildTokens(parts)).resolves.toEqual({ version: 2, people: 2 });
    const after = await rows<{ token: Buffer; version: number }>('SELECT token, version FROM person_tokens');
    expect(after).toHaveLength(before.length);
    expect(after.every(({ version }) => version === 2)).toBe(true);
    const old = new Set(before.map(({ token }) => token.toString('hex')));
    expect(after.filter(({ token }) => old.has(token.toString('hex')))).toEqual([]);
    expect(await found({ familyNameKm: 'គំរូ', givenNameKm: 'សុភា' })).toMatchObject([{ person: { id: girlId } }]);
    const late = rows(
      `INSERT INTO person_tokens (tenant_id, token, person_id, version) VALUES (1, '\\x01', '${girlId}', 1)`,
    );
    await expect(late).rejects.toMatchObject({ code: '23503' });
  });
});
