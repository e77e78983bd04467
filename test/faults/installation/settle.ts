import { setTimeout as pause } from 'node:timers/promises';

import type { Stage } from './stage.js';

/** A notice whose sender was killed is free again after two minutes; what failed meanwhile waits a little longer. */
const patienceMs = 5 * 60_000;
/** Nothing may come due between the last look and the judgement (seconds). */
const quietSeconds = 60;

const openWorkText = `SELECT
  (SELECT count(*) FROM deadlines WHERE status = 'armed' AND next_rung_at <= clock_timestamp() + interval '${quietSeconds} s')
  + (SELECT count(*) FROM outbox WHERE done_at IS NULL) AS open,
  extract(epoch FROM clock_timestamp()) * 1000 AS now`;

/**
 * Waits until nothing is due any more and everybody was told, or until there was more than time enough.
 *
 * @returns the moment of the last look, milliseconds since 1970 by the clock of the database
 */
export function settle(stage: Stage, stop: AbortSignal): Promise<number> {
  return stage.asAdmin(async (client) => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { rows } = await client.query<{ open: string; now: string }>(openWorkText);
      const [look] = rows;
      if (Number(look?.open) === 0 || performance.now() > deadline) return Number(look?.now);
      await pause(500, undefined, { signal: stop });
    }
  });
}
