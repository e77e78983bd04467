import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { decrypt, encrypt, keyBytes } from './aes-gcm.js';
import type { MasterKey } from './master-key.js';

/** Read by its owner alone. */
const fileMode = 0o600;
const othersMayRead = 0o077;

/** The file is missing, readable by others, or not a key. */
export class MasterKeyUnusable extends Error {
  override readonly name = 'MasterKeyUnusable';
}

/** A master key of 32 random bytes in a file. For development, and for installations that mount it as a secret. */
export class FileMasterKey implements MasterKey {
  readonly id: string;
  readonly #wrapping: Buffer;
  readonly #root: Buffer;

  private constructor(root: Buffer) {
    this.#root = root;
    this.#wrapping = derived(root, 'wrap');
    this.id = createHash('sha256').update(derived(root, 'id')).digest('hex').slice(0, 16);
  }

  /**
   * @param mayCreate whether a missing file is made. Never in production: there, a missing key means a wrong mount, and
   * a new one would lock every child's record.
   * @throws MasterKeyUnusable
   */
  static async open(path: string, { mayCreate }: { mayCreate: boolean }): Promise<FileMasterKey> {
    if (mayCreate) {
      await createUnlessThere(path);
    }
    return new FileMasterKey(await readKey(path));
  }

  async wrap(key: Buffer, context: string): Promise<string> {
    return encrypt(this.#wrapping, key, context);
  }

  async unwrap(wrapped: string, context: string): Promise<Buffer> {
    return decrypt(this.#wrapping, wrapped, context);
  }

  async derive(purpose: string): Promise<Buffer> {
    return derived(this.#root, `derive ${purpose}`);
  }
}

function derived(root: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `spean master key: ${info}`, keyBytes));
}

async function readKey(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw new MasterKeyUnusable('the master key file cannot be opened', { cause: error });
  });
  try {
    const { mode } = await file.stat();
    if ((mode & othersMayRead) !== 0) {
      throw new MasterKeyUnusable('the master key file must be readable by its owner alone (mode 0600)');
    }
    const key = await file.readFile();
    if (key.length !== keyBytes) {
      throw new MasterKeyUnusable(`the master key file must hold ${keyBytes} bytes`);
    }
    return key;
  } finally {
    await file.close();
  }
}

/** Written in full under another name and linked into place: of several first starts at once, one key wins. */
async function createUnlessThere(path: string): Promise<void> {
  if (await readFile(path).then(Boolean, () => false)) {
    return;
  }
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, randomBytes(keyBytes), { mode: fileMode, flag: 'wx' });
  try {
    await chmod(draft, fileMode);
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(draft);
  }
}
