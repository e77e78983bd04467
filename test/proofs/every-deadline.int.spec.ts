import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { milliseconds } from '#libs/calendar';
import { WokenProgram, type Waking } from './waking.js';
import { watchEveryDeadline, type Watched } from './watched-deadlines.js';

/** The sweep leaves the first second to the wake-ups. */
const GRACE_MS = 1_000;

const ways: [string, Waking][] = [
  ['BullMQ alone', { wakeUps: true, sweep: false }],
  ['the sweep alone', { wakeUps: false, sweep: true }],
  ['both at once', { wakeUps: true, sweep: true }],
];

let watched: Watched[];
beforeAll(() => {
  watched = watchEveryDeadline();
}, 200_000);

describe.each(ways)('SR-09: every deadline, woken by %s', (_, waking) => {
  let program: WokenProgram;
  beforeAll(async () => {
    program = await WokenProgram.start();
    await program.live(watched, waking);
  }, 400_000);
  afterAll(() => program.stop());

  it('reaches each rung once, at its time, and tells of it once', async () => {
    expect(watched.length).toBeGreaterThanOrEqual(77 + 12);
    for (const each of watched) {
      const reached = await program.reached(each, 'RungReached');
      const told = await program.reached(each, 'EscalationRaised');
      const rungs = (logged: typeof reached) => logged.map(({ rung, at }) => ({ rung, at }));
      expect([each.name, rungs(reached), rungs(told)]).toEqual([each.name, each.rungs, each.rungs]);
      for (const { at, recordedAt } of reached) expect(milliseconds(at, recordedAt)).toBeLessThanOrEqual(GRACE_MS);
    }
  });
});
