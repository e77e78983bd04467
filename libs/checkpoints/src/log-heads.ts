import type { Queryable } from '#libs/database';

import { groupHashesInSql, rootOf } from './merkle.js';

/** What the heads of all streams come to, as the log stood at a cut. */
export interface LogHeads {
  readonly streams: number;
  readonly events: number;
  readonly root: string;
}

/** The streams' own rows name the heads; only of a stream that has grown since the cut must an earlier event be looked up. */
const fromStreamsText = `
  WITH head AS (
    SELECT streams.stream_id, category, coalesce(earlier.version, streams.version) AS version,
      coalesce(earlier.hash, head_hash) AS hash
    FROM streams LEFT JOIN LATERAL (
      SELECT version, hash FROM events
      WHERE tenant_id = $1 AND stream_id = streams.stream_id AND streams.last_txid >= $2 AND txid < $2
      ORDER BY version DESC LIMIT 1) earlier ON true
    WHERE tenant_id = $1 AND (last_txid < $2 OR earlier.version IS NOT NULL))
  ${groupHashesInSql}`;

/** From the events alone, so that rows of streams that were set back or taken away deceive nobody. */
const fromEventsText = `
  WITH head AS (
    SELECT DISTINCT ON (events.stream_id) events.stream_id, coalesce(category, '-') AS category, events.version, hash
    FROM events LEFT JOIN streams ON streams.tenant_id = $1 AND streams.stream_id = events.stream_id
    WHERE events.tenant_id = $1 AND txid < $2 ORDER BY events.stream_id, events.version DESC)
  ${groupHashesInSql}`;

interface GroupRow {
  group: number;
  streams: number;
  events: number;
  hash: Buffer;
}

/** Quick, and right as long as nobody has changed the log: for whoever writes a checkpoint. */
export const headsOfStreams = (queries: Queryable, cut: number) =>
  summed(queries, 'checkpoint_streams', fromStreamsText, cut);

/** Read off the events: for whoever checks one. */
export const headsOfEvents = (queries: Queryable, cut: number) =>
  summed(queries, 'checkpoint_events', fromEventsText, cut);

async function summed(queries: Queryable, name: string, text: string, cut: number): Promise<LogHeads> {
  const rows = await queries.query<GroupRow>(name, text, [queries.context.tenant, cut]);
  return {
    streams: rows.reduce((sum, { streams }) => sum + streams, 0),
    events: rows.reduce((sum, { events }) => sum + events, 0),
    root: rootOf(new Map(rows.map(({ group, hash }) => [group, hash]))),
  };
}
