import { contextOf, loadSharingPolicy } from '#libs/access';
import { heartbeat, Rounds } from '#libs/background';
import { cambodia, type Clock } from '#libs/calendar';
import { CaseCommands } from '#libs/case-commands';
import { openCheckpoints, type Checkpoints } from '#libs/checkpoints';
import { DatabaseClock } from '#libs/clock';
import { wrappedElsewhere } from '#libs/composition';
import { ExchangeCodes } from '#libs/code-tables';
import type { Configuration } from '#libs/configuration';
import { Exchange } from '#libs/connectors';
import { acquireDatabase, Database, type DatabaseUrls } from '#libs/database';
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
import { OutboundHttp } from '#libs/outbound';
import { ReadAudit } from '#libs/read-audit';
import { openSealing, type MasterKey, type Sealing } from '#libs/privacy';
import { Queues, queueStore } from '#libs/queues';
import { WakeUps } from '#libs/wake-ups';
import { HostsOfPartners, WebhookSender, WebhookSubscriptions } from '#libs/webhooks';
import { follower, followers, type FollowerParts } from './followers.js';
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
  readonly checkpoints: Checkpoints;
  readonly webhookSender: WebhookSender;
  readonly exchange: Exchange;
  /** Everything that goes on by itself until it is stopped. */
  readonly activities: readonly Activity[];
  /** Begins to do what the queues call for. */
  work(): Promise<void>;
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
const context = contextOf(1);

const relayEveryMs = 30_000;
/** How often other systems are asked what has changed there. */
const pullEveryMs = 2_000;
/** A page of a thousand cases takes its time. */
const exchangePatienceMs = 60_000;
/** How often it is looked whether a checkpoint of the log is due. */
const checkpointLookEveryMs = 10_000;
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
  const sealing = await openSeals(configuration, database);
  const commands = openCommands(sealing, database, clock, pathways);
  commands.onCommit(wakeUps.afterCommit);

  const inside = { database, context, clock, log };
  const mailer = openMail(configuration, closing);
  const mayCreate = configuration.environment !== 'production';
  const checkpoints = await openCheckpoints(configuration.checkpoints, { ...inside, mailer, mayCreate });
  const notifier = new Notifier({ ...inside, link: configuration.publicUrl, ...(mailer && { mailer }) });
  const relay = new DeadlineRelay(database, context, await queues.queue<WaitingRung>(deadlineQueue), clock);
  const deadlineSweep = new DeadlineSweep({ ...inside, commands });
  const closingSweep = new ClosingSweep({ ...inside, commands, pathways });
  const notificationSweep = new NotificationSweep(database, context, notifier, clock);
  const webhookSender = openWebhooks({ ...inside, masterKey: sealing.masterKey }, configuration, closing);
  const sealed = { sealer: sealing.sealer, commands, pathways, codes: new ExchangeCodes(inside) };
  const exchange = openExchange({ ...inside, ...sealed }, configuration, closing);
  const sweepEveryMs = configuration.sweepSeconds * 1_000;
  const rounds = [
    new Rounds('deadline relay', relayEveryMs, () => relay.relayOnce(), log),
    new Rounds('deadline sweep', sweepEveryMs, () => deadlineSweep.sweepOnce(), log),
    new Rounds('closing facilities', sweepEveryMs, () => closingSweep.sweepOnce(), log),
    new Rounds('notification sweep', sweepEveryMs, () => notificationSweep.sweepOnce(), log),
    new Rounds('checkpoints', checkpointLookEveryMs, () => checkpoints.roundOnce(), log),
    new Rounds('webhooks', sweepEveryMs, () => webhookSender.sweepOnce(), log),
    // Each target goes round by itself: one that does not answer holds up no other.
    ...exchange.works.flatMap(({ target: { id }, sender, puller }) => [
      new Rounds(`exchange sweep ${id}`, sweepEveryMs, () => sender.sweepOnce(), log),
      new Rounds(`exchange pull ${id}`, pullEveryMs, () => puller.pullOnce(), log),
    ]),
  ];
  return {
    log,
    queues,
    wakeUps,
    relay,
    deadlineSweep,
    closingSweep,
    notificationSweep,
    checkpoints,
    webhookSender,
    exchange,
    activities: [
      heartbeat(database, context, 'worker', log),
      ...followers.map((follow) => follow(inside)),
      ...(exchange.works.length === 0 ? [] : [follower(exchange.projection)(inside)]),
      ...(overrides.byHand === true ? [] : rounds),
    ],
    work: async () => {
      queues.work<WaitingRung>(deadlineQueue, deadlineProcessor(commands, clock, log), deadlinesAtOnce);
      queues.work<OwedNotice>(notificationQueue, notificationProcessor(notifier), noticesAtOnce);
      await exchange.work(queues);
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

function openSeals({ environment, masterKeys }: Configuration, database: Database): Promise<Sealing> {
  const options = { mayCreate: environment !== 'production', elsewhere: wrappedElsewhere };
  return openSealing(database, context, masterKeys, options);
}

function openCommands(sealing: Sealing, database: Database, clock: Clock, pathways: PathwayRegistry): CaseCommands {
  const sharing = loadSharingPolicy();
  return new CaseCommands({ database, pathways, ...sealing, clock, calendar: cambodia, context, sharing });
}

function openWebhooks(
  inside: FollowerParts & { masterKey: MasterKey },
  { environment, outboundHosts }: Configuration,
  closing: Closing,
): WebhookSender {
  const outbound = closing.later(new OutboundHttp({ mayReachLoopback: environment !== 'production' }), (each) =>
    each.close(),
  );
  const hosts = new HostsOfPartners(outboundHosts);
  return new WebhookSender({
    ...inside,
    hosts,
    outbound,
    subscriptions: new WebhookSubscriptions({ ...inside, hosts }),
  });
}

function openExchange(
  inside: Omit<
    ConstructorParameters<typeof Exchange>[0],
    'calendar' | 'sharing' | 'readAudit' | 'targets' | 'outbound'
  >,
  { environment, exchangeTargets: targets }: Configuration,
  closing: Closing,
): Exchange {
  const settings = { mayReachLoopback: environment !== 'production', patienceMs: exchangePatienceMs };
  const outbound = closing.later(new OutboundHttp(settings), (each) => each.close());
  const readAudit = new ReadAudit(inside);
  return new Exchange({ ...inside, calendar: cambodia, sharing: loadSharingPolicy(), readAudit, targets, outbound });
}

function openMail({ mail }: Configuration, closing: Closing): Mailer | undefined {
  return mail === undefined ? undefined : closing.later(new Mailer(mail), (mailer) => mailer.close());
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
