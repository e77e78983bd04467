import { Agencies, CallerResolver } from '#libs/access';
import type { Clock } from '#libs/calendar';
import { openSpean, type Spean } from '#libs/composition';
import type { Configuration, ExchangeTarget } from '#libs/configuration';
import { acquireDatabase, type DatabaseUrls } from '#libs/database';
import { openIdentities, type Identities } from '#libs/identities';
import { createLog, type Log } from '#libs/logging';
import { Queues, queueStore } from '#libs/queues';
import { Limiter } from '#libs/throttle';
import { WakeUps } from '#libs/wake-ups';

/** What the interface is made of, put together once and closed together. */
export interface ApiParts extends Spean {
  readonly log: Log;
  readonly queues: Queues;
  readonly identities: Identities;
  readonly callers: CallerResolver;
  readonly agencies: Agencies;
  readonly exchangeTargets: readonly ExchangeTarget[];
  /** Absent: nobody counts how often somebody asks. */
  readonly limiter?: Limiter;
}

/** What a whole-program test replaces: time, and where the data and the queues lie. All else is the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly urls?: Pick<DatabaseUrls, 'program' | 'queue'>;
  readonly queuePrefix?: string;
  readonly log?: Log;
}

/** What was opened, to be closed in the opposite order. */
type Opened = (() => Promise<void>)[];

/** @throws when database, master key or queues cannot be opened; what was open by then is closed again. */
export async function assembleParts(configuration: Configuration, overrides: Overrides = {}): Promise<ApiParts> {
  const opened: Opened = [];
  try {
    return await assemble(configuration, overrides, opened);
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function assemble(configuration: Configuration, overrides: Overrides, opened: Opened): Promise<ApiParts> {
  const log = overrides.log ?? createLog('api', configuration.logLevel);
  const urls = overrides.urls ?? (await acquire(configuration, opened));
  const spean = await openSpean({
    databaseUrl: urls.program,
    masterKeys: configuration.masterKeys,
    erasureLedger: configuration.erasureLedger,
    attachments: configuration.attachments,
    mayCreateMasterKey: configuration.environment !== 'production',
    ...(overrides.clock === undefined ? {} : { clock: overrides.clock }),
  });
  opened.push(() => spean.close());
  const stopWatching = spean.pathways.watch((error) => log.error('published pathways cannot be read', { error }));
  opened.push(() => Promise.resolve(stopWatching()));
  const queues = await Queues.open(queueStore(configuration.redisUrl, urls.queue), {
    log,
    ...(overrides.queuePrefix === undefined ? {} : { prefix: overrides.queuePrefix }),
  });
  opened.push(() => queues.close());
  const wakeUps = await WakeUps.over(queues, spean.clock);
  spean.commands.onCommit(wakeUps.afterCommit);
  opened.push(() => wakeUps.settled());
  const { demonstration, publicUrl, identityProvider } = configuration;
  const limiter = configuration.rateLimits ? openLimiter(configuration, overrides, log, opened) : undefined;
  return {
    ...spean,
    log,
    queues,
    identities: openIdentities({ ...spean, demonstration, publicUrl, identityProvider }, spean.commands),
    callers: new CallerResolver(spean.database, spean.context),
    agencies: new Agencies(spean.database, spean.context),
    exchangeTargets: configuration.exchangeTargets,
    ...(limiter === undefined ? {} : { limiter }),
    close: () => closeAll(opened),
  };
}

async function acquire(configuration: Configuration, opened: Opened): Promise<DatabaseUrls> {
  const acquired = await acquireDatabase(configuration);
  opened.push(() => acquired.release());
  return acquired.urls;
}

function openLimiter(
  { redisUrl }: Configuration,
  { queuePrefix = 'spean' }: Overrides,
  log: Log,
  opened: Opened,
): Limiter {
  const redis = redisUrl === undefined ? {} : { redis: { url: redisUrl, prefix: queuePrefix } };
  const limiter = new Limiter({ log, ...redis });
  opened.push(() => Promise.resolve(limiter.close()));
  return limiter;
}

async function closeAll(opened: Opened): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}
