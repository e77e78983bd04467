import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { roles, withClient } from '../connect/roles.js';
import { stopServer } from './cluster.js';
import { findPlace } from './place.js';
import { adminUrl, runServer } from './server.js';

/** A server of one test run: fast, not durable, gone afterwards. */
export interface ThrowAwayServer {
  /** The program's roles have the same password, so one address is enough to make all others from. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-test-database-'));
  await chmod(folder, 0o711);
  const place = await findPlace(folder);
  const server = await runServer(place, 'throw-away', () => undefined);
  await withClient(adminUrl(server.settings), async (client) => {
    const password = pg.escapeLiteral(server.settings.passwords.postgres);
    for (const role of roles) await client.query(`ALTER ROLE ${role} PASSWORD ${password}`);
  });
  return {
    adminUrl: adminUrl(server.settings),
    stop: async () => {
      await stopServer(server.pid);
      await rm(place.home, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
