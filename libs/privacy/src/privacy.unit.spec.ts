import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileMasterKey } from './file-master-key.js';
import { KeyRing } from './key-ring.js';
import { LocalMasterKey, MasterKeyUnusable } from './local-master-key.js';
import { Sensitive } from './sensitive.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spean-master-'));
  file = path.join(folder, 'keys', 'master.key');
});

afterEach(() => rm(folder, { recursive: true }));

const open = (mayCreate = true) => FileMasterKey.open(file, { mayCreate });

describe('a master key in a file', () => {
  it('is made once, for its owner alone, even when several come first', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect((await readFile(file)).length).toBe(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(open(false)).resolves.toMatchObject({ id: opened[0]?.id });
  });

  it('is never made where it may not be: a missing key is a wrong mount', async () => {
    await expect(open(false)).rejects.toBeInstanceOf(MasterKeyUnusable);
  });

  it('is refused when others may read it or it has the wrong length', async () => {
    await open();
    await chmod(file, 0o640);
    await expect(open()).rejects.toBeInstanceOf(MasterKeyUnusable);
    await chmod(file, 0o600);
    await writeFile(file, 'short');
    await expect(open()).rejects.toBeInstanceOf(MasterKeyUnusable);
  });

  it('unwraps under the context it wrapped for, and no other', async () => {
    const master = await open();
    const wrapped = await master.wrap(Buffer.alloc(32, 7), 'person 1');
    await expect(master.unwrap(wrapped, 'person 1')).resolves.toEqual(Buffer.alloc(32, 7));
    await expect(master.unwrap(wrapped, 'person 2')).rejects.toThrow();
  });
});

describe('a master key in the environment', () => {
  const random = () => randomBytes(32).toString('base64');

  it('is the same key as in a file, whichever way the file has it written', async () => {
    const text = random();
    await open();
    for (const content of [Buffer.from(text, 'base64'), `${text}\n`]) {
      await writeFile(file, content);
      expect((await open(false)).id).toBe(LocalMasterKey.fromText(text).id);
    }
  });

  it.each([
    ['all bytes alike', Buffer.alloc(32, 7)],
    ['numbers in order', Buffer.from([...Array(32).keys()])],
    ['a text', Buffer.from('correct horse battery staple 123')],
    ['a short key', randomBytes(31)],
  ])('is refused when it is no random one: %s', (_, key) => {
    expect(() => LocalMasterKey.fromText(key.toString('base64'))).toThrow(MasterKeyUnusable);
  });

  it('opens what the other one wrapped while keys are rotated, and wraps nothing by it', async () => {
    const [before, after] = [LocalMasterKey.fromText(random()), LocalMasterKey.fromText(random())];
    const ring = new KeyRing(after, before);
    const wrapped = await before.wrap(Buffer.alloc(32, 7), 'person 1');
    await expect(ring.unwrap(wrapped, 'person 1')).resolves.toEqual(Buffer.alloc(32, 7));
    await expect(ring.unwrap(wrapped, 'person 2')).rejects.toThrow();
    await expect(after.unwrap(await ring.wrap(Buffer.alloc(32, 8), 'person 1'), 'person 1')).resolves.toHaveLength(32);
  });
});

describe('a sensitive value', () => {
  it('shows itself to no log, and to those who ask for it', () => {
    const name = new Sensitive({ name: 'Sokha' });
    const shown = [String(name), name.toString(), JSON.stringify({ name }), format('%o %s %j', name, name, name)];
    expect(shown.join(' ')).not.toContain('Sokha');
    expect(JSON.stringify({ name })).toBe('{"name":"[x]"}');
    expect(name.reveal()).toEqual({ name: 'Sokha' });
  });
});
