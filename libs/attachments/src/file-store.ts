import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

import type { ObjectStore } from './object-store.js';

/** Ids alone, so that no key leads out of the folder. */
const keyShape = /^[\da-f-]{36}(?:\/[\da-f-]{36})*$/;
/** An object that is being written. */
const unfinished = '.part';

/** Objects as files of one folder, for nobody but the user of the program. */
export class FileStore implements ObjectStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, content: AsyncIterable<Buffer>): Promise<void> {
    const file = this.#fileOf(key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const written = `${file}.${randomUUID()}${unfinished}`;
    try {
      const handle = await open(written, 'wx', 0o600);
      try {
        for await (const part of content) await handle.appendFile(part);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(written, file);
      await syncFolder(path.dirname(file));
    } catch (error) {
      await rm(written, { force: true });
      throw error;
    }
  }

  async get(key: string): Promise<Readable | undefined> {
    const handle = await orNothing(open(this.#fileOf(key), 'r'));
    return handle?.createReadStream();
  }

  async delete(key: string): Promise<void> {
    await rm(this.#fileOf(key), { force: true });
  }

  /** Objects of which only a part was written count, too: they are there to be deleted. */
  async keysUnder(prefix: string): Promise<string[]> {
    const folder = this.#fileOf(prefix.replace(/\/$/, ''));
    const entries = (await orNothing(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
    const files = entries.filter((entry) => entry.isFile());
    const names = files.map(({ parentPath, name }) => path.relative(this.#folder, path.join(parentPath, name)));
    return names.map((name) => name.split(path.sep).join('/'));
  }

  #fileOf(key: string): string {
    const [whole = '', rest = ''] = /^(.*?)((?:\.[\da-f-]{36}\.part)?)$/.exec(key)?.slice(1) ?? [];
    if (!keyShape.test(whole)) throw new TypeError('not a key of an object');
    return path.join(this.#folder, ...whole.split('/')) + rest;
  }
}

/** The name itself has to reach the disk, or a file that was acknowledged is lost with the power. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNothing<Value>(found: Promise<Value>): Promise<Value | undefined> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
