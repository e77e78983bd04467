import path from 'node:path';
import { databases } from '../connect/roles.js';
import type { AcquiredDatabase } from '../connect/urls.js';
import { stopServer } from './cluster.js';
import { Holders } from './holders.js';
import { withLock } from './lock.js';
import { findPlace } from './place.js';
import { adminUrl, roleUrl, runServer, type Progress } from './server.js';

/**
 * Attaches to the embedded database of a data folder, or starts it. Whoever leaves last stops it: a command that
 * started it does not stop it under another that attached meanwhile. A server whose users were all killed belongs to
 * the next one that comes.
 */
export async function acquireEmbedded(dataDirectory: string, progress: Progress): Promise<AcquiredDatabase> {
  const place = await findPlace(dataDirectory);
  const holders = new Holders(place.home);
  const lock = path.join(place.home, 'lock');
  if (!place.home.startsWith(dataDirectory)) {
    progress(`The database is kept in ${place.home}: its system user cannot reach ${dataDirectory}`);
  }

  const { server, holder } = await withLock(lock, async () => {
    const holder = await holders.add();
    try {
      return { server: await runServer(place, 'keep', progress), holder };
    } catch (error) {
      await holders.remove(holder);
      throw error;
    }
  });

  const leave = () =>
    withLock(lock, async () => {
      await holders.remove(holder);
      if (!(await holders.any())) await stopServer(server.pid);
    });
  let left: Promise<void> | undefined;

  return {
    urls: {
      program: roleUrl(server.settings, 'spean_program', databases.spean),
      migrator: roleUrl(server.settings, 'spean_migrator', databases.spean),
      queue: roleUrl(server.settings, 'spean_queue', databases.queue),
      admin: adminUrl(server.settings),
    },
    release: () => (left ??= leave()),
  };
}
