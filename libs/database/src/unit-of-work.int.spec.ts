import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { Database } from './database.js';
import { CommitOutcomeUnknown, DatabaseUnavailable } from './errors.js';

const context = { tenant: 1, principals: ['agency:1', 'role:NGO_CW'] };

let fresh: FreshDatabase;
let owner: pg.Client;
/** One connection, so that whatever a transaction leaves behind meets the next one. */
let database: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  owner = new pg.Client({ connectionString: fresh.urls.admin });
  await owner.connect();
  await owner.query(`CREATE TABLE note (id int PRIMARY KEY, text text);
    CREATE TABLE rule (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
    GRANT SELECT, INSERT, UPDATE, DELETE ON note, rule TO spean_program`);
  database = await Database.open({ url: fresh.urls.program, poolSize: 1 });
});

afterAll(async () => {
  await database.close();
  await owner.end();
  await fresh.drop();
});

beforeEach(() => owner.query('TRUNCATE note'));

const insert = 'INSERT INTO note VALUES ($1, $2)';
const notes = async () =>
  (await owner.query('SELECT id FROM note ORDER BY id')).rows.map((row: { id: number }) => row.id);

describe('a unit of work', () => {
  it('stores what was sent, whether or not it asks something in between', async () => {
    await database.unitOfWork.run(context, (tx) => {
      tx.send('insert', insert, [1, 'a']);
      tx.send('insert', insert, [2, null]);
    });
    const seen = await database.unitOfWork.run(context, async (tx) => {
      tx.send('insert', insert, [3, 'c']);
      const rows = await tx.query<{ id: number }>('ids', 'SELECT id FROM note ORDER BY id');
      tx.send('insert', insert, [4, 'd']);
      return rows.map(({ id }) => id);
    });
    expect(seen).toEqual([1, 2, 3]);
    await expect(notes()).resolves.toEqual([1, 2, 3, 4]);
  });

  it('writes values of every kind as the database reads them', async () => {
    const [row] = await database.unitOfWork.run(context, async (tx) => {
      tx.send('kinds', 'INSERT INTO note SELECT cardinality($1::text[]), $1::text[]::text || $2 || $3 || $4', [
        ['a "b" \\ {c}', null, 'ក'],
        { x: 1 },
        new Date(0),
        true,
      ]);
      return tx.query('kinds_back', 'SELECT id, text FROM note');
    });
    expect(row).toEqual({ id: 3, text: '{"a \\"b\\" \\\\ {c}",NULL,ក}{"x":1}1970-01-01T00:00:00.000Ztrue' });
  });

  it.each([
    ['sent', false],
    ['sent behind a question', true],
  ])('stores nothing when a statement fails that was only %s, and says which way it failed', async (_how, asks) => {
    const work = database.unitOfWork.run(context, async (tx) => {
      if (asks) await tx.query('one', 'SELECT 1');
      tx.send('insert', insert, [1, 'a']);
      tx.send('insert', insert, [1, 'again'], (error) => new Error('a note is written once', { cause: error }));
      tx.send('insert', insert, [2, 'b']);
    });
    await expect(work).rejects.toThrow('a note is written once');
    await expect(notes()).resolves.toEqual([]);
  });

  it('names the statement that failed, not the question behind it', async () => {
    const work = database.unitOfWork.run(context, async (tx) => {
      tx.send('insert', insert, [1, 'a']);
      tx.send('insert', insert, [1, 'again'], () => new Error('a note is written once'));
      await tx.query('one', 'SELECT 1');
    });
    await expect(work).rejects.toThrow('a note is written once');
  });

  it('stores nothing when its function throws, even what was written before', async () => {
    const work = database.unitOfWork.run(context, async (tx) => {
      tx.send('insert', insert, [1, 'a']);
      await tx.query('one', 'SELECT 1');
      throw new Error('changed its mind');
    });
    await expect(work).rejects.toThrow('changed its mind');
    await expect(notes()).resolves.toEqual([]);
  });

  it('reports what only the commit finds out', async () => {
    const work = database.unitOfWork.run(context, (tx) => {
      tx.send('rule', 'INSERT INTO rule VALUES (1)');
      tx.send('broken', 'INSERT INTO rule SELECT 1');
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
  });

  it('goes on with the same connection after a failure at a statement’s first use', async () => {
    const fails = (tx: { send(name: string, text: string): void }) => {
      tx.send('fresh_good', 'SELECT 1');
      tx.send('fresh_bad', 'SELECT nonsense');
      tx.send('fresh_late', 'SELECT 2');
    };
    await expect(database.unitOfWork.run(context, fails)).rejects.toMatchObject({ code: '42703' });
    await database.unitOfWork.run(context, (tx) => {
      tx.send('fresh_good', 'SELECT 1');
      tx.send('fresh_late', 'SELECT 2');
    });
    await expect(database.read(context, (queries) => queries.query('fresh_good', 'SELECT 1'))).resolves.toHaveLength(1);
  });

  it('refuses two statements under one name', async () => {
    await database.unitOfWork.run(context, (tx) => tx.send('clash', 'SELECT 1'));
    await expect(database.unitOfWork.run(context, (tx) => tx.send('clash', 'SELECT 2'))).rejects.toThrow(/clash/);
    await database.unitOfWork.run(context, (tx) => tx.send('clash', 'SELECT 1'));
  });

  it('refuses statements after its end', async () => {
    const late = await database.unitOfWork.run(context, (tx) => tx);
    expect(() => late.send('one', 'SELECT 1')).toThrow(/ended/);
    await expect(late.query('one', 'SELECT 1')).rejects.toThrow(/ended/);
  });

  it('gives its hints after the commit, and only then', async () => {
    const given: string[] = [];
    await database.unitOfWork.run(context, (tx) => {
      tx.afterCommit(() => {
        throw new Error('nobody listens');
      });
      tx.afterCommit(() => given.push('after commit'));
    });
    const failing = database.unitOfWork.run(context, (tx) => {
      tx.afterCommit(() => given.push('after failure'));
      tx.send('bad', 'SELECT 1/0');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(given).toEqual(['after commit']);
  });

  it('runs again when it lost a race, and gives up in the end', async () => {
    let runs = 0;
    const race = (loses: number) =>
      database.unitOfWork.run(context, (tx) => {
        runs += 1;
        if (runs <= loses) tx.send('', "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$");
        return runs;
      });
    await expect(race(2)).resolves.toBe(3);
    runs = 0;
    await expect(race(99)).rejects.toMatchObject({ code: '40P01' });
    expect(runs).toBe(5);
  });

  it('says whether anything may have been stored when the connection breaks', async () => {
    const asking = database.unitOfWork.run(context, (tx) =>
      tx.query('', 'SELECT pg_terminate_backend(pg_backend_pid())'),
    );
    await expect(asking).rejects.toBeInstanceOf(DatabaseUnavailable);
    const committing = database.unitOfWork.run(context, (tx) =>
      tx.send('', 'SELECT pg_terminate_backend(pg_backend_pid())'),
    );
    await expect(committing).rejects.toBeInstanceOf(CommitOutcomeUnknown);
    await database.unitOfWork.run(context, (tx) => tx.send('insert', insert, [1, 'a']));
    await expect(notes()).resolves.toEqual([1]);
  });
});

describe('the context', () => {
  const settings =
    "SELECT current_setting('spean.tenant', true) AS tenant, current_setting('spean.principals', true) AS principals, current_user AS role";

  it('is set for readers and writers, in the program’s role', async () => {
    const set = { tenant: '1', principals: 'agency:1,role:NGO_CW', role: 'spean_program' };
    await expect(database.read(context, (queries) => queries.query('settings', settings))).resolves.toEqual([set]);
    await expect(database.unitOfWork.run(context, (tx) => tx.query('settings', settings))).resolves.toEqual([set]);
    await database.unitOfWork.run(context, (tx) => {
      tx.send('note_settings', `INSERT INTO note SELECT 1, tenant || principals FROM (${settings}) AS set`);
    });
    expect((await owner.query('SELECT text FROM note')).rows).toEqual([{ text: '1agency:1,role:NGO_CW' }]);
  });

  it.each([
    { tenant: 0, principals: [] },
    { tenant: 1.5, principals: [] },
    { tenant: 1, principals: ["x'; DROP TABLE note; --"] },
    { tenant: 1, principals: ['a,b'] },
  ])('cannot be set to what the program never is: %j', async (forged) => {
    await expect(database.read(forged, (queries) => queries.query('one', 'SELECT 1'))).rejects.toThrow(RangeError);
    await expect(database.unitOfWork.run(forged, (tx) => tx.send('one', 'SELECT 1'))).rejects.toThrow(RangeError);
    await expect(notes()).resolves.toEqual([]);
  });

  it('lets readers write nothing', async () => {
    const writing = database.read(context, (queries) => queries.query('insert', insert, [1, 'a']));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  it('is taken on by a session that begins with stronger rights', async () => {
    const strong = await Database.open({ url: fresh.urls.admin, poolSize: 1 });
    const [row] = await strong.read(context, (queries) => queries.query<{ role: string }>('settings', settings));
    await strong.close();
    expect(row?.role).toBe('spean_program');
  });
});
