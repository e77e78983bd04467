import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { Database, type DatabaseContext } from '#libs/database';
import { append, load, verify } from '#libs/event-store';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import type { ClearFields } from './field-class.js';
import { FileMasterKey } from './file-master-key.js';
import { KeyDestroyed, KeyStore } from './key-store.js';
import { SealBroken, Sealer, type SealedPlace } from './sealer.js';

const context: DatabaseContext = { tenant: 1, principals: [] };
const fields: ClearFields = {
  identity: { name: 'ចាន់ សុខា', born: 2014 },
  narrative: { text: 'a synthetic story' },
};

let fresh: FreshDatabase;
let folder: string;
let database: Database;
let master: FileMasterKey;
let keys: KeyStore;
let sealer: Sealer;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'spean-keys-'));
  database = await Database.open({ url: fresh.urls.program, poolSize: 3 });
  master = await FileMasterKey.open(path.join(folder, 'master.key'), { mayCreate: true });
  keys = new KeyStore(master);
  sealer = new Sealer(keys);
});

afterAll(async () => {
  await database.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

const somewhere = (): SealedPlace => ({ personId: uuidv7(), streamId: uuidv7(), version: 1 });

const seal = (place: SealedPlace, clear: ClearFields = fields, by = sealer) =>
  database.unitOfWork.run(context, async (tx) => (await by.seal(tx, place, clear)) as string);

const unseal = (place: SealedPlace, sealed: string, by = new Sealer(new KeyStore(master))) =>
  database.read(context, (queries) => by.unseal(queries, place, sealed));

const destroy = (personId: string) => database.unitOfWork.run(context, (tx) => keys.destroy(tx, personId));

describe('sealing a child’s fields', () => {
  it('gives them back to whoever holds the master key, and shows nothing of them', async () => {
    const place = somewhere();
    const sealed = await seal(place);
    expect(Object.keys(JSON.parse(sealed) as object)).toEqual(['identity', 'narrative']);
    expect(sealed).not.toMatch(/ចាន់|story|2014|name/);
    expect((JSON.parse(sealed) as { identity: string }).identity).toMatch(
      /^v1\.[0-9a-f-]{36}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/,
    );
    await expect(unseal(place, sealed)).resolves.toEqual(fields);
  });

  it('never writes the same text twice the same way', async () => {
    const place = somewhere();
    expect(await seal(place)).not.toEqual(await seal(place));
  });

  it('has nothing to write when there is nothing to seal', async () => {
    await expect(seal(somewhere(), {})).resolves.toBeNull();
  });

  it('makes one key for a child and class, also when two sealers are first at once', async () => {
    const place = somewhere();
    const others = [1, 2, 3].map(() => new Sealer(new KeyStore(master)));
    const texts = await Promise.all(others.map((other) => seal(place, fields, other)));
    for (const text of texts) await expect(unseal(place, text)).resolves.toEqual(fields);
  });

  it('keeps no key of a transaction that was rolled back', async () => {
    const place = somewhere();
    const failing = database.unitOfWork.run(context, async (tx) => {
      await sealer.seal(tx, place, fields);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    const sealed = await seal(place);
    await expect(unseal(place, sealed)).resolves.toEqual(fields);
  });

  it('learns of a class that was first sealed elsewhere', async () => {
    const place = somewhere();
    const here = new Sealer(new KeyStore(master));
    const first = await seal(place, { identity: fields.identity ?? {} }, here);
    await unseal(place, first, here);
    const later = await seal(place, fields);
    await expect(unseal(place, later, here)).resolves.toEqual(fields);
  });
});

describe('a ciphertext', () => {
  const broken = (place: SealedPlace, sealed: object) =>
    expect(unseal(place, JSON.stringify(sealed))).rejects.toBeInstanceOf(SealBroken);

  it('opens nowhere but in its own event, class and child', async () => {
    const [place, other] = [somewhere(), somewhere()];
    const sealed = JSON.parse(await seal(place)) as { identity: string; narrative: string };
    await seal(other);
    await broken({ ...place, version: 2 }, sealed);
    await broken({ ...place, streamId: other.streamId }, sealed);
    await broken({ ...place, personId: other.personId }, sealed);
    await broken(place, { identity: sealed.narrative, narrative: sealed.identity });
  });

  it('does not open when any part of it was changed or cut', async () => {
    const place = somewhere();
    const { identity } = JSON.parse(await seal(place)) as { identity: string };
    const parts = identity.split('.');
    const [, , iv, tag, text] = parts as [string, string, string, string, string];
    const flipped = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    const shortTag = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url');
    const changes: [number, string][] = [
      [2, flipped(iv)],
      [3, flipped(tag)],
      [4, flipped(text)],
      [3, shortTag],
      [4, ''],
    ];
    for (const [part, change] of changes) await broken(place, { identity: parts.with(part, change).join('.') });
  });
});

describe('destroying a child’s keys', () => {
  it('leaves what they sealed missing, harms no other child, and closes the record', async () => {
    const [erased, other] = [somewhere(), somewhere()];
    const [gone, stays] = [await seal(erased), await seal(other)];
    await expect(destroy(erased.personId)).resolves.toEqual(expect.arrayContaining(['identity', 'narrative']));
    for (const by of [sealer, new Sealer(new KeyStore(master))]) {
      await expect(unseal(erased, gone, by)).resolves.toEqual({});
      await expect(unseal(other, stays, by)).resolves.toEqual(fields);
    }
    await expect(seal(erased)).rejects.toBeInstanceOf(KeyDestroyed);
  });

  it('leaves the log readable, and whole to verification', async () => {
    const place = somewhere();
    await database.unitOfWork.run(context, async (tx) => {
      const sealed = await sealer.seal(tx, place, fields);
      const event = { type: 'CaseOpened', schemaVersion: 1, data: '{}', sealed } as const;
      const time = '2026-03-04T05:06:07.000Z';
      const meta = { actor: 'worker-1', purpose: 'CASE_WORK', traceId: 'trace-1' };
      const info = { commandId: uuidv7(), recordedAt: time, meta, headHash: null };
      append(tx, { id: place.streamId, category: 'case' }, 0, [{ ...event, occurredAt: time, precision: 'day' }], info);
    });
    await destroy(place.personId);
    const [event] = await database.read(context, (queries) => load(queries, place.streamId));
    await expect(unseal(place, event?.sealed as string)).resolves.toEqual({});
    await expect(database.read(context, (queries) => verify(queries))).resolves.toMatchObject({ events: 1, bad: null });
  });
});
