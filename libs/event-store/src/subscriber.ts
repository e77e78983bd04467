import { isConnectionTrouble, isLostRace, type Database, type DatabaseContext, type Transaction } from '#libs/database';

import { beginningOfFeed, feedChannel, readFeed, type Checkpoint, type FeedEvent } from './feed.js';
import type { Upcast } from './upcasting.js';

/** Something kept up to date from the feed. */
export interface Projection {
  readonly name: string;
  /** Raised when it has to be built anew; each version has a checkpoint of its own. */
  readonly version: number;
  /**
   * Takes the next events in, in the transaction that moves the checkpoint: both happen, once, or neither. It is run
   * again when that transaction fails, so it does nothing outside of it.
   */
  apply(tx: Transaction, events: readonly FeedEvent[]): Promise<void>;
}

export interface SubscriberOptions {
  readonly context: DatabaseContext;
  readonly upcast?: Upcast;
  /** Events taken in by one transaction. */
  readonly batchSize?: number;
  /** How long to wait when no call wakes it, in milliseconds. */
  readonly pollMs?: number;
  /** Told when the projection stops at an event that it cannot take in, and when the database is away. */
  readonly onTrouble?: (trouble: unknown) => void;
}

/** What a step found: more to read, nothing new, another owner at work, or a projection that stands still. */
export type Step = 'advanced' | 'level' | 'owned elsewhere' | 'stopped';

/** The projection has stopped at an event. Others go on; this one goes on when an operator has resumed it. */
export class PoisonEvent extends Error {
  override readonly name = 'PoisonEvent';
  readonly projection: string;
  readonly event: Pick<FeedEvent, 'streamId' | 'version' | 'type'>;

  constructor(projection: string, event: FeedEvent, options: ErrorOptions) {
    super(`${projection} cannot take in version ${event.version} of stream ${event.streamId}`, options);
    this.projection = projection;
    this.event = { streamId: event.streamId, version: event.version, type: event.type };
  }
}

/** The checkpoint was moved by another owner in the meantime; what this one did is rolled back. */
class Fenced extends Error {
  override readonly name = 'Fenced';
}

const defaultBatchSize = 500;
const defaultPollMs = 500;

const lockText = `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS owned`;
const findText = `SELECT txid, position, status FROM checkpoints
  WHERE tenant_id = $1 AND projection = $2 AND version = $3 AND shard = 0`;
