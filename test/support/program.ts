import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import pg from 'pg';

import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import type { WorkerParts } from '../../apps/worker/src/parts.js';
import { PARTS, Worker } from '../../apps/worker/src/worker.js';
import { parseInstant, plus, type Duration, type Instant } from '#libs/calendar';
import { readConfiguration } from '#libs/configuration';
import type { CaseView } from '#libs/read-models';

import { freshDatabase } from './database.js';
import { fillDirectory, type Directory } from './directory.js';
import { eventually } from './eventually.js';
import { scenarioLog } from './evidence.js';
import { HttpClient } from './http-client.js';
import { storeOf, wipeQueues } from './queues.js';
import { SignIns } from './sign-ins.js';
import { VirtualClock } from './virtual-clock.js';

export type DeadlineView = CaseView['deadlines'][number];

/** A rung that was reached, and who found a notice of it in their inbox. */
export interface Escalation {
  readonly deadline: string;
  readonly rung: number;
  /** When its time came, and when the program reached it. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly recipients: readonly string[];
  readonly overdue: boolean;
  readonly action: string | null;
  readonly told: readonly string[];
}

/** The whole program, API and worker, on a database and queues of its own, at a time that the test tells. */
export interface Program {
  now(): Instant;
  as(staffId: string): HttpClient;
  /** Lets time pass, with everything that happens by itself on the way, each thing at its own time. */
  advance(duration: Duration): Promise<void>;
  advanceTo(instant: string): Promise<void>;
  deadlines(caseId: string): Promise<DeadlineView[]>;
  /** The deadline with this key (`DA05.1`), or the latest one with this definition (`DA05`). */
  deadline(caseId: string, definition: string): Promise<DeadlineView | undefined>;
  /** In the order of time; of one deadline (`DA05.1`), of one definition (`DA05`) or of all. */
  escalations(caseId: string, of?: string): Promise<Escalation[]>;
  /** What the worker does all the time where there are other systems: sends what is owed to them, reads what changed there. */
  exchange(): Promise<void>;
  stop(): Promise<void>;
}

const zone = 'Asia/Phnom_Penh';

/**
 * @param start when the story begins. Queues are on Redis; `SPEAN_TEST_QUEUE=postgresql` puts them on PostgreSQL.
 * @param settings of the program, beside those of every story
 * @param log where API and worker write what they do; absent: nowhere, but for a run that leaves evidence
 */
export async function startProgram(
  start: string,
  directory: Directory,
  log = scenarioLog(),
  settings: NodeJS.ProcessEnv = {},
): Promise<Program> {
  const [fresh, folder] = await Promise.all([freshDatabase(), mkdtemp(path.join(tmpdir(), 'spean-'))]);
  await fillDirectory(fresh, { agencies: [...directory.agencies, home], staff: [...directory.staff, observer] });
  const clock = new VirtualClock(start);
  const store = storeOf(process.env['SPEAN_TEST_QUEUE'] === 'postgresql' ? 'postgresql' : 'redis', fresh);
  const redis = store.kind === 'redis' ? { REDIS_URL: store.url } : {};
  const configuration = readConfiguration({ NODE_ENV: 'test', SPEAN_DATA_DIR: folder, ...redis, ...settings });
  const parts = { clock, urls: fresh.urls, queuePrefix: fresh.name, log };
  const api = await createApi(configuration, parts);
  const work = await createWorker(configuration, { ...parts, byHand: true });
  const worker = work.get(Worker);
  const database = new pg.Client({ connectionString: fresh.urls.admin });
  await database.connect();

  /** Those of the present moment; wake-ups that sleep by the machine's clock are dropped, as the virtual one is ahead. */
  const fireRungs = async (): Promise<void> => {
    await worker.idle();
    await wipeQueues(store, fresh.name);
    await worker.relayOnce();
    await worker.idle();
    // A notice that the last rung owed may only now be in the queue.
    await worker.idle();
  };

  const advanceTo = async (to: string): Promise<void> => {
    const instant = parseInstant(to);
    for (let rung = await nextRung(database); rung !== undefined && rung <= instant; rung = await nextRung(database)) {
      if (rung > clock.now()) clock.set(rung);
      await fireRungsOf(rung, fireRungs, database);
    }
    clock.set(instant);
    await worker.idle();
  };

  const signIns = new SignIns(api, clock, fresh.urls.admin);
  const as = (staffId: string) => new HttpClient(api, signIns, staffId);
  const deadlines = (caseId: string) => as(observer.id).get<DeadlineView[]>(`/cases/${caseId}/deadlines`);
  return {
    now: () => clock.now(),
    as,
    advance: (duration) => advanceTo(plus(clock.now(), duration, zone)),
    advanceTo,
    deadlines,
    deadline: async (caseId, wanted) =>
      (await deadlines(caseId))
        .filter(({ deadline }) => isOf(deadline, wanted))
        .sort(byNumber)
        .at(-1),
    escalations: async (caseId, of) =>
      (await raised(database, caseId)).filter(({ deadline }) => of === undefined || isOf(deadline, of)),
    exchange: async () => {
      const { exchange } = work.get<WorkerParts>(PARTS);
      await eventually(() => assertFollowed(database));
      await exchange.sweepOnce();
      await exchange.pullOnce();
      await worker.idle();
    },
    stop: async () => {
      await database.end();
      await work.close();
      await api.close();
      await Promise.all([fresh.drop(), rm(folder, { recursive: true })]);
    },
  };
}

/** Sees every case, as the program itself does, so that a test need not ask as somebody of the story. */
const home = { id: 'spean', type: 'program' };
const observer = { id: 'observer', agency: home.id, roles: ['SYSTEM'] };

const isOf = (deadline: string, wanted: string): boolean => deadline === wanted || deadline.startsWith(`${wanted}.`);

const numberOf = ({ deadline }: DeadlineView): number => Number(deadline.split('.').at(-1));
const byNumber = (one: DeadlineView, other: DeadlineView): number => numberOf(one) - numberOf(other);

const attempts = 5;

/** A hint given with the last command may fall asleep in the queue at the same moment, and is dropped the next time. */
async function fireRungsOf(rung: Instant, fireRungs: () => Promise<void>, database: pg.Client): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await fireRungs();
    const next = await nextRung(database);
    if (next === undefined || next > rung) return;
  }
  throw new Error(`nothing happened when a rung was reached at ${rung}`);
}

