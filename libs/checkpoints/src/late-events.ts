import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';

/** A command is recorded when it is decided and may commit a little later; past this it was not. */
const slowestCommit = '2 minutes';

const text = `SELECT stream_id AS "streamId", version FROM events
  WHERE tenant_id = $1 AND txid >= $2 AND recorded_at < $3::timestamptz - interval '${slowestCommit}'
  ORDER BY stream_id, version LIMIT $4`;

/** Events past a cut that say they were recorded well before a moment. */
export function eventsRecordedBefore(
  queries: Queryable,
  moment: Instant,
  { cut, atMost }: { cut: number; atMost: number },
): Promise<{ streamId: string; version: number }[]> {
  return queries.query('checkpoint_late_events', text, [queries.context.tenant, cut, moment, atMost]);
}
