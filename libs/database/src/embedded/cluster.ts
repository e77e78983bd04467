import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './place.js';
import { hasEnded } from './processes.js';
import type { Settings } from './settings.js';

/** `throw-away` gives up durability for speed and dies with its starter's process group. For tests alone. */
export type Purpose = 'keep' | 'throw-away';

/** How long a server may take to disconnect everybody and write its checkpoint. */
const stopPatienceMs = 30_000;

export function clusterExists(place: Place): boolean {
  return existsSync(place.cluster);
}

/** Makes the cluster beside its final place and moves it there when whole: a killed initdb leaves nothing half done. */
export async function createCluster(place: Place, settings: Settings, purpose: Purpose): Promise<void> {
  const unfinished = `${place.cluster}.new`;
  const passwordFile = path.join(place.home, 'password.new');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, settings.passwords.postgres, { mode: 0o600 });
  if (place.user) {
    await chown(unfinished, place.user.uid, place.user.gid);
    await chown(passwordFile, place.user.uid, place.user.gid);
  }
  try {
    await run(place, place.binaries.initdb, [
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Text sorts by code point, which for UTF-8 is byte order: the same on every machine, and indexable as it is.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(purpose === 'throw-away' ? ['--no-sync'] : []),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.cluster);
}

/**
 * Starts the server and answers its process number at once; it may still refuse connections for a while. It leads a
 * process group of its own, because Ctrl-C in a terminal reaches the whole group and the database must stop last.
 */
export async function spawnServer(place: Place, settings: Settings, purpose: Purpose): Promise<number> {
  const log = await open(place.log, 'w', 0o600);
  try {
    const server = spawn(place.binaries.postgres, ['-D', place.cluster, ...serverOptions(settings.port, purpose)], {
      ...place.user,
      cwd: place.home,
      env: environment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: purpose === 'keep',
    });
    await once(server, 'spawn');
    server.unref();
    if (server.pid === undefined) throw new Error('The database server has no process number');
    return server.pid;
  } finally {
    await log.close();
  }
}

/** Process number of the server that runs on this cluster, if one does. A stale lock file of PostgreSQL is removed. */
export async function runningServer(place: Place): Promise<number | undefined> {
  const lockFile = path.join(place.cluster, 'postmaster.pid');
  const content = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(content, 10);
  if (Number.isNaN(pid)) return undefined;
  if ((await commandLine(pid)).includes(place.cluster)) return pid;
  await rm(lockFile, { force: true }); // the server was killed, and its number may have been given to another program
  return undefined;
}

/** Disconnects everybody, writes a checkpoint and ends; after half a minute without one. Nothing committed is lost. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (await hasEnded(pid, 0)) return;
    process.kill(pid, signal);
    if (await hasEnded(pid, stopPatienceMs)) return;
  }
  throw new Error(`The database server (process ${pid}) does not stop`);
}

function serverOptions(port: number, purpose: Purpose): string[] {
  const options = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A forgotten transaction holds back the feed of the whole cluster.
    idle_in_transaction_session_timeout: '60s',
    // The detail of an error quotes the row, and a row may be about a child.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(purpose === 'throw-away' && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function run(place: Place, program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, {
    ...place.user,
    cwd: place.home,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${path.basename(program)} failed: ${complaint.trim()}`);
}

/** Nothing of the caller's environment: PG* variables would change what the programs do, secrets are not theirs. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const ps = spawn('ps', ['-p', String(pid), '-o', 'command='], { stdio: ['ignore', 'pipe', 'ignore'] });
  let line = '';
  ps.stdout.on('data', (chunk: Buffer) => (line += chunk.toString()));
  await once(ps, 'close');
  return line;
}
