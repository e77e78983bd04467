import type { Surroundings } from '../drill.js';
import { Random } from '../../simulators/shared/random.js';
import { newChild } from './child.js';
import type { Expectation } from './expectation.js';
import { stories } from './stories/index.js';
import { Stuck, type World } from './world.js';

/** Stories that go on at the same time. */
const atOnce = 40;
const sayEveryMs = 10_000;

export interface Played {
  readonly expected: readonly Expectation[];
  /** Stories that did not come to their end, each with what it waited for. */
  readonly stuck: readonly string[];
}

/** Plays stories side by side until that many things have happened; those that are under way come to their end. */
export async function play(
  world: World,
  { messages, seed }: { messages: number; seed: number },
  { say, stop }: Surroundings,
): Promise<Played> {
  const expected: Expectation[] = [];
  const stuck: string[] = [];
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (world.messages < messages && !stop.aborted) {
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
    say(`${world.messages} messages, ${expected.length} stories told; waiting ${world.waiting || 'for nothing'}`);
  }, sayEveryMs);
  try {
    await Promise.all(Array.from({ length: atOnce }, lane));
  } finally {
    clearInterval(progress);
  }
  return { expected, stuck };
}
