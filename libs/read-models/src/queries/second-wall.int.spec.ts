import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { contextOf } from '#libs/access';
import type { Actor } from '#libs/cases';

import { CaseDesk } from '../../../../test/support/case-desk.js';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { VirtualClock } from '../../../../test/support/virtual-clock.js';

const keeper: Actor = { id: 'sw-1', roles: ['OSVY_SW'], agency: 'osvy-1', province: '17' };
const colleague: Actor = { ...keeper, id: 'sw-2' };
const overseer: Actor = { id: 'sup-17', roles: ['PDOSVY_SUP'], agency: 'pdosvy-17', province: '17' };
const elsewhere: Actor = { ...overseer, id: 'sup-12', agency: 'pdosvy-12', province: '12' };
const stranger: Actor = { id: 'ngo-1', roles: ['NGO_CW'], agency: 'ngo-other', province: '17' };
const ministry: Actor = { id: 'mosvy-1', roles: ['MOSVY_CPD'], agency: 'mosvy' };

let fresh: FreshDatabase;
let desk: CaseDesk;
let caseId: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  desk = await CaseDesk.open(fresh, new VirtualClock('2026-03-02T03:00:00.000Z'));
  caseId = await desk.openCase();
});
afterAll(async () => {
  await desk.close();
  await fresh.drop();
});

/** A query that forgot every condition. */
const everything = (context: { tenant: number; principals: readonly string[] }) =>
  desk.database.read(context, (queries) =>
    queries.query<{ id: string }>('', 'SELECT stream_id AS id FROM case_summary'),
  );

describe('a list that forgot to ask who reads it', () => {
  it.each([keeper, colleague, overseer, ministry])('still shows the case to $id', async (asker) => {
    expect(await everything(contextOf(1, asker))).toEqual([{ id: caseId }]);
  });

  it.each([elsewhere, stranger])('does not show it to $id', async (asker) => {
    expect(await everything(contextOf(1, asker))).toEqual([]);
  });

  it('shows nothing to a transaction that does not say for whom it reads', async () => {
    expect(await everything({ tenant: 1, principals: [] })).toEqual([]);
  });

  it('shows nothing of another installation', async () => {
    expect(await everything(contextOf(2))).toEqual([]);
  });
});
