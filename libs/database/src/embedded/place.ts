import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBinaries, systemFolder, type Binaries } from './binaries.js';
import { errorCode } from './error-code.js';
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
  const user = databaseUser(clusterIn(beside));
  if (user === undefined || canReach(user, dataDirectory)) return makeHome(beside);
  if (existsSync(clusterIn(beside))) {
    throw new Error(`The owner of the database files in ${beside} can no longer reach them; open the folders above`);
  }
  return makeHome(elsewhere);
}

/**
 * Named for the data folder's path and for a random name kept in it: a folder made anew at an old path must not find
 * the database of its predecessor, whose keys are gone.
 */
async function systemHome(dataDirectory: string): Promise<string> {
  const file = path.join(dataDirectory, 'database-name');
  if (!existsSync(file)) await writeWhole(file, `${randomUUID()}\n`);
  const digest = createHash('sha256')
    .update(dataDirectory)
    .update(await readFile(file, 'utf8'));
  return path.join(systemFolder, digest.digest('hex').slice(0, 16));
}

/** Of several that write the same file at once, one wins, and nobody reads half of it. */
async function writeWhole(file: string, content: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, content);
  await link(unfinished, file).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  await unlink(unfinished);
}

/** Everybody may pass through, nobody may look around: the files inside carry their own protection. */
async function makeHome(home: string): Promise<string> {
  await mkdir(home, { recursive: true });
  await chmod(home, 0o711);
  if (home.startsWith(systemFolder)) await chmod(systemFolder, 0o755);
  return home;
}

function clusterIn(home: string): string {
  return path.join(home, 'cluster');
}
