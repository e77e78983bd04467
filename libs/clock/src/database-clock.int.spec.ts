import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { Database, type DatabaseContext } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { DatabaseClock } from './index.js';

const context: DatabaseContext = { tenant: 1, principals: [] };
const year = 365 * 24 * 60 * 60_000;

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await database.close();
  await fresh.drop();
});

/** How far the clock lies from the database's time, in milliseconds. */
async function distance(clock: DatabaseClock): Promise<number> {
  const [row] = await database.read(context, (queries) =>
    queries.query<{ now: string }>('', 'SELECT clock_timestamp() AS now'),
  );
  return Math.abs(Date.parse(row?.now ?? '') - Date.parse(clock.now()));
}

it('tells the time of the database, on a machine whose own clock is a year ahead', async () => {
  const real = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => real() + year);
  const clock = await DatabaseClock.start(database, context);
  expect(await distance(clock)).toBeLessThan(500);
  clock.stop();
});

it('goes on', async () => {
  const clock = await DatabaseClock.start(database, context);
  const before = clock.now();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(Date.parse(clock.now()) - Date.parse(before)).toBeGreaterThanOrEqual(19);
  expect(clock.now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  clock.stop();
});

it('does not start without the database', async () => {
  const lost = await Database.open({ url: fresh.urls.program });
  await lost.close();
  await expect(DatabaseClock.start(lost, context)).rejects.toThrow();
});
