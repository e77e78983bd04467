import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { contactToken } from './contact-token.js';
import { FileMasterKey, MasterKeyUnusable } from './file-master-key.js';
import { canonicalPhone } from './phone.js';
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

describe('a telephone number', () => {
  it.each([
    ['012 345 678', '+85512345678'],
    ['096-123-4567', '+855961234567'],
    ['+855 12 345 678', '+85512345678'],
    ['+855 (0)12 345 678', '+85512345678'],
    ['00855 12345678', '+85512345678'],
    ['855 12 345 678', '+85512345678'],
    ['០១២ ៣៤៥ ៦៧៨', '+85512345678'],
    ['023\u200b 456 789', '+85523456789'],
    ['+66 81 234 5678', '+66812345678'],
  ])('%s is %s', (written, canonical) => {
    expect(canonicalPhone(written)).toBe(canonical);
  });

  it.each(['', '123', '12345678', 'none', '+0123456789', '+1234567890123456', '012 345 67x'])('%j is none', (text) => {
    expect(canonicalPhone(text)).toBeUndefined();
  });

  it('has one token however it is written, another under another master key, and does not show in it', async () => {
    const master = await open();
    const token = await contactToken(master, '012 345 678');
    expect(await contactToken(master, '+855 12 345 678')).toBe(token);
    expect(await contactToken(master, '012 345 679')).not.toBe(token);
    expect(token).not.toContain('12345678');
    await expect(contactToken(master, 'unknown')).resolves.toBeUndefined();
    await rm(file);
    expect(await contactToken(await open(), '012 345 678')).not.toBe(token);
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
