import { setTimeout as pause } from 'node:timers/promises';

import { judgeEscalations } from '../check/escalations.js';
import { judgeNotices } from '../check/notices.js';
import type { Drill, Surroundings } from '../drill.js';
import { gather } from '../evidence.js';
import { peopleMeant, workerIds } from '../installation/directory.js';
import { settle } from '../installation/settle.js';
import { Stage } from '../installation/stage.js';
import { Counter } from '../load/counter.js';
import { Ledger } from '../load/ledger.js';
import { openSurvivorCase } from '../load/opening.js';
import { DeadlineJobs } from './deadline-jobs.js';
import { readOptions } from './options.js';

const hourMs = 60 * 60_000;
/** DA05 and DA07 are due this long after the exposure, and reminded of at half the time. */
const windowHours = 72;
const rungsPerCase = 2;
/** Time for the cases to be opened before the first of them comes due: longer for more of them. */
const openingMs = (cases: number): number => 15_000 + cases * 120;
/** Rungs are spread over this time, so that the second flush meets some at work and some still waiting. */
const spreadMs = 10_000;

/**
 * Empties Redis twice: once while every wake-up waits in it, once while they are being worked on. Then looks whether each
 * rung was reached once, and everybody was told of it once.
 */
export const flushDrill: Drill = async (args, surroundings) => {
  const { pending } = readOptions(args);
  const started = performance.now();
  surroundings.say('starting database, Redis, API and worker');
  const stage = await Stage.open('redis');
  const jobs = new DeadlineJobs(stage.redisUrl ?? '');
  try {
    await stage.start();
    const flushes = await flushTwice(stage, jobs, Math.ceil(pending / rungsPerCase), surroundings);
    const verdict = await judge(stage, surroundings);
    const report = { ...flushes, ...verdict, seconds: Math.round((performance.now() - started) / 1000) };
    const faults = [report.escalations, report.notices].flatMap(({ lost, doubled }) => [lost, doubled]);
    const tried = flushes.waitingBefore >= pending && flushes.flushedAtWork > 0 && report.escalations.raised >= pending;
    if (!tried) surroundings.say('Too little waited in Redis when it was emptied: this run proves nothing');
    return { passed: tried && faults.concat(report.escalations.unfounded).every((count) => count === 0), report };
  } finally {
    await jobs.close();
    await stage.close();
  }
};

async function flushTwice(stage: Stage, jobs: DeadlineJobs, cases: number, { say, stop }: Surroundings) {
  const firstDue = Date.now() + openingMs(cases);
  await openCases(stage, cases, firstDue);
  if (Date.now() >= firstDue) throw new Error('opening the cases took longer than their deadlines');
  const waitingBefore = await jobs.waiting();
  await jobs.flush();
  const waitingAfter = await jobs.waiting();
  say(`Redis emptied with ${waitingBefore} wake-ups waiting; ${waitingAfter} are left`);
  await pause(firstDue + spreadMs / 2 - Date.now(), undefined, { signal: stop });
  const flushedAtWork = await jobs.flush();
  say(`Redis emptied again, while deadlines came due: ${flushedAtWork} keys`);
  await pause(firstDue + spreadMs - Date.now(), undefined, { signal: stop });
  return { cases, waitingBefore, waitingAfter, flushedAtWork };
}

async function openCases(stage: Stage, cases: number, firstDue: number): Promise<void> {
  const counter = new Counter(stage.address, stage.api, new Ledger(), true);
  let left = cases;
  await Promise.all(
    workerIds.map(async (worker) => {
      while (left > 0) {
        left -= 1;
        const due = firstDue + Math.random() * spreadMs;
        await openSurvivorCase(counter, worker, new Date(due - windowHours * hourMs).toISOString());
      }
    }),
  );
}

async function judge(stage: Stage, { stop, say }: Surroundings) {
  const until = await settle(stage, stop);
  await stage.stop();
  const { events, escalations: rows, outbox, inbox, owners } = await gather(stage);
  const escalations = judgeEscalations(events, rows, until);
  const notices = judgeNotices(events, outbox, inbox, ({ streamId, data }) =>
    peopleMeant(data['recipients'] as string[], owners.get(streamId) ?? ''),
  );
  for (const { lost, doubled } of [escalations, notices]) {
    for (const each of [...lost, ...doubled].slice(0, 5)) say(`not reached or told exactly once: ${each}`);
  }
  return { escalations: counted(escalations), notices: counted(notices) };
}

/** Lists become the number of what they hold. */
function counted<Verdict extends object>(verdict: Verdict): { [Key in keyof Verdict]: number } {
  const entries = Object.entries(verdict).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) ? value.length : value,
  ]);
  return Object.fromEntries(entries) as { [Key in keyof Verdict]: number };
}
