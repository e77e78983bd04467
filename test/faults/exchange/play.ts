import { setTimeout as pause } from 'node:timers/promises';

import type { Surroundings } from '../drill.js';
import { Random } from '../../simulators/shared/random.js';
import { newChild } from './child.js';
import type { Expectation } from './expectation.js';
import type { Killing } from './killing.js';
import { stories } from './stories/index.js';
import { Stuck, type World } from './world.js';

/** Stories that go on at the same time: the more there are, the more of them. */
const atOnce = (messages: number): number => Math.min(250, Math.max(40, Math.ceil(messages / 12)));
/** Stories begin as the killing goes on, so that there is work to be killed at from first to last. */
const ahead = 0.15;
const waitMs = 250;
const sayEveryMs = 10_000;

export interface Played {
  readonly expected: readonly Expectation[];
  /** Stories that did not come to their end, each with what it waited for. */
  readonly stuck: readonly string[];
}

/** Plays stories side by side until that many things have happened; those that are under way come to their end. */
export async function play(
  world: World,
  { messages, seed, killing }: { messages: number; seed: number; killing: Killing },
  { say, stop }: Surroundings,
): Promise<Played> {
  const expected: Expectation[] = [];
  const stuck: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (world.messages < messages && !stop.aborted) {
      if (world.messages > messages * (killing.share + ahead)) {
        await pause(waitMs);
        continue;
      }
      const number = begun;
      begun += 1;
      const [story, tell] = stories[number % stories.length]!;
      const random = new Random(seed * 1_000_003 + number);
      try {
        expected.push({ story, ...(await tell(world, newChild(random, number), random)) });
      } catch (error) {
        if (!(error instanceof Stuck)) throw error;
        stuck.push(`${story}: ${error.message}`);
      }
    }
  };
  const progress = setInterval(() => {
    say(
      `${killing.killed} kills, ${world.messages} messages, ${expected.length} stories told; waiting ${world.waiting || 'for nothing'}`,
    );
  }, sayEveryMs);
  try {
    await Promise.all(Array.from({ length: atOnce(messages) }, lane));
  } finally {
    clearInterval(progress);
  }
  return { expected, stuck };
}
