import { errorName } from '#libs/background';
import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext, Queryable, Transaction } from '#libs/database';
import type { Log } from '#libs/logging';

import {
  checkpointIn,
  following,
  sha256,
  type Checkpoint,
  type Findings,
  type RowsDigest,
  type SignedCheckpoint,
} from './checkpoint.js';
import {
  checkpointsAfter,
  keep,
  lastCheckpoint,
  mayTake,
  noteDelivered,
  noteFailed,
  sinkStates,
  type SinkState,
} from './checkpoint-store.js';
import { eventsRecordedBefore } from './late-events.js';
import { headsOfStreams } from './log-heads.js';
import type { SigningKey } from './signing-key.js';
import type { CheckpointSink } from './sinks/sink.js';
import { headLines, readDigests } from './windows.js';

export interface CheckpointParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly log: Log;
  readonly key: SigningKey;
  readonly sinks: readonly CheckpointSink[];
}

/** Whichever comes first, as long as anything was added at all. */
const everyMs = 5 * 60_000;
const everyRows = 1_000;
/** Where nothing happens, one a day says that nothing did: a sink that stays silent for longer is a sink that fails. */
const atLeastEveryMs = 24 * 3_600_000;

/** Delivered to a sink in one go at most; the rest follows with the next round. */
const deliveredAtOnce = 100;

/** What was added since a cut, counted no further than it matters. */
const addedText = `SELECT (SELECT count(*) FROM (SELECT FROM events WHERE txid >= $1 AND tenant_id = $2 LIMIT ${everyRows}) e)
  + (SELECT count(*) FROM (SELECT FROM read_audit WHERE txid >= $1 AND tenant_id = $2 LIMIT ${everyRows}) r) AS added`;

/** Below it no transaction runs any more, so nothing can be added there. */
const cutText = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + txid_base() AS cut';

/**
 * Takes signed checkpoints of the log and hands them to the sinks. A sink that fails holds up neither the others nor the
 * taking; what it missed is handed over once it works again.
 */
export class Checkpoints {
  readonly #parts: CheckpointParts;

  constructor(parts: CheckpointParts) {
    this.#parts = parts;
  }

  /** Takes one if it is time, and hands over what a sink has not got yet. */
  async roundOnce(): Promise<void> {
    await this.#inTurn(async (tx) => ((await this.#isDue(tx)) ? this.#take(tx) : undefined));
    await this.deliver();
  }

  /**
   * Takes one now, whatever the time. Undefined when another process is taking one at this moment, and when a
   * transaction that runs long, in whichever database of the server, keeps the cut behind events recorded minutes ago: a
   * checkpoint that left them out would call them backdated for good.
   */
  async take(): Promise<Checkpoint | undefined> {
    return this.#inTurn((tx) => this.#take(tx));
  }

  /** Hands every sink what it has not got yet. */
  async deliver(): Promise<SinkState[]> {
    const { database, context, sinks } = this.#parts;
    const states = await database.read(context, sinkStates);
    await Promise.all(
      sinks.map((sink) => this.#deliverTo(sink, states.find((state) => state.sink === sink.name)?.deliveredUpTo)),
    );
    const names = sinks.map(({ name }) => name);
    return (await database.read(context, sinkStates)).filter(({ sink }) => names.includes(sink));
  }

  async #inTurn<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result | undefined> {
    const { database, context } = this.#parts;
    return database.unitOfWork.run(context, async (tx) => ((await mayTake(tx)) ? work(tx) : undefined));
  }

  async #isDue(tx: Transaction): Promise<boolean> {
    const before = await lastCheckpoint(tx);
    if (before === undefined) return true;
    const { takenAt, cut } = checkpointIn(before);
    const ageMs = Date.parse(this.#parts.clock.now()) - Date.parse(takenAt);
    if (ageMs >= atLeastEveryMs) return true;
    const [row] = await tx.query<{ added: number }>('checkpoint_added', addedText, [cut, tx.context.tenant]);
    const added = row?.added ?? 0;
    return added >= everyRows || (added > 0 && ageMs >= everyMs);
  }

  async #take(tx: Transaction): Promise<Checkpoint | undefined> {
    const { key, clock, log } = this.#parts;
    const before = await lastCheckpoint(tx);
    const from = before === undefined ? 0 : checkpointIn(before).cut;
    const { heads, ...found } = await this.#look(tx, from);
    const takenAt = clock.now();
    const [leftOut] = await eventsRecordedBefore(tx, takenAt, { cut: found.cut, atMost: 1 });
    if (leftOut !== undefined) {
      log.error('no checkpoint can be taken while a transaction runs for minutes', {});
      return undefined;
    }
    const findings: Findings = { takenAt, heads: sha256(heads), ...found };
    const checkpoint = following(before, findings, { tenant: tx.context.tenant, key: key.publicKey.id });
    const signed = JSON.stringify(checkpoint);
    keep(tx, checkpoint, { signed, signature: key.sign(signed), heads });
    return checkpoint;
  }

  /** Statement by statement, as what lies below the cut stands still. */
  async #look(queries: Queryable, from: number) {
    const [row] = await queries.query<{ cut: number }>('checkpoint_cut', cutText);
    const cut = row?.cut ?? from;
    const [log, [heads], [reads]] = await Promise.all([
      headsOfStreams(queries, cut),
      headLines(queries, [from, cut]),
      readDigests(queries, [from, cut]),
    ]);
    return { cut, ...log, heads: heads as string, reads: reads as RowsDigest };
  }

  async #deliverTo(sink: CheckpointSink, known: number | undefined): Promise<void> {
    const { database, context, clock, log } = this.#parts;
    let deliveredUpTo = known ?? (await this.#beginningFor(sink));
    try {
      const open = await database.read(context, (queries) => checkpointsAfter(queries, deliveredUpTo, deliveredAtOnce));
      for (const { sequence, ...checkpoint } of open) {
        await sink.deliver(sequence, checkpoint satisfies SignedCheckpoint);
        await database.unitOfWork.run(context, (tx) => noteDelivered(tx, sink.name, sequence));
        deliveredUpTo = sequence;
      }
    } catch (error) {
      log.error('a checkpoint cannot be delivered', { error });
      const failure = { at: clock.now(), because: errorName(error) };
      await database.unitOfWork.run(context, (tx) => noteFailed(tx, { sink: sink.name, deliveredUpTo }, failure));
    }
  }

  async #beginningFor(sink: CheckpointSink): Promise<number> {
    if (sink.fromTheFirst) return 0;
    const newest = await this.#parts.database.read(this.#parts.context, lastCheckpoint);
    return (newest?.sequence ?? 1) - 1;
  }
}
