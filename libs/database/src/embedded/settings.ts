import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Role } from '../connect/roles.js';
import { errorCode } from './error-code.js';

/** What must survive a restart and is nobody else's business: kept in the server's home with mode 0600. */
export interface Settings {
  readonly port: number;
  readonly passwords: Readonly<Record<'postgres' | Role, string>>;
}

/**
 * Reads the settings, or makes them for a new server.
 *
 * @throws Error when they belong to another user of this machine.
 */
export async function openSettings(home: string): Promise<Settings> {
  try {
    return JSON.parse(await readFile(fileIn(home), 'utf8')) as Settings;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES') throw new Error(`The database in ${home} belongs to another user`, { cause: error });
    if (code !== 'ENOENT') throw error;
  }
  return keep(home, {
    port: await freePort(),
    passwords: {
      postgres: randomPassword(),
      spean_migrator: randomPassword(),
      spean_program: randomPassword(),
      spean_queue: randomPassword(),
    },
  });
}

/** The same settings with a port that is free now: the remembered one if it is, otherwise another, then remembered. */
export async function withFreePort(home: string, settings: Settings): Promise<Settings> {
  if (await isFree(settings.port)) return settings;
  return keep(home, { ...settings, port: await freePort() });
}

async function keep(home: string, settings: Settings): Promise<Settings> {
  const unfinished = `${fileIn(home)}.new`;
  await writeFile(unfinished, JSON.stringify(settings, null, 2), { mode: 0o600 });
  await rename(unfinished, fileIn(home));
  return settings;
}

function fileIn(home: string): string {
  return path.join(home, 'settings.json');
}

/** Letters and digits only, so that a URL can hold it as it is. */
function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

/** Below the range from which systems give ports to outgoing connections, so a remembered one tends to stay free. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + (randomBytes(2).readUInt16BE() % 12_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
