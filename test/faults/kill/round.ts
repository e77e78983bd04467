import type { QueueBackend } from '#libs/queues';

import type { Surroundings } from '../drill.js';
import { Counter } from '../load/counter.js';
import { workerIds } from '../installation/directory.js';
import { anyOfThem, apiAlone, killAgainAndAgain, type Killing } from './killing.js';
import { Ledger } from '../load/ledger.js';
import { Stage } from '../installation/stage.js';
import { Writer, type Cases } from './writer.js';

export interface RoundOptions {
  readonly backend: QueueBackend;
  readonly kills: number;
  /** Whether the writers send idempotency keys. */
  readonly keys: boolean;
}

/** An installation, the load on it, and what the writers were told. */
export interface Round {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly killing: Killing;
  readonly seconds: number;
}

const casesAtFirst = 24;

/** Puts a new installation under load, kills it as often as asked, and leaves it running with no load. */
export async function playRound(options: RoundOptions, stages: Stage[], { say, stop }: Surroundings): Promise<Round> {
  const { backend, kills, keys } = options;
  const name = `${backend}${keys ? '' : ', without keys'}`;
  say(`${name}: starting database, queue, API and worker`);
  const stage = await Stage.open(backend);
  stages.push(stage);
  await stage.start();
  const started = performance.now();
  const ledger = new Ledger();
  const counter = new Counter(stage.address, stage.api, ledger, keys);
  const cases: Cases = [];
  const writers = workerIds.map((id) => new Writer(id, counter, cases));
  await openCases(writers);
  const over = new AbortController();
  const working = Promise.all(writers.map((writer) => writer.work(over.signal)));
  // Only the API takes commands, so only its death makes a writer ask twice.
  const plan = { kills, victims: keys ? anyOfThem : apiAlone };
  const progress = (done: number) => {
    if (done % 10 === 0 || done === kills) say(`${name}: ${done} kills, ${ledger.acknowledged} acknowledged`);
  };
  try {
    const killing = await Promise.race([
      killAgainAndAgain(stage, ledger, plan, stop, progress),
      working.then(() => Promise.reject(new Error('the writers stopped by themselves'))),
    ]);
    over.abort();
    await working;
    return { stage, ledger, killing, seconds: (performance.now() - started) / 1000 };
  } finally {
    over.abort();
    working.catch(() => undefined);
  }
}

async function openCases(writers: readonly Writer[]): Promise<void> {
  const each = casesAtFirst / writers.length;
  await Promise.all(
    writers.map(async (writer) => {
      for (let opened = 0; opened < each; opened += 1) await writer.openCase();
    }),
  );
}
