import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Database, type DatabaseContext } from '#libs/database';
import { append, head } from '#libs/event-store';
import { createLog } from '#libs/logging';
import { Mailer } from '#libs/notifications';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { nothingOlderRuns } from '../../../test/support/horizon.js';
import { MailServer } from '../../../test/support/mail-server.js';
import { withClient } from '../../../test/support/sql.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import type { Checkpoints } from './checkpoints.js';
import { headsOfEvents, headsOfStreams } from './log-heads.js';
import { openCheckpoints } from './open-checkpoints.js';
import { readCheckpoints } from './read-checkpoints.js';
import { SigningKey } from './signing-key.js';
import { checkpointFile } from './sinks/folder-sink.js';
import { verifyCheckpoints } from './verify-checkpoint.js';

const context: DatabaseContext = { tenant: 1, principals: [] };
const clock = new VirtualClock('2026-03-04T05:06:07.080Z');

let fresh: FreshDatabase;
let database: Database;
let folder: string;
let mails: MailServer;
let mailer: Mailer;
let key: SigningKey;
let checkpoints: Checkpoints;

beforeAll(async () => {
  [fresh, folder, mails] = await Promise.all([
    freshDatabase(),
    mkdtemp(path.join(tmpdir(), 'spean-')),
    MailServer.start(),
  ]);
  database = await Database.open({ url: fresh.urls.program, poolSize: 4 });
  mailer = new Mailer({ smtpUrl: mails.url, from: 'spean@example.org' });
  const settings = {
    keyFile: path.join(folder, 'key'),
    folders: [path.join(folder, 'one'), path.join(folder, 'two')],
    mailTo: 'log@partner.example',
  };
  const log = createLog('test', 'silent');
  checkpoints = await openCheckpoints(settings, { database, context, clock, log, mailer, mayCreate: true });
  key = await SigningKey.open(settings.keyFile, { mayCreate: false });
});

afterAll(async () => {
  mailer.close();
  await Promise.all([mails.stop(), database.close()]);
  await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
});

const event = { type: 'CaseOpened', schemaVersion: 1, precision: 'moment' as const, data: '{}', sealed: null };

async function grow(events: number, id = uuidv7()): Promise<string> {
  await add(events, id);
  await nothingOlderRuns(database, context);
  return id;
}

async function add(events: number, id: string): Promise<void> {
  const now = clock.now();
  const before = await database.read(context, (queries) => head(queries, id));
  await database.unitOfWork.run(context, (tx) =>
    append(
      tx,
      { id, category: 'case' },
      before.version,
      Array.from({ length: events }, () => ({ ...event, occurredAt: now })),
      {
        ...{ commandId: uuidv7(), recordedAt: now, headHash: before.headHash },
        meta: { actor: 'worker-1', purpose: 'CASE_WORK', traceId: 'trace-1' },
      },
    ),
  );
}

const read = (sequence: number, place = 'one') => readCheckpoints(path.join(folder, place, checkpointFile(sequence)));
const taken = async () => (await readdir(path.join(folder, 'one'))).length;

async function verified(sequence: number, place?: string) {
  const kept = await read(sequence, place);
  return database.read(context, (queries) => verifyCheckpoints(queries, kept, [key.publicKey]));
}

describe('taking checkpoints', () => {
  it('takes one at once, then when five minutes are over or a thousand events were added, else once a day', async () => {
    const stream = await grow(3);
    await checkpoints.roundOnce();
    expect(await taken()).toBe(1);
    await grow(2, stream);
    clock.advance('PT4M');
    await checkpoints.roundOnce();
    expect(await taken()).toBe(1);
    clock.advance('PT1M');
    await checkpoints.roundOnce();
    expect(await taken()).toBe(2);
    await grow(1_000);
    await checkpoints.roundOnce();
    expect(await taken()).toBe(3);
    clock.advance('PT23H');
    await checkpoints.roundOnce();
    expect(await taken()).toBe(3);
    clock.advance('PT1H');
    await checkpoints.roundOnce();
    expect(await taken()).toBe(4);
  });

  it('says how many streams and events there are, and a root that the events come to as well', async () => {
    const { checkpoint } = (await read(4)).at(-1)!;
    expect(checkpoint).toMatchObject({ sequence: 4, streams: 2, events: 1_005 });
    await grow(1);
    await grow(1, (await streams())[0]);
    const [byStreams, byEvents] = await database.read(context, (queries) =>
      Promise.all([headsOfStreams(queries, checkpoint.cut), headsOfEvents(queries, checkpoint.cut)]),
    );
    expect(byStreams).toEqual(byEvents);
    expect(byStreams.root).toBe(checkpoint.root);
  });

  it('names no case in a mail, whose text is a checkpoint that verifies alone', async () => {
    const mail = mails.received.at(-1)!.parsed;
    expect(mails.received).toHaveLength(4);
    expect(mail.subject).toContain('checkpoint 4');
    for (const stream of await streams()) expect(mails.received.map(({ raw }) => raw).join()).not.toContain(stream);
    const file = path.join(folder, 'mailed.txt');
    await writeFile(file, mail.text!);
    const kept = await readCheckpoints(file);
    const answer = await database.read(context, (queries) => verifyCheckpoints(queries, kept, [key.publicKey]));
    expect(answer).toMatchObject({ sequence: 4, read: 1, faults: [] });
  });

  it('is taken by one process at a time', async () => {
    const both = await Promise.all([checkpoints.take(), checkpoints.take(), checkpoints.take()]);
    const sequences = both.flatMap((each) => each?.sequence ?? []);
    expect(new Set(sequences).size).toBe(sequences.length);
    await checkpoints.deliver();
    await expect(verified(Math.max(...sequences))).resolves.toMatchObject({ missing: [], faults: [] });
  });
});

