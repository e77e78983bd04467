import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '#libs/database';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import type { StreamRef } from './event.js';
import { appendTo, context, emptyHead, newStream, someEvent } from './log-support.spec.js';
import { verify } from './verify.js';

let fresh: FreshDatabase;
let database: Database;
let superuser: pg.Client;
let stream: StreamRef;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open({ url: fresh.urls.program, poolSize: 2 });
  superuser = new pg.Client({ connectionString: fresh.urls.admin });
  await superuser.connect();
  await superuser.query("SET spean.tenant = '1'");
});

afterAll(async () => {
  await superuser.end();
  await database.close();
  await fresh.drop();
});

/** Three events in the stream of each test; the faults of the tests before are gone with their streams. */
beforeEach(async () => {
  await byForce('DELETE FROM events');
  await superuser.query('DELETE FROM streams');
  stream = newStream();
  const events = [someEvent(), someEvent({ type: 'ReferralAccepted' }), someEvent({ type: 'ReferralCompleted' })];
  await appendTo(database.unitOfWork, newStream(), emptyHead, events);
  await appendTo(database.unitOfWork, stream, emptyHead, events);
});

async function byForce(text: string, values: unknown[] = []) {
  await superuser.query('ALTER TABLE events DISABLE TRIGGER events_append_only');
  await superuser.query(text, values);
  await superuser.query('ALTER TABLE events ENABLE TRIGGER events_append_only');
}

const verified = () => database.read(context, (queries) => verify(queries));

describe('the log', () => {
  it.each(['UPDATE events SET type = type', 'DELETE FROM events', 'TRUNCATE events'])(
    'refuses the program, its owner and a superuser alike: %s',
    async (text) => {
      const asProgram = database.unitOfWork.run(context, (tx) => tx.send('', text));
      await expect(asProgram).rejects.toMatchObject({ code: '42501' });
      for (const role of ['spean_migrator', 'postgres']) {
        await superuser.query(`SET ROLE ${role}`);
        await expect(superuser.query(text)).rejects.toMatchObject({ code: 'SP009' });
      }
      await superuser.query('RESET ROLE');
    },
  );
});

describe('verifying the log', () => {
  it('finds it whole', async () => {
    await expect(verified()).resolves.toEqual({ events: 6, streams: 2, bad: null });
  });

  it.each([
    ['a byte of the clear facts', "data = replace(data::text, 'HEALTH', 'HEALTI')::json"],
    ['a space in the clear facts', "data = (data::text || ' ')::json"],
    ['a ciphertext', "sealed = '{}'"],
    ['who did it', "meta = replace(meta::text, 'worker-1', 'worker-2')::json"],
    ['when it happened', "occurred_at = occurred_at + interval '1 millisecond'"],
    ['when it was recorded', "recorded_at = recorded_at + interval '1 millisecond'"],
    ['how exactly it is known', "precision = 'day'"],
    ['its type', "type = 'ReferralDeclined'"],
    ['the shape of its data', 'schema_ver = 2'],
    ['its command', 'command_id = gen_random_uuid()'],
    ['its hash', 'hash = sha256(hash)'],
  ])('names the event in which %s was changed by hand', async (_what, change) => {
    await byForce(`UPDATE events SET ${change} WHERE stream_id = $1 AND version = 2`, [stream.id]);
    const { bad } = await verified();
    expect(bad).toMatchObject({ streamId: stream.id, version: 2, reason: 'changed' });
  });

  it('names an event that was taken out', async () => {
    await byForce('DELETE FROM events WHERE stream_id = $1 AND version = 2', [stream.id]);
    const { bad } = await verified();
    expect(bad).toEqual({ streamId: stream.id, version: 2, type: null, reason: 'missing' });
  });

  it('names a stream whose end was cut off', async () => {
    await byForce('DELETE FROM events WHERE stream_id = $1 AND version = 3', [stream.id]);
    const { bad } = await verified();
    expect(bad).toEqual({ streamId: stream.id, version: 3, type: null, reason: 'head differs' });
  });

  it('names the first event beyond a head that was set back', async () => {
    await superuser.query(
      `UPDATE streams SET version = 2, head_hash = (SELECT hash FROM events e WHERE e.stream_id = $1 AND e.version = 2)
        WHERE stream_id = $1`,
      [stream.id],
    );
    const { bad } = await verified();
    expect(bad).toEqual({ streamId: stream.id, version: 3, type: 'ReferralCompleted', reason: 'head differs' });
  });

  it('names events without a stream, and a stream without events', async () => {
    await superuser.query('DELETE FROM streams WHERE stream_id = $1', [stream.id]);
    expect((await verified()).bad).toMatchObject({ streamId: stream.id, version: 1, reason: 'stream missing' });
    await byForce('DELETE FROM events WHERE stream_id = $1', [stream.id]);
    await superuser.query(
      "INSERT INTO streams (tenant_id, stream_id, category, version, last_txid, head_hash) VALUES (1, $1, 'case', 1, 0, '')",
      [stream.id],
    );
    expect((await verified()).bad).toMatchObject({ streamId: stream.id, reason: 'head differs' });
  });

  it('looks only at streams with newer events when asked to', async () => {
    await byForce('UPDATE events SET schema_ver = 2 WHERE stream_id = $1 AND version = 2', [stream.id]);
    const since = '2026-03-05T00:00:00.000Z';
    await expect(database.read(context, (queries) => verify(queries, { since }))).resolves.toMatchObject({ bad: null });
  });
});
