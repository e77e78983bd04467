import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { newChild } from '../faults/exchange/child.js';
import { Desk } from '../faults/exchange/desk.js';
import { fillExchangeDirectory } from '../faults/exchange/directory.js';
import { Ours } from '../faults/exchange/ours.js';
import { Partners } from '../faults/exchange/partners.js';
import { acrossToOscar } from '../faults/exchange/stories/across-to-oscar.js';
import { acrossToPrimero } from '../faults/exchange/stories/across-to-primero.js';
import { askOscar } from '../faults/exchange/stories/ask-oscar.js';
import { askPrimero } from '../faults/exchange/stories/ask-primero.js';
import type { Story } from '../faults/exchange/stories/story.js';
import { World } from '../faults/exchange/world.js';
import { Stage } from '../faults/installation/stage.js';
import { Random } from '../simulators/shared/random.js';
import { rounded, type Figures, type Progress } from './figures.js';

/** Answers of each kind. */
const answers = 100;
/** Stories that go on at the same time, of each kind. */
const lanes = 3;
const requestsPerSecond = 20;
const seed = 1;
const patienceMs = 20 * 60_000;

const kinds: readonly (readonly [figure: string, answer: string, story: Story])[] = [
  ['oscarToPrimero', 'OSCaR to Primero', acrossToOscar],
  ['primeroToOscar', 'Primero to OSCaR', acrossToPrimero],
  ['oscarToUs', 'OSCaR to us', askOscar],
  ['primeroToUs', 'Primero to us', askPrimero],
];

/** A referral is answered on one side and shows on the other in under five seconds, at the median. */
const limits = Object.fromEntries(kinds.map(([figure]) => [`${figure}P50Ms`, 5_000]));

/**
 * How long an answer to a referral takes from one system to the other, and from each of them to us: API and worker as
 * processes with their usual settings, both systems simulated, all over HTTP and the clock of the machine.
 */
export async function exchange(progress: Progress): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'spean-bench-exchange-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })];
  try {
    const partners = await Partners.start({ seed, faults: { primero: [], oscar: [] }, requestsPerSecond });
    closing.unshift(() => partners.close());
    const settings = {
      ...(await partners.settings(path.join(folder, 'targets.yaml'))),
      SPEAN_SWEEP_SECONDS: undefined,
    };
    const stage = await Stage.open('redis', settings);
    closing.unshift(() => stage.close());
    await stage.asAdmin(fillExchangeDirectory);
    await stage.start();
    const ours = new Ours(stage);
    closing.unshift(() => ours.close());
    const world = new World(partners, ours, new Desk(stage), AbortSignal.timeout(patienceMs));
    await Promise.all(kinds.map(([, answer, story], kind) => playUntil(world, { answer, story, kind }, progress)));
    return { figures: figuresOf(world), targets: {}, limits };
  } finally {
    for (const step of closing) await step();
  }
}

async function playUntil(
  world: World,
  { answer, story, kind }: { answer: string; story: Story; kind: number },
  progress: Progress,
): Promise<void> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while ((world.answerMs.get(answer)?.length ?? 0) < answers) {
      const number = begun * kinds.length + kind;
      begun += 1;
      const random = new Random(seed * 1_000_003 + number);
      await story(world, newChild(random, number), random);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  progress(`${answer}: ${world.answerMs.get(answer)?.length} answers`);
}

function figuresOf(world: World): Record<string, number> {
  const figures = kinds.flatMap(([figure, answer]): [string, number][] => {
    const times = world.answerMs.get(answer)?.toSorted((one, other) => one - other) ?? [];
    const at = (share: number) => rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN);
    return [
      [`${figure}Answers`, times.length],
      [`${figure}P50Ms`, at(0.5)],
      [`${figure}P99Ms`, at(0.99)],
    ];
  });
  return { ...Object.fromEntries(figures), requestsPerSecond };
}