describe('a transaction that runs long', () => {
  it('postpones the next checkpoint, which would leave out what was recorded minutes ago', async () => {
    const before = await taken();
    await withClient(fresh.urls.admin, async (other) => {
      await other.query('BEGIN; SELECT txid_current()');
      await add(1, uuidv7());
      clock.advance('PT5M');
      await expect(checkpoints.take()).resolves.toBeUndefined();
      await other.query('COMMIT');
    });
    expect(await taken()).toBe(before);
    await nothingOlderRuns(database, context);
    await checkpoints.take();
    await checkpoints.deliver();
    await expect(verified(before + 1)).resolves.toMatchObject({ faults: [] });
  });
});

describe('a sink that fails', () => {
  it('holds up no other, is known to fail, and gets what it missed', async () => {
    const away = path.join(folder, 'two');
    await rm(away, { recursive: true });
    await grow(1);
    const { sequence } = (await checkpoints.take())!;
    const failing = await checkpoints.deliver();
    expect(failing.filter(({ failingSince }) => failingSince !== null)).toMatchObject([
      { sink: `folder ${away}`, deliveredUpTo: sequence - 1, failedBecause: 'Error ENOENT' },
    ]);
    await expect(verified(sequence)).resolves.toMatchObject({ faults: [] });
    await mkdir(away);
    await checkpoints.take();
    const caughtUp = await checkpoints.deliver();
    expect(caughtUp.every(({ failingSince, deliveredUpTo }) => failingSince === null && deliveredUpTo > sequence)).toBe(
      true,
    );
    expect(await readdir(away)).toEqual([checkpointFile(sequence), checkpointFile(sequence + 1)]);
  });

  it('refuses another checkpoint under a number that it has', async () => {
    const { sequence } = (await checkpoints.take())!;
    await writeFile(path.join(folder, 'one', checkpointFile(sequence)), 'another');
    const states = await checkpoints.deliver();
    expect(states.map(({ failedBecause }) => failedBecause)).toContain('CheckpointDiffers');
    expect(await readFile(path.join(folder, 'one', checkpointFile(sequence)), 'utf8')).toBe('another');
    await rm(path.join(folder, 'one', checkpointFile(sequence)));
    await checkpoints.deliver();
  });
});

describe('checking a checkpoint', () => {
  it('finds one that was made up, and one that does not follow', async () => {
    const file = path.join(folder, 'two', checkpointFile(await taken()));
    const original = await readFile(file, 'utf8');
    await writeFile(file, original.replace(/\\"events\\":\d+/, '\\"events\\":1'));
    await expect(verified(await taken(), 'two')).resolves.toMatchObject({
      faults: expect.arrayContaining([{ checkpoint: await taken(), reason: 'not signed' }]),
    });
    await writeFile(file, original);
    const stranger = await SigningKey.open(path.join(folder, 'stranger'), { mayCreate: true });
    const kept = await read(await taken());
    const answer = database.read(context, (queries) => verifyCheckpoints(queries, kept, [stranger.publicKey]));
    await expect(answer).resolves.toMatchObject({ faults: kept.map(() => ({ reason: 'not signed' })) });
  });

  it('finds a row of the audit of reads that was changed', async () => {
    const insert = `INSERT INTO read_audit (tenant_id, at, reader, agency, roles, relations, purpose, route, case_ids,
        person_ids, classes, trace_id)
      VALUES (1, '2026-03-04T05:06:07Z', $1, 'a', '{}', '{}', 'case_management', '/x', '{}', '{}', '{}', 't')`;
    await database.unitOfWork.run(context, (tx) => ['one', 'two'].forEach((reader) => tx.send('', insert, [reader])));
    await nothingOlderRuns(database, context);
    const { sequence, reads } = (await checkpoints.take())!;
    expect(reads.count).toBe(2);
    await checkpoints.deliver();
    await checkpoints.take();
    await checkpoints.deliver();
    await expect(verified(sequence + 1)).resolves.toMatchObject({ faults: [] });
    await withClient(fresh.urls.admin, async (superuser) => {
      await superuser.query(
        "SET session_replication_role = replica; UPDATE read_audit SET reader = 'nobody' WHERE reader = 'one'",
      );
    });
    await expect(verified(sequence + 1)).resolves.toMatchObject({
      faults: [{ checkpoint: sequence, reason: 'reads differ' }],
    });
  });
});

const streams = () =>
  withClient(fresh.urls.admin, async (superuser) => {
    const { rows } = await superuser.query<{ id: string }>('SELECT stream_id AS id FROM streams');
    return rows.map(({ id }) => id);
  });
