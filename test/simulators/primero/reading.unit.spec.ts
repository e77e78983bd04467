import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { module, openDesk, type Desk } from './desk.spec.js';
import type { Fields } from './fields.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  for (const age of [4, 9, 14]) {
    desk.clock.advance('PT1H');
    const sex = age === 9 ? 'male' : 'female';
    desk.primero.staff.openCase('api', {
      age,
      sex,
      oscar_number: `O-${age}`,
      protection_concerns: ['migrant', 'other'],
    });
  }
});
afterAll(() => desk.primero.close());

const list = async (query: string) => (await desk.ask('GET', `/cases?${query}`)).body;
const ages = async (query: string) => (await list(query)).data?.map(({ age }) => age);

describe('a list of cases in the simulated Primero', () => {
  it('shows the newest first, and follows order_by and order', async () => {
    expect(await ages('')).toEqual([14, 9, 4]);
    expect(await ages('order_by=age&order=asc')).toEqual([4, 9, 14]);
    expect(await ages('order_by=age')).toEqual([14, 9, 4]);
  });

  it('cuts pages of 20 unless told otherwise, and of 1000 at most without saying so', async () => {
    expect((await list('')).metadata).toEqual({ total: 3, per: 20, page: 1 });
    expect((await list('per=10000')).metadata).toEqual({ total: 3, per: 1000, page: 1 });
    expect(await ages('per=2&page=2')).toEqual([4]);
    expect(await list('page=9')).toEqual({ data: [], metadata: { total: 3, per: 20, page: 9 } });
  });

  it.each<[string, number[]]>([
    ['sex=male', [9]],
    ['age=4,14', [14, 4]],
    ['age=5..9', [9]],
    ['age=9..', [14, 9]],
    ['age=..9', [9, 4]],
    ['oscar_number=O-9', [9]],
    ['protection_concerns=migrant', [14, 9, 4]],
    ['workflow=new&remote=true', [14, 9, 4]],
    ['workflow=referral_from_oscar', []],
    ['record_state=true', [14, 9, 4]],
    ['last_updated_at=2026-11-23T04%3A00%3A00.000Z..', [14, 9]],
    ['last_updated_at=2026-11-23T04:00:00.000Z..2026-11-23T04:00:00.000Z', [9]],
    ['favourite_colour=blue', [14, 9, 4]],
  ])('filtered by %s', async (query, found) => {
    expect(await ages(query)).toEqual(found);
  });

  it('finds a case by its ids', async () => {
    const [newest] = (await list('')).data ?? [];
    expect(await ages(`id=${String(newest?.['id'])}`)).toEqual([14]);
    expect(await ages(`case_id=${String(newest?.['case_id'])}`)).toEqual([14]);
    expect(await ages('query=o-14')).toEqual([14]);
  });

  it('shows the fields that were asked for', async () => {
    const [short] = (await list('fields=short')).data ?? [];
    expect(short).not.toHaveProperty('oscar_number');
    const [some] = (await list('fields=age,sex')).data ?? [];
    expect(Object.keys(some ?? {}).sort()).toEqual(['age', 'enabled', 'id', 'last_updated_at', 'sex']);
  });

  it.each(['or[sex]=male', 'not[sex]=male', 'location_current=loc:12'])('says that it can not do %s', async (query) => {
    expect((await desk.ask('GET', `/cases?${query}`)).status).toBe(501);
  });

  it('skips a record when another moves between two pages', async () => {
    const first = await ages('per=2&order_by=last_updated_at&order=asc');
    desk.clock.advance('PT1H');
    const oldest = [...desk.primero.state.cases.keys()][0] ?? '';
    desk.primero.staff.changeCase('api', oldest, { risk_level: 'low' });
    const second = await ages('per=2&page=2&order_by=last_updated_at&order=asc');
    expect([...(first ?? []), ...(second ?? [])]).toEqual([4, 9, 4]);
  });

  it('shows a user the cases of that user alone', async () => {
    desk.primero.staff.assign('api', [...desk.primero.state.cases.keys()][1] ?? '', 'agency-cif-user');
    const { body } = await desk.ask('GET', '/cases', undefined, 'agency-cif-user');
    expect(body.data?.map(({ age }: Fields) => age)).toEqual([9]);
    expect(body.data?.[0]).toMatchObject({ module_id: module, owned_by_agency_id: 'agency-cif' });
  });
});
