import { describe, expect, it } from '@jest/globals';

import { createLog } from '#libs/logging';
import { Rounds } from './rounds.js';

const log = createLog('test', 'silent');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('rounds', () => {
  it('follow each other, also after one that failed, and never overlap', async () => {
    let count = 0;
    let under = 0;
    let most = 0;
    const rounds = new Rounds(
      'count',
      1,
      async () => {
        count += 1;
        under += 1;
        most = Math.max(most, under);
        await pause(3);
        under -= 1;
        if (count === 1) throw new Error('first');
      },
      log,
    );
    rounds.start();
    while (count < 3) await pause(1);
    await rounds.stop();
    const stopped = count;
    expect(under).toBe(0);
    expect(most).toBe(1);
    await pause(20);
    expect(count).toBe(stopped);
  });
});
