import { Agencies, CallerResolver } from '#libs/access';
import { cambodia, type Clock } from '#libs/calendar';
import { CaseCommands } from '#libs/case-commands';
import type { Configuration } from '#libs/configuration';
import { acquireDatabase, Database, type DatabaseContext } from '#libs/database';
import { createLog, type Log } from '#libs/logging';
import { loadPathways, type PathwayRegistry } from '#libs/pathway-files';
import { FileMasterKey, KeyStore, Sealer, type MasterKey } from '#libs/privacy';
import { CaseQueries } from '#libs/read-models';

/** What the interface is made of, put together once and closed together. */
export interface ApiParts {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly clock: Clock;
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly pathways: PathwayRegistry;
  readonly masterKey: MasterKey;
  readonly commands: CaseCommands;
  readonly queries: CaseQueries;
  readonly callers: CallerResolver;
  readonly agencies: Agencies;
  close(): Promise<void>;
}

/** What a whole-program test replaces: time, and where the data lies. Everything else is the real thing. */
export interface Overrides {
  clock?: Clock;
  databaseUrl?: string;
  log?: Log;
}

/** One installation serves one country. */
const context: DatabaseContext = { tenant: 1, principals: [] };

const systemClock: Clock = { now: () => new Date().toISOString() };

export async function assembleParts(configuration: Configuration, overrides: Overrides = {}): Promise<ApiParts> {
  const acquired = overrides.databaseUrl === undefined ? await acquireDatabase(configuration) : undefined;
  const url = overrides.databaseUrl ?? acquired?.urls.program ?? '';
  const database = await Database.open({ url, applicationName: 'spean api' });
  const mayCreate = configuration.environment !== 'production';
  const masterKey = await FileMasterKey.open(configuration.masterKeyFile, { mayCreate });
  const clock = overrides.clock ?? systemClock;
  const pathways = loadPathways();
  const sealer = new Sealer(new KeyStore(masterKey));
  const inside = { database, pathways, sealer, clock, calendar: cambodia, context };
  return {
    configuration,
    log: overrides.log ?? createLog('api', configuration.logLevel),
    clock,
    database,
    context,
    pathways,
    masterKey,
    commands: new CaseCommands(inside),
    queries: new CaseQueries(inside),
    callers: new CallerResolver(database, context),
    agencies: new Agencies(database, context),
    close: async () => {
      await database.close();
      await acquired?.release();
    },
  };
}
