import type { Database, DatabaseContext } from '#libs/database';
import type { Log } from '#libs/logging';
import { Rounds } from './rounds.js';

/** Kinds of process that others rely on. */
export type ProcessKind = 'worker';

const beatEveryMs = 5_000;

const beatText = `INSERT INTO heartbeats (tenant_id, process, at) VALUES ($1, $2, clock_timestamp())
  ON CONFLICT (tenant_id, process) DO UPDATE SET at = excluded.at`;

const ageText = `SELECT (extract(epoch FROM clock_timestamp() - at) * 1000)::float8 AS ms
  FROM heartbeats WHERE tenant_id = $1 AND process = $2`;

/** Rounds that say every few seconds that a process of this kind is alive. */
export function heartbeat(database: Database, context: DatabaseContext, process: ProcessKind, log: Log): Rounds {
  const beat = () =>
    database.unitOfWork.run(context, (tx) => tx.send('heartbeat_beat', beatText, [context.tenant, process]));
  return new Rounds('heartbeat', beatEveryMs, beat, log);
}

/** Milliseconds since a process of this kind last said that it is alive; undefined when none ever did. */
export async function sinceHeartbeat(
  database: Database,
  context: DatabaseContext,
  process: ProcessKind,
): Promise<number | undefined> {
  const values = [context.tenant, process];
  const [row] = await database.read(context, (queries) =>
    queries.query<{ ms: number }>('heartbeat_age', ageText, values),
  );
  return row?.ms;
}
