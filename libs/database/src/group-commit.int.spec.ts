import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { Database } from './database.js';
import { CommitOutcomeUnknown } from './errors.js';

const context = { tenant: 1, principals: ['agency:1'] };

let fresh: FreshDatabase;
let owner: pg.Client;
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.urls.admin });
  await owner.connect();
  await owner.query(`CREATE TABLE note (id int PRIMARY KEY, text text, txid bigint DEFAULT txid_current());
    GRANT SELECT, INSERT, UPDATE ON note TO spean_program`);
  database = await Database.open({ url: fresh.urls.program, poolSize: 4 });
});

afterAll(async () => {
  await database.close();
  await owner.end();
  await fresh.drop();
});

beforeEach(() => owner.query('TRUNCATE note'));

const insert = 'INSERT INTO note (id, text) VALUES ($1, $2)';
const inserting = (id: number, text = '', stream = `stream ${id}`) =>
  database.unitOfWork.run(context, (tx) => {
    tx.locks(stream);
    tx.send('insert', insert, [id, text]);
    return id;
  });
const stored = async () =>
  (await owner.query<{ id: number; text: string; txid: string }>('TABLE note ORDER BY id')).rows;

describe('units of work that ask nothing, at the same moment', () => {
  it('share transactions', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, id) => inserting(id)));
    const rows = await stored();
    expect(rows).toHaveLength(20);
    expect(new Set(rows.map(({ txid }) => txid)).size).toBeLessThanOrEqual(3);
  });

  it('keep their own outcomes when one fails', async () => {
    await inserting(3);
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((id) => inserting(id)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect((await stored()).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('keep their own contexts', async () => {
    const reading = "INSERT INTO note (id, text) SELECT $1::int, current_setting('spean.principals')";
    const people = Array.from({ length: 12 }, (_, id) => `person:${id % 3}`);
    const writing = people.map((person, id) =>
      database.unitOfWork.run({ tenant: 1, principals: [person] }, (tx) => {
        tx.locks(`stream ${id}`);
        tx.send('read_principals', reading, [id]);
      }),
    );
    await Promise.all(writing);
    expect((await stored()).map(({ text }) => text)).toEqual(people);
  });

  it('do not wait with one whose row somebody else has locked', async () => {
    await owner.query("INSERT INTO note VALUES (1, 'before')");
    const holder = new pg.Client({ connectionString: fresh.urls.admin });
    await holder.connect();
    await holder.query("BEGIN; UPDATE note SET text = 'held' WHERE id = 1");
    const updating = database.unitOfWork.run(context, (tx) => {
      tx.locks('stream 1');
      tx.send('update', "UPDATE note SET text = text || ' and changed' WHERE id = 1");
    });
    await expect(Promise.all([7, 8, 9].map((id) => inserting(id)))).resolves.toEqual([7, 8, 9]);
    await holder.query('COMMIT');
    await updating;
    await holder.end();
    expect((await stored())[0]?.text).toBe('held and changed');
  });

  it('all learn that the outcome is unknown when the connection breaks, and none is run twice', async () => {
    let runs = 0;
    const breaking = Array.from({ length: 6 }, (_, id) =>
      database.unitOfWork.run(context, (tx) => {
        runs += 1;
        tx.locks(`stream ${id}`);
        tx.send('', 'SELECT pg_terminate_backend(pg_backend_pid())');
      }),
    );
    const outcomes = await Promise.allSettled(breaking);
    expect(
      outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason instanceof CommitOutcomeUnknown),
    ).toBe(true);
    expect(runs).toBe(6);
  });
});