/** @throws Error while the exchange has not heard of every event */
async function assertFollowed(database: pg.Client): Promise<void> {
  const { rows } = await database.query(
    `SELECT FROM events e WHERE NOT EXISTS (SELECT FROM checkpoints c
       WHERE c.projection = 'exchange_owed' AND (c.txid, c.position) >= (e.txid, e.position)) LIMIT 1`,
  );
  if (rows.length > 0) throw new Error('the exchange is behind');
}

async function nextRung(database: pg.Client): Promise<Instant | undefined> {
  const { rows } = await database.query<{ next: Date | null }>(
    `SELECT min(next_rung_at) AS next FROM deadlines WHERE status = 'armed'`,
  );
  return rows[0]?.next?.toISOString();
}

async function raised(database: pg.Client, caseId: string): Promise<Escalation[]> {
  const { rows } = await database.query<Omit<Escalation, 'at' | 'recordedAt'> & { at: Date; recordedAt: Date }>(
    `SELECT e.deadline, e.rung, e.raised_at AS at, raised.recorded_at AS "recordedAt", e.recipients, e.overdue, e.action,
       ARRAY(SELECT recipient FROM inbox i
             WHERE i.tenant_id = e.tenant_id AND i.stream_id = e.stream_id AND i.version = e.version
             ORDER BY recipient) AS told
     FROM escalations e JOIN events raised USING (tenant_id, stream_id, version)
     WHERE e.stream_id = $1 ORDER BY e.raised_at, e.version`,
    [caseId],
  );
  return rows.map(({ at, recordedAt, ...escalation }) => ({
    ...escalation,
    at: at.toISOString(),
    recordedAt: recordedAt.toISOString(),
  }));
}
