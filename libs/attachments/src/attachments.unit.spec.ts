import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';

import { docx, jpeg, odt, pdf, pictureSecret, png, zip } from '../../../test/support/files.js';
import { AttachmentBroken, chunkBytes, openChunks, sealChunks } from './chunks.js';
import { FileStore } from './file-store.js';
import { inspect, mostBytes } from './inspect.js';
import { FileRefused } from './refused.js';

const kindOf = async (bytes: Buffer) => (await inspect(bytes)).kind;
const problemOf = async (bytes: Buffer): Promise<unknown> =>
  inspect(bytes).then(
    ({ kind }) => `taken as ${kind}`,
    (error: unknown) => (error instanceof FileRefused ? error.problem : error),
  );

describe('a file is known by its content', () => {
  it.each([
    ['pdf', pdf],
    ['png', png()],
    ['jpeg', jpeg()],
    ['docx', docx()],
    ['odt', odt()],
    ['text', Buffer.from('អត្ថបទសំយោគ\r\n\tA synthetic text')],
  ])('%s', async (kind, bytes) => {
    await expect(kindOf(bytes)).resolves.toBe(kind);
  });

  const zeros = Buffer.alloc(60 * 1024 * 1024);
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, number) => [`word/${number}.xml`, 'x']));

  it.each<[string, string, Buffer]>([
    ['nothing', 'empty', Buffer.alloc(0)],
    ['more than 10 MB', 'too_large', Buffer.alloc(mostBytes + 1, 'a')],
    ['a text of more than 1 MB', 'kind_unknown', Buffer.alloc(1024 * 1024 + 1, 'a')],
    ['a text with NUL', 'kind_unknown', Buffer.from('a\0b')],
    ['a text that is no UTF-8', 'kind_unknown', Buffer.from([0x61, 0xe1, 0x9e])],
    ['a page', 'kind_unknown', Buffer.from('\n<!DOCTYPE html><script>alert(1)</script>')],
    ['a shell script', 'kind_unknown', Buffer.from('#!/bin/sh\nls')],
    ['a GIF', 'kind_unknown', Buffer.from('GIF89a\x01\0\x01\0')],
    ['a program', 'kind_unknown', Buffer.from('\x7fELF\x02\x01')],
    ['a PDF that was cut', 'damaged', pdf.subarray(0, 40)],
    ['a PNG that was cut', 'damaged', png().subarray(0, 50)],
    ['a JPEG that was cut', 'damaged', jpeg().subarray(0, 60)],
    ['an archive that is no document', 'kind_unknown', zip({ 'word/document.xml': 'x', 'a.exe': 'MZ' })],
    ['an archive that was cut', 'damaged', docx().subarray(0, -8)],
    ['a document with macros', 'active', docx({ 'word/vbaProject.bin': 'x' })],
    ['a document that unpacks to more than 50 MB', 'unpacks_too_large', docx({ 'word/media/a.xml': zeros })],
    ['one that lies about it', 'unpacks_too_large', zip({ 'word/document.xml': zeros }, 10)],
    ['a document of more than 1000 files', 'unpacks_too_large', docx(many)],
  ])('not taken: %s', async (_, problem, bytes) => {
    await expect(problemOf(bytes)).resolves.toBe(problem);
  });

  it.each([
    ['PNG', png()],
    ['JPEG', jpeg()],
  ])('and a %s is kept without what it tells of its making', async (_, bytes) => {
    expect(bytes.includes(pictureSecret)).toBe(true);
    const { content } = await inspect(bytes);
    expect(content.includes(pictureSecret)).toBe(false);
    expect((await inspect(content)).content).toEqual(content);
  });

  it('nonsense is refused in good order, whatever it begins like', async () => {
    const starts = [...[png(), jpeg(), docx()].map((bytes) => bytes.subarray(0, 60)), Buffer.from('%PDF-')];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        const found = await problemOf(Buffer.concat([start, rest]));
        expect(typeof found).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a sealed file', () => {
  const [key, id] = [randomBytes(32), uuidv7()];
  const seal = (clear: Buffer, as = id): Buffer[] => [...sealChunks(key, as, clear)];
  const broken = (chunks: readonly Buffer[], as = id, by = key): void =>
    expect(() => openChunks(by, as, Buffer.concat(chunks))).toThrow(AttachmentBroken);

  it.each([1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes])('of %i bytes opens', (size) => {
    const clear = randomBytes(size);
    expect(openChunks(key, id, Buffer.concat(seal(clear))).equals(clear)).toBe(true);
  });

  it('does not when it was changed, cut, put together anew, or belongs elsewhere', () => {
    const chunks = seal(randomBytes(3 * chunkBytes + 5)) as [Buffer, Buffer, Buffer, Buffer];
    const [first, second, third, last] = chunks;
    broken([first, third, second, last]);
    broken([first, second, third]);
    broken([first, second, last]);
    broken([...chunks, last]);
    broken([first, second, third, last.subarray(0, -1)]);
    broken([]);
    broken(chunks, uuidv7());
    broken(chunks, id, randomBytes(32));
    for (const at of [0, 20, first.length - 1]) {
      const changed = Buffer.from(first);
      changed[at] = (changed[at] as number) ^ 1;
      broken([changed, second, third, last]);
    }
  });
});

describe('the folder of files', () => {
  let folder: string;
  let store: FileStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spean-files-'));
    store = new FileStore(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const bytes = async function* (...parts: string[]) {
    for (const part of parts) yield Buffer.from(await Promise.resolve(part));
  };

  it('keeps a file for nobody but the program', async () => {
    const key = `${uuidv7()}/${uuidv7()}`;
    await store.put(key, bytes('a', 'b'));
    expect((await stat(path.join(folder, key))).mode & 0o777).toBe(0o600);
    expect(Buffer.concat((await (await store.get(key))?.toArray()) as Buffer[]).toString()).toBe('ab');
    await store.delete(key);
    await store.delete(key);
    await expect(store.get(key)).resolves.toBeUndefined();
  });

  it('holds nothing of a file that was not written to its end', async () => {
    const caseId = uuidv7();
    const failing = async function* () {
      yield Buffer.from(await Promise.resolve('half'));
      throw new Error('the line was cut');
    };
    await expect(store.put(`${caseId}/${uuidv7()}`, failing())).rejects.toThrow('the line was cut');
    await expect(readdir(path.join(folder, caseId))).resolves.toEqual([]);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'a', ''])('takes no key that is a path: %s', async (key) => {
    await expect(store.put(key, bytes('x'))).rejects.toThrow('not a key');
    await expect(store.get(key)).rejects.toThrow('not a key');
    await expect(store.keysUnder(`${key}/`)).rejects.toThrow('not a key');
  });
});
