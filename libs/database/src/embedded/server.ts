import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { ensureServer, type Role } from '../connect/roles.js';
import { clusterExists, createCluster, runningServer, spawnServer, type Purpose } from './cluster.js';
import type { Place } from './place.js';
import { identify, pause } from './processes.js';
import { openSettings, withFreePort, type Settings } from './settings.js';

/** A server that answers and has its roles and databases. */
export interface RunningServer {
  readonly pid: number;
  readonly settings: Settings;
}

/** Tells people what takes time. */
export type Progress = (message: string) => void;

/** Replaying the log after a crash can take a while. */
const startPatienceMs = 120_000;
/** Whoever took the port between the look and the start will hardly do so again. */
const startAttempts = 20;

/**
 * Attaches to the server of this place or starts it; call it under the lock of the place.
 *
 * The programs are driven directly instead of through the class of the npm package that brings them: that class ties a
 * server to the process that started it, cannot attach to a running one, and needs the checkout to be open to the
 * database user.
 */
export async function runServer(place: Place, purpose: Purpose, progress: Progress): Promise<RunningServer> {
  const settings = await openSettings(place.home);
  if (!clusterExists(place)) {
    progress(`Making the database in ${place.home}`);
    await createCluster(place, settings, purpose);
  }
  const pid = await runningServer(place);
  const server = pid === undefined ? await start(place, settings, purpose, progress) : { pid, settings };
  if (!(await answers(server))) {
    throw new Error(`The database server stopped while starting:\n${await lastWords(place)}`);
  }
  await ensureServer(adminUrl(server.settings), server.settings.passwords);
  return server;
}

export function adminUrl(settings: Settings): string {
  return `postgres://postgres:${settings.passwords.postgres}@127.0.0.1:${settings.port}/postgres`;
}

export function roleUrl(settings: Settings, role: Role, database: string): string {
  return `postgres://${role}:${settings.passwords[role]}@127.0.0.1:${settings.port}/${database}`;
}

async function start(place: Place, remembered: Settings, purpose: Purpose, progress: Progress): Promise<RunningServer> {
  progress('Starting the database');
  for (let attempt = 1; ; attempt += 1) {
    const settings = await withFreePort(place.home, remembered);
    const server = { pid: await spawnServer(place, settings, purpose), settings };
    if (attempt === startAttempts || (await answers(server))) return server;
    if (!/Address already in use|pre-existing shared memory block/.test(await lastWords(place))) return server;
    await pause(500); // children of a killed server take a moment to notice that they are orphans
  }
}

/** Waits until the server accepts its own password. Answers false when it ended instead. */
async function answers({ pid, settings }: RunningServer): Promise<boolean> {
  const deadline = Date.now() + startPatienceMs;
  while (identify(pid) !== undefined) {
    const client = new pg.Client({ connectionString: adminUrl(settings) });
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (Date.now() > deadline) throw new Error('The database server runs but does not answer', { cause: error });
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

async function lastWords(place: Place): Promise<string> {
  return (await readFile(place.log, 'utf8')).trimEnd().split('\n').slice(-10).join('\n');
}
