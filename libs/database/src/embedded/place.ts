import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBinaries, systemFolder, type Binaries } from './binaries.js';
import { canReach, databaseUser, type SystemUser } from './system-user.js';

/** Where one embedded server lives, and who runs it with which programs. */
export interface Place {
  /** Folder of everything the server needs: cluster, settings, holders, lock, log. */
  readonly home: string;
  readonly cluster: string;
  readonly log: string;
  readonly user: SystemUser | undefined;
  readonly binaries: Binaries;
}

/** @param dataDirectory folder of the checkout's data, made if missing */
export async function findPlace(dataDirectory: string): Promise<Place> {
  await mkdir(dataDirectory, { recursive: true });
  const home = await findHome(dataDirectory);
  const user = databaseUser(clusterIn(home));
  return {
    home,
    cluster: clusterIn(home),
    log: path.join(home, 'server.log'),
    user,
    binaries: await findBinaries(user),
  };
}

/** Beside the other data, unless root's database user could not get there. Once chosen, it stays. */
async function findHome(dataDirectory: string): Promise<string> {
  const beside = path.join(dataDirectory, 'postgres');
  const elsewhere = await systemHome(dataDirectory);
  if (existsSync(elsewhere)) return elsewhere;
  await makeHome(beside);
  const user = databaseUser(clusterIn(beside));
  if (user === undefined || canReach(user, beside)) return beside;
  if (existsSync(clusterIn(beside))) {
    throw new Error(`The owner of the database files in ${beside} can no longer reach them; open the folders above`);
  }
  await makeHome(elsewhere);
  return elsewhere;
}

/**
 * Named for the data folder's path and for a random name kept in it: a folder made anew at an old path must not find
 * the database of its predecessor, whose keys are gone.
 */
async function systemHome(dataDirectory: string): Promise<string> {
  const file = path.join(dataDirectory, 'database-name');
  if (!existsSync(file)) await writeFile(file, `${randomUUID()}\n`, { flag: 'wx' }).catch(() => undefined);
  const digest = createHash('sha256')
    .update(dataDirectory)
    .update(await readFile(file, 'utf8'));
  return path.join(systemFolder, digest.digest('hex').slice(0, 16));
}

/** Everybody may pass through, nobody may look around: the files inside carry their own protection. */
async function makeHome(home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await chmod(home, 0o711);
  if (home.startsWith(systemFolder)) await chmod(systemFolder, 0o755);
}

function clusterIn(home: string): string {
  return path.join(home, 'cluster');
}