const addText = `INSERT INTO checkpoints (tenant_id, projection, version) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
const moveText = `UPDATE checkpoints SET txid = $4, position = $5, updated_at = clock_timestamp()
  WHERE tenant_id = $1 AND projection = $2 AND version = $3 AND shard = 0
    AND txid = $6 AND position = $7 AND status <> 'stopped' RETURNING 1 AS moved`;
const stopText = `UPDATE checkpoints SET status = 'stopped', stopped_stream = $4, stopped_version = $5,
    stopped_because = $6, updated_at = clock_timestamp()
  WHERE tenant_id = $1 AND projection = $2 AND version = $3 AND shard = 0 AND txid = $7 AND position = $8`;
const resumeText = `UPDATE checkpoints SET status = 'live', stopped_stream = NULL, stopped_version = NULL,
    stopped_because = NULL, updated_at = clock_timestamp()
  WHERE tenant_id = $1 AND projection = $2 AND version = $3 AND shard = 0 AND status = 'stopped'`;

/**
 * Follows the feed for one projection. Several processes may run the same: an advisory lock lets one at a time work
 * (a row lock would take a transaction id and hold every reader's horizon back), and moving the checkpoint from where
 * it was read fences one that was overtaken all the same.
 */
export class Subscriber {
  readonly #database: Database;
  readonly #projection: Projection;
  readonly #options: SubscriberOptions;
  #batchSize: number;
  #running: Promise<void> | undefined;
  #stopping = false;
  #wake: () => void = () => undefined;
  #woken = false;

  constructor(database: Database, projection: Projection, options: SubscriberOptions) {
    this.#database = database;
    this.#projection = projection;
    this.#options = options;
    this.#batchSize = options.batchSize ?? defaultBatchSize;
  }

  start(): void {
    this.#running ??= this.#follow();
  }

  /** Lets the step under way end. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeUp();
    await this.#running;
  }

  /** Takes in one batch. */
  async step(): Promise<Step> {
    let failedAt: { events: FeedEvent[]; from: Checkpoint } | undefined;
    try {
      const step = await this.#database.unitOfWork.run(this.#options.context, async (tx) => {
        failedAt = undefined;
        const from = await this.#takeCheckpoint(tx);
        if (typeof from === 'string') {
          return from;
        }
        const events = await readFeed(tx, from, this.#batchSize, this.#options.upcast);
        if (events.length === 0) {
          return 'level';
        }
        failedAt = { events, from };
        await this.#projection.apply(tx, events);
        await this.#move(tx, from, events.at(-1) as FeedEvent);
        return 'advanced';
      });
      this.#batchSize = this.#options.batchSize ?? defaultBatchSize;
      return step;
    } catch (error) {
      if (failedAt === undefined || isPassing(error)) {
        throw error;
      }
      return this.#isolate(failedAt.events, failedAt.from, error);
    }
  }

  async #takeCheckpoint(tx: Transaction): Promise<Checkpoint | Step> {
    const key = this.#key();
    const { name, version } = this.#projection;
    const [[lock], [present]] = await Promise.all([
      tx.query<{ owned: boolean }>('subscriber_lock', lockText, [`spean ${key[0]} ${name} ${version}`]),
      tx.query<Checkpoint & { status: string }>('subscriber_find', findText, key),
    ]);
    if (lock?.owned !== true) {
      return 'owned elsewhere';
    }
    if (present === undefined) {
      tx.send('subscriber_add', addText, key);
      return beginningOfFeed;
    }
    return present.status === 'stopped' ? 'stopped' : present;
  }

  async #move(tx: Transaction, from: Checkpoint, to: Checkpoint): Promise<void> {
    const values = [...this.#key(), to.txid, to.position, from.txid, from.position];
    const moved = await tx.query('subscriber_move', moveText, values);
    if (moved.length === 0) {
      throw new Fenced(`${this.#projection.name} was moved by another owner`);
    }
  }

  /** Halves the batch until the event that can't be taken in stands alone, and stops there. */
  async #isolate(events: readonly FeedEvent[], from: Checkpoint, error: unknown): Promise<Step> {
    const [first, ...others] = events as [FeedEvent, ...FeedEvent[]];
    if (others.length > 0) {
      this.#batchSize = Math.ceil(events.length / 2);
      return 'advanced';
    }
    const because = codeOf(error);
    await this.#database.unitOfWork.run(this.#options.context, (tx) => {
      const values = [...this.#key(), first.streamId, first.version, because, from.txid, from.position];
      tx.send('subscriber_add', addText, this.#key());
      tx.send('subscriber_stop', stopText, values);
    });
    this.#options.onTrouble?.(new PoisonEvent(this.#projection.name, first, { cause: error }));
    return 'stopped';
  }

  async #follow(): Promise<void> {
    const unlisten = this.#database.signals.listen(feedChannel, () => this.#wakeUp());
    while (!this.#stopping) {
      const step = await this.step().catch((error: unknown) => {
        this.#options.onTrouble?.(error);
        return 'level' as const;
      });
      if (step !== 'advanced') {
        await this.#sleep();
      }
    }
    unlisten();
  }

  async #sleep(): Promise<void> {
    if (!this.#woken && !this.#stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#options.pollMs ?? defaultPollMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#woken = false;
  }

  #wakeUp(): void {
    this.#woken = true;
    this.#wake();
  }

  #key(): [number, string, number] {
    return [this.#options.context.tenant, this.#projection.name, this.#projection.version];
  }
}

/** Lets a stopped projection try its event again, for instance after a release that understands it. */
export function resume(tx: Transaction, projection: Pick<Projection, 'name' | 'version'>): void {
  tx.send('subscriber_resume', resumeText, [tx.context.tenant, projection.name, projection.version]);
}

/** Errors that say nothing about the event: they pass by themselves. */
function isPassing(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return error instanceof Fenced || isConnectionTrouble(cause) || isLostRace(cause);
}

/** Its text may quote a child's data, so only its name and code are kept. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'unknown';
  }
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
