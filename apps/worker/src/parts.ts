import { heartbeat, Rounds } from '#libs/background';
import { cambodia, type Clock } from '#libs/calendar';
import { CaseCommands } from '#libs/case-commands';
import { DatabaseClock } from '#libs/clock';
import type { Configuration } from '#libs/configuration';
import { acquireDatabase, Database, type DatabaseContext, type DatabaseUrls } from '#libs/database';
import { deadlineProcessor, deadlineQueue, DeadlineRelay, DeadlineSweep, type WaitingRung } from '#libs/deadlines';
import { ClosingSweep } from '#libs/facilities';
import { createLog, type Log } from '#libs/logging';
import {
  Mailer,
  notificationProcessor,
  notificationQueue,
  NotificationSweep,
  Notifier,
  type OwedNotice,
} from '#libs/notifications';
import { loadPathways, type PathwayRegistry } from '#libs/pathway-files';
import { PublishedPathways } from '#libs/pathway-versions';
import { openSealing } from '#libs/privacy';
import { Queues, queueStore } from '#libs/queues';
import { WakeUps } from '#libs/wake-ups';
import { followers } from './followers.js';
import type { Activity } from './activity.js';

/** What the worker is made of, put together once and closed together. */
export interface WorkerParts {
  readonly log: Log;
  readonly queues: Queues;
  readonly wakeUps: WakeUps;
  readonly relay: DeadlineRelay;
  readonly deadlineSweep: DeadlineSweep;
  readonly closingSweep: ClosingSweep;
  readonly notificationSweep: NotificationSweep;
  /** Everything that goes on by itself until it is stopped. */
  readonly activities: readonly Activity[];
  /** Begins to do what the queues call for. */
  work(): void;
  close(): Promise<void>;
}

/** What a whole-program test replaces: time, and where the data and the queues lie. All else is the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly urls?: Pick<DatabaseUrls, 'program' | 'queue'>;
  readonly queuePrefix?: string;
  readonly log?: Log;
  /** Nothing goes on by itself but the queues: a test sweeps when it wants to. */
  readonly byHand?: boolean;
}

/** One installation serves one country. */
const context: DatabaseContext = { tenant: 1, principals: [] };

const relayEveryMs = 30_000;
const deadlinesAtOnce = 8;
const noticesAtOnce = 4;

export async function assembleParts(configuration: Configuration, overrides: Overrides = {}): Promise<WorkerParts> {
  const closing = new Closing();
  try {
    return await assemble(configuration, overrides, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function assemble(configuration: Configuration, overrides: Overrides, closing: Closing): Promise<WorkerParts> {
  const log = overrides.log ?? createLog('worker', configuration.logLevel);
  const { urls, database } = await openDatabase(configuration, overrides, closing);
  const clock = overrides.clock ?? closing.later(await DatabaseClock.start(database, context), (each) => each.stop());
  const store = queueStore(configuration.redisUrl, urls.queue);
  const prefix = overrides.queuePrefix === undefined ? {} : { prefix: overrides.queuePrefix };
  const queues = closing.later(await Queues.open(store, { log, ...prefix }), (each) => each.close());
  const wakeUps = await WakeUps.over(queues, clock);
  const pathways = await PublishedPathways.open({ database, context, clock, shipped: loadPathways() });
  closing.later(
    pathways.watch((error) => log.error('published pathways cannot be read', { error })),
    (stop) => stop(),
  );
  const commands = await openCommands(configuration, database, clock, pathways);
  commands.onCommit(wakeUps.afterCommit);

  const inside = { database, context, clock, log };
  const notifier = new Notifier({ ...inside, link: configuration.publicUrl, ...openMail(configuration, closing) });
  const relay = new DeadlineRelay(database, context, await queues.queue<WaitingRung>(deadlineQueue), clock);
  const deadlineSweep = new DeadlineSweep({ ...inside, commands });
  const closingSweep = new ClosingSweep({ ...inside, commands, pathways });
  const notificationSweep = new NotificationSweep(database, context, notifier, clock);
  const sweepEveryMs = configuration.sweepSeconds * 1_000;
  const rounds = [
    new Rounds('deadline relay', relayEveryMs, () => relay.relayOnce(), log),
    new Rounds('deadline sweep', sweepEveryMs, () => deadlineSweep.sweepOnce(), log),
    new Rounds('closing facilities', sweepEveryMs, () => closingSweep.sweepOnce(), log),
    new Rounds('notification sweep', sweepEveryMs, () => notificationSweep.sweepOnce(), log),
  ];
  return {
    log,
    queues,
    wakeUps,
    relay,
    deadlineSweep,
    closingSweep,
    notificationSweep,
    activities: [
      heartbeat(database, context, 'worker', log),
      ...followers.map((follow) => follow(inside)),
      ...(overrides.byHand === true ? [] : rounds),
    ],
    work: () => {
      queues.work<WaitingRung>(deadlineQueue, deadlineProcessor(commands, clock, log), deadlinesAtOnce);
      queues.work<OwedNotice>(notificationQueue, notificationProcessor(notifier), noticesAtOnce);
    },
    close: () => closing.close(),
  };
}

async function openDatabase(configuration: Configuration, overrides: Overrides, closing: Closing) {
  const urls =
    overrides.urls ?? closing.later(await acquireDatabase(configuration), (acquired) => acquired.release()).urls;
  const opened = await Database.open({ url: urls.program, applicationName: 'spean worker' });
  return { urls, database: closing.later(opened, (each) => each.close()) };
}

async function openCommands(
  configuration: Configuration,
  database: Database,
  clock: Clock,
  pathways: PathwayRegistry,
): Promise<CaseCommands> {
  const mayCreate = configuration.environment !== 'production';
  const sealing = await openSealing(database, context, configuration.masterKeys, { mayCreate });
  return new CaseCommands({ database, pathways, ...sealing, clock, calendar: cambodia, context });
}

function openMail({ mail }: Configuration, closing: Closing): { mailer?: Mailer } {
  return mail === undefined ? {} : { mailer: closing.later(new Mailer(mail), (mailer) => mailer.close()) };
}

/** What was opened, closed in the opposite order, whatever of it could be opened. */
class Closing {
  readonly #steps: (() => unknown)[] = [];

  later<Opened>(opened: Opened, close: (opened: Opened) => unknown): Opened {
    this.#steps.unshift(() => close(opened));
    return opened;
  }

  async close(): Promise<void> {
    for (const step of this.#steps.splice(0)) await step();
  }
}
