import type { Configuration } from '#libs/configuration';
import { acquireEmbedded } from '../embedded/embedded.js';
import { findExternal } from './external.js';
import type { AcquiredDatabase, DatabaseUrls } from './urls.js';

/**
 * The database that the settings name: an external one, or the embedded one of this checkout, which is attached to or
 * started.
 *
 * @param progress is told what takes time; it goes to standard error when nothing else is said
 */
export async function acquireDatabase(
  configuration: Configuration,
  progress: (message: string) => void = tellPeople,
): Promise<AcquiredDatabase> {
  const { database, dataDirectory, redisUrl } = configuration;
  if (database.kind === 'embedded') return acquireEmbedded(dataDirectory, progress);
  const urls = await findExternal(database, { queueNeeded: redisUrl === undefined });
  return { urls, release: () => Promise.resolve() };
}

/** Runs `work` with the database and leaves nothing running that was not running before, on Ctrl-C either. */
export async function withDatabase<Result>(
  configuration: Configuration,
  work: (urls: DatabaseUrls) => Promise<Result>,
): Promise<Result> {
  const database = await acquireDatabase(configuration);
  const interrupted = (_: NodeJS.Signals, code: number) => {
    void database.release().finally(() => process.exit(128 + code));
  };
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    return await work(database.urls);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await database.release();
  }
}

function tellPeople(message: string): void {
  process.stderr.write(`${message}\n`);
}
