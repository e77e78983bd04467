import { setTimeout as pause } from 'node:timers/promises';

/** Something that callers do over and over, each with a number of its own. */
export interface Contender {
  act(caller: number): Promise<void>;
  close(): Promise<void>;
}

/** Time for pools to fill and for statements to get their lasting plan. */
const warmUpMs = 400;

/** Callers that each act again as soon as they are answered. Hands back how often all of them acted, per second. */
export async function closedLoop(contender: Contender, callers: number, measuredMs: number): Promise<number> {
  let acted = 0;
  let going = true;
  const call = async (caller: number) => {
    while (going) {
      await contender.act(caller);
      acted += 1;
    }
  };
  const calling = Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  const failed = calling.then(() => undefined);
  await Promise.race([pause(warmUpMs), failed]);
  const [before, since] = [acted, performance.now()];
  await Promise.race([pause(measuredMs), failed]);
  const rate = ((acted - before) * 1000) / (performance.now() - since);
  going = false;
  await calling;
  return rate;
}
