import { mkdtemp, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './error-code.js';
import { isRunning, ownIdentity, pause } from './processes.js';

const patienceMs = 180_000;

/**
 * Runs `work` while no other process does so under the same lock directory.
 *
 * The directory is moved into place with its owner's file already in it, which succeeds only where there is none or an
 * empty one. A dead owner's file is removed by its own name, so nobody can take away the lock of a successor.
 */
export async function withLock<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const owner = ownIdentity();
  await take(directory, owner);
  try {
    return await work();
  } finally {
    await unlink(path.join(directory, owner));
    await rmdir(directory).catch(() => undefined); // somebody else may have taken it already
  }
}

async function take(directory: string, owner: string): Promise<void> {
  const ticket = await mkdtemp(`${directory}.`);
  try {
    await writeFile(path.join(ticket, owner), '');
    const deadline = Date.now() + patienceMs;
    while (!(await movedIntoPlace(ticket, directory))) {
      if (Date.now() > deadline) throw new Error(`Another command has held ${directory} for ${patienceMs / 1000} s`);
      await evictDeadOwners(directory);
      await pause(50);
    }
  } catch (error) {
    await rm(ticket, { recursive: true, force: true });
    throw error;
  }
}

async function movedIntoPlace(ticket: string, directory: string): Promise<boolean> {
  try {
    await rename(ticket, directory);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

async function evictDeadOwners(directory: string): Promise<void> {
  const owners = await readdir(directory).catch(() => []);
  for (const owner of owners.filter((each) => !isRunning(each))) {
    await unlink(path.join(directory, owner)).catch(() => undefined); // or somebody else was quicker
  }
}
