import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plus, type Instant } from '#libs/calendar';
import { openSpean, type Spean } from '#libs/composition';
import type { MasterKeySources } from '#libs/configuration';
import { deadlineProcessor, deadlineQueue, DeadlineRelay, DeadlineSweep, type WaitingRung } from '#libs/deadlines';
import { enterFacilities, writeDirectory } from '#libs/demonstration';
import { createLog } from '#libs/logging';
import { Queues, type WakeQueue } from '#libs/queues';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { storeOf, wipeQueues } from '../support/queues.js';
import { VirtualClock } from '../support/virtual-clock.js';
import type { Reached } from './ladders.js';
import { BEGINNING } from './rehearsing.js';
import type { Watched } from './watched-deadlines.js';

const log = createLog('test', 'silent');

/** What makes rungs fire when their time has come. */
export interface Waking {
  wakeUps: boolean;
  sweep: boolean;
}

/** A rung as the log holds it: when its time came, and when the program reached it. */
export interface Logged extends Reached {
  recordedAt: Instant;
}

/** The real program with PostgreSQL and Redis on a virtual clock, woken as the test wants. */
export class WokenProgram {
  private constructor(
    private readonly fresh: FreshDatabase,
    private readonly folder: string,
    private readonly spean: Spean,
    private readonly clock: VirtualClock,
    private readonly queues: Queues,
    private readonly queue: WakeQueue<WaitingRung>,
  ) {}

  static async start(): Promise<WokenProgram> {
    const [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-proof-'))]);
    const clock = new VirtualClock(BEGINNING);
    const masterKeys: MasterKeySources = { active: { kind: 'file', file: path.join(folder, 'master.key') } };
    const spean = await openSpean({ databaseUrl: fresh.urls.program, masterKeys, mayCreateMasterKey: true, clock });
    await writeDirectory(spean.database, spean.context);
    await enterFacilities(() => spean.commands, BEGINNING);
    const queues = await Queues.open(storeOf('redis', fresh), { log, prefix: fresh.name });
    const queue = await queues.queue<WaitingRung>(deadlineQueue);
    queues.work(deadlineQueue, deadlineProcessor(spean.commands, clock, log), 8);
    return new WokenProgram(fresh, folder, spean, clock, queues, queue);
  }

  /** Does everything at its moment, and is woken at the moment of every rung; the sweep leaves a second to others. */
  async live(watched: readonly Watched[], waking: Waking): Promise<void> {
    const late = waking.sweep && !waking.wakeUps ? 'PT1S' : 'PT0S';
    const deeds = watched.flatMap(({ deeds: all }) => all);
    const rungs = [...new Set(watched.flatMap(({ rungs: all }) => all.map(({ at }) => at)))];
    const wakings = rungs.map((at) => ({ at: plus(at, late, 'UTC'), run: () => this.#wake(waking) }));
    for (const { at, run } of [...deeds, ...wakings].sort((one, other) =>
      one.at < other.at ? -1 : Number(one.at > other.at),
    )) {
      this.clock.set(at);
      await run(this.spean);
    }
  }

  async #wake({ wakeUps, sweep }: Waking): Promise<void> {
    const { database, context, commands } = this.spean;
    const { clock } = this;
    const sweepOnce = () => new DeadlineSweep({ database, context, commands, clock, log }).sweepOnce();
    const relayOnce = () => new DeadlineRelay(database, context, this.queue, clock).relayOnce();
    if (wakeUps) await wipeQueues(storeOf('redis', this.fresh), this.fresh.name);
    await (wakeUps && sweep
      ? Promise.all([relayOnce(), sweepOnce(), relayOnce(), sweepOnce()])
      : wakeUps
        ? relayOnce()
        : sweepOnce());
    if (wakeUps) await this.#idle();
  }

  async #idle(): Promise<void> {
    while ((await this.queues.countBusy()) > 0) await pause(2);
  }

  /** What the log holds of one deadline, in order. */
  reached({ streamId, deadline }: Watched, type: 'RungReached' | 'EscalationRaised'): Promise<Logged[]> {
    return this.spean.database.read(this.spean.context, (queries) =>
      queries.query<Logged>(
        '',
        `SELECT (data->>'rung')::int AS rung, occurred_at AS at, recorded_at AS "recordedAt" FROM events
         WHERE stream_id = $1 AND data->>'deadline' = $2 AND type = $3 ORDER BY (data->>'rung')::int, version`,
        [streamId, deadline, type],
      ),
    );
  }

  async stop(): Promise<void> {
    await this.queues.close();
    await wipeQueues(storeOf('redis', this.fresh), this.fresh.name);
    await this.spean.close();
    await Promise.all([this.fresh.drop(), rm(this.folder, { recursive: true, force: true })]);
  }
}
