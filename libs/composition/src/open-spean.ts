import { contextOf, loadSharingPolicy, type SharingPolicy } from '#libs/access';
import { AttachmentVault, FileStore } from '#libs/attachments';
import { cambodia, type Clock, type WorkingCalendar } from '#libs/calendar';
import { CaseCommands, ErasureLedger } from '#libs/case-commands';
import { ExchangeCodes } from '#libs/code-tables';
import { DatabaseClock } from '#libs/clock';
import type { MasterKeySources } from '#libs/configuration';
import { Database, type DatabaseContext } from '#libs/database';
import { CarerDirectory, Matching, ServiceDirectory } from '#libs/directories';
import { Exports } from '#libs/exports';
import { PathwayPublishing } from '#libs/law';
import { loadPathways } from '#libs/pathway-files';
import { PublishedPathways } from '#libs/pathway-versions';
import { openSealing, type Sealing } from '#libs/privacy';
import { ReadAudit } from '#libs/read-audit';
import { CaseQueries, FacilityQueries, ReportQueries } from '#libs/read-models';
import { wrappedElsewhere } from './wrapped-elsewhere.js';

export interface OpenOptions {
  /** Login of the program's role, or of a user who may take it. */
  databaseUrl: string;
  masterKeys: MasterKeySources;
  /** A missing master key is made at first use, except in production, where it has to be brought. */
  mayCreateMasterKey: boolean;
  /** File outside the database in which erasures are kept. Absent: nobody can be forgotten. */
  erasureLedger?: string;
  /** Folder of the files that are attached to documents. Absent: none can be, and none is deleted with a child. */
  attachments?: string;
  poolSize?: number;
  /** Absent: the database's own clock. */
  clock?: Clock;
}

/** The parts that every process of the program works with, wired once. */
export interface Spean extends Sealing {
  database: Database;
  /** This installation's tenant, on whose behalf the program itself acts. */
  context: DatabaseContext;
  clock: Clock;
  calendar: WorkingCalendar;
  pathways: PublishedPathways;
  publishing: PathwayPublishing;
  sharing: SharingPolicy;
  /** Code tables of the exchange with other systems. */
  codes: ExchangeCodes;
  commands: CaseCommands;
  erasures?: ErasureLedger;
  attachments?: AttachmentVault;
  queries: CaseQueries;
  reports: ReportQueries;
  services: ServiceDirectory;
  carers: CarerDirectory;
  matching: Matching;
  facilities: FacilityQueries;
  readAudit: ReadAudit;
  exports: Exports;
  close(): Promise<void>;
}

/** One country, one tenant; the column is there so that the tables can be distributed later. */
const TENANT = 1;

/** @throws when the database does not answer, a definition is invalid, or the master key can't be used. */
export async function openSpean(options: OpenOptions): Promise<Spean> {
  const context = contextOf(TENANT);
  const shipped = loadPathways();
  const database = await Database.open({
    url: options.databaseUrl,
    ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
  });
  const sealing = await openSealing(database, context, options.masterKeys, {
    mayCreate: options.mayCreateMasterKey,
    elsewhere: wrappedElsewhere,
  });
  const { clock, stop } = options.clock === undefined ? await ownClock(database, context) : lent(options.clock);
  const pathways = await PublishedPathways.open({ database, context, clock, shipped });
  const sharing = loadSharingPolicy();
  const parts = { database, context, clock, calendar: cambodia, pathways, ...sealing, sharing };
  const readAudit = new ReadAudit({ database, context });
  const erasures = options.erasureLedger === undefined ? undefined : new ErasureLedger(options.erasureLedger);
  const attachments =
    options.attachments === undefined ? undefined : new AttachmentVault(parts, new FileStore(options.attachments));
  const kept = {
    ...(erasures === undefined ? {} : { erasures }),
    ...(attachments === undefined ? {} : { attachments }),
  };
  const queries = new CaseQueries(parts);
  return {
    ...parts,
    ...kept,
    publishing: new PathwayPublishing(parts),
    commands: new CaseCommands({ ...parts, ...kept }),
    queries,
    reports: new ReportQueries(parts),
    services: new ServiceDirectory(parts),
    carers: new CarerDirectory(parts),
    matching: new Matching(parts),
    facilities: new FacilityQueries(parts),
    readAudit,
    codes: new ExchangeCodes(parts),
    exports: new Exports({ ...parts, queries, readAudit }),
    close: async () => {
      stop();
      await database.close();
    },
  };
}

interface RunningClock {
  clock: Clock;
  stop: () => void;
}

async function ownClock(database: Database, context: DatabaseContext): Promise<RunningClock> {
  const clock = await DatabaseClock.start(database, context);
  return { clock, stop: () => clock.stop() };
}

/** Whoever lent it goes on using it. */
const lent = (clock: Clock): RunningClock => ({ clock, stop: () => undefined });
