import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { keyBytes } from './aes-gcm.js';
import { LocalMasterKey, MasterKeyUnusable } from './local-master-key.js';

/** Read by its owner alone. */
const fileMode = 0o600;
const othersMayRead = 0o077;

/** A master key in a file, as it is or in base64. For development, and for installations that mount it as a secret. */
export class FileMasterKey extends LocalMasterKey {
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
    const content = await file.readFile();
    return content.length === keyBytes ? content : Buffer.from(content.toString('latin1'), 'base64');
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
