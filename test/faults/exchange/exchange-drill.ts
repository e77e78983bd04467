import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Random } from '../../simulators/shared/random.js';
import type { SeenRequest } from '../../simulators/shared/server.js';
import type { Drill, Surroundings } from '../drill.js';
import { examineLog } from '../evidence.js';
import { Stage } from '../installation/stage.js';
import { Desk } from './desk.js';
import { fillExchangeDirectory } from './directory.js';
import { faultsOf } from './faults-of.js';
import { judge, type Verdict } from './judgement.js';
import { Killing } from './killing.js';
import { readOptions, type ExchangeDrillOptions } from './options.js';
import { Ours } from './ours.js';
import { Partners } from './partners.js';
import { plantFault } from './planting.js';
import { play } from './play.js';
import { settleExchange } from './settle.js';
import { Telephone } from './telephone.js';
import { World } from './world.js';

/** A story that still waits when all should be over is stuck (milliseconds). */
const patienceMs = ({ messages, kills }: ExchangeDrillOptions): number => 4 * 60_000 + kills * 4_000 + messages * 100;

/**
 * Lets things happen in Primero, in OSCaR and here, with faults on the way to both and a worker that is killed all the
 * time. When nothing is owed any more, all three must say of each child what the story of that child comes to.
 */
export const exchangeDrill: Drill = async (args, surroundings) => {
  const options = readOptions(args);
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-drill-exchange-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })];
  try {
    surroundings.say('starting Primero, OSCaR, database, Redis, API and worker');
    const partners = await Partners.start({ seed: options.seed, faults: faultsOf, requestsPerSecond: 100 });
    closing.unshift(() => partners.close());
    const stage = await Stage.open('redis', await partners.settings(path.join(folder, 'targets.yaml')));
    closing.unshift(() => stage.close());
    await stage.asAdmin(fillExchangeDirectory);
    await plantFault(stage, options.plant);
    await stage.start();
    return await drill(options, { stage, partners, closing }, surroundings);
  } finally {
    for (const step of closing) await step();
  }
};

interface Scene {
  readonly stage: Stage;
  readonly partners: Partners;
  readonly closing: (() => Promise<unknown>)[];
}

async function drill(options: ExchangeDrillOptions, { stage, partners, closing }: Scene, around: Surroundings) {
  const { messages, kills, seed, plant } = options;
  const started = performance.now();
  const desk = new Desk(stage);
  const ours = new Ours(stage);
  closing.unshift(() => ours.close());
  const telephone = new Telephone(stage, partners, desk);
  closing.unshift(() => telephone.close());
  const giveUp = AbortSignal.any([around.stop, AbortSignal.timeout(patienceMs(options))]);
  const world = new World(partners, ours, desk, giveUp);
  const killing = new Killing(stage, partners, { kills, random: new Random(seed), over: giveUp });
  const { expected, stuck } = await play(world, { messages, seed, killing }, around);
  around.say(`${world.messages} messages have happened; killing goes on, and what is owed is awaited`);
  await killing.done;
  const unsettled = await settleExchange(stage, around.stop);
  const verdict = judge(expected, ours, partners);
  await telephone.close();
  await stage.stop();
  const log = await examineLog(stage);
  tell({ ...verdict, stuck }, around);
  const report = {
    ...{ messages: world.messages, stories: expected.length, kills: killing.killed, seed, plant },
    faults: { primero: faultsIn(partners.primero.requests), oscar: faultsIn(partners.oscar.requests) },
    requests: { primero: partners.primero.requests.length, oscar: partners.oscar.requests.length },
    ...counted(verdict),
    stuck: stuck.length,
    unsettled,
    people: { asked: telephone.asked.size, sentAgain: telephone.sentAgain },
    log: { events: log.verification.events, whole: log.verification.bad === null },
    readModelDifferences: log.differences.length,
    seconds: Math.round((performance.now() - started) / 1000),
  };
  const faults = [...Object.values(counted(verdict)), stuck.length, unsettled.owed, unsettled.pending];
  const whole = report.log.whole && report.readModelDifferences === 0;
  return { passed: whole && killing.killed === kills && faults.every((count) => count === 0), report };
}

const counted = (verdict: Verdict) =>
  Object.fromEntries(Object.entries(verdict).map(([fault, found]) => [fault, (found as string[]).length]));

function faultsIn(requests: readonly SeenRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fault } of requests) if (fault !== undefined) counts[fault] = (counts[fault] ?? 0) + 1;
  return counts;
}

const listed = 8;

function tell(found: Readonly<Record<string, readonly string[]>>, { say }: Surroundings): void {
  for (const [fault, each] of Object.entries(found)) {
    if (each.length > 0) say(`${fault}: ${each.length}\n  ${each.slice(0, listed).join('\n  ')}`);
  }
}
