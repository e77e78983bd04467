import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from './database.js';

describe('freshDatabase', () => {
  const made: FreshDatabase[] = [];
  afterAll(() => Promise.all(made.map((database) => database.drop())));

  it('gives every file a migrated database of its own', async () => {
    made.push(...(await Promise.all([freshDatabase(), freshDatabase()])));
    const [one, other] = made;
    expect(one?.name).not.toBe(other?.name);
    for (const { urls } of made) {
      const client = new pg.Client({ connectionString: urls.program });
      await client.connect();
      const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM events');
      await client.end();
      expect(rows).toEqual([{ count: '0' }]);
    }
  });
});
