import { setTimeout as pause } from 'node:timers/promises';

import type { Stage } from '../installation/stage.js';

export interface Unsettled {
  readonly owed: number;
  readonly pending: number;
}

const patienceMs = 4 * 60_000;
/** Everything stays quiet that long: what came in with the last reading may owe something again (milliseconds). */
const quietMs = 8_000;

const openText = `SELECT
  (SELECT count(*)::int FROM exchange_owed WHERE parked_at IS NULL) AS owed,
  (SELECT count(*)::int FROM sent_records WHERE state = 'pending') AS pending`;

/** Waits until nothing is owed to anybody any more, or until there was more than time enough. @returns what is left */
export function settleExchange(stage: Stage, stop: AbortSignal): Promise<Unsettled> {
  return stage.asAdmin(async (client) => {
    const deadline = performance.now() + patienceMs;
    for (let quietSince: number | undefined; ; await pause(500, undefined, { signal: stop })) {
      const { rows } = await client.query<Unsettled>(openText);
      const [left = { owed: 0, pending: 0 }] = rows;
      const now = performance.now();
      const quiet = left.owed + left.pending === 0;
      quietSince = quiet ? (quietSince ?? now) : undefined;
      if (now > deadline || (quietSince !== undefined && now - quietSince > quietMs)) return left;
    }
  });
}
