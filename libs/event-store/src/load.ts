import type { Instant, Precision } from '#libs/calendar';
import type { Queryable } from '#libs/database';

import type { EventMeta, StoredEvent, StreamHead } from './event.js';
import type { Upcast } from './upcasting.js';

export interface LoadOptions {
  /** Only events after this version: those before are known already. */
  readonly afterVersion?: number;
  /** Only events recorded up to this moment: the stream as it was known then. */
  readonly recordedUpTo?: Instant;
  readonly upcast?: Upcast;
}

/** A row of the log as the driver hands it out. */
export interface EventRow {
  stream_id: string;
  version: number;
  type: string;
  schema_ver: number;
  occurred_at: Instant;
  precision: Precision;
  recorded_at: Instant;
  command_id: string;
  data: Record<string, unknown>;
  sealed: string | null;
  meta: EventMeta;
  hash: Buffer;
}

export const eventColumns = `stream_id, version, type, schema_ver, occurred_at, precision, recorded_at, command_id,
  data, sealed, meta, hash`;

const loadText = `SELECT ${eventColumns} FROM events
  WHERE tenant_id = $1 AND stream_id = $2 AND version > $3 AND recorded_at <= $4 ORDER BY version`;

const ofTypeText = `SELECT ${eventColumns} FROM events
  WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[]) AND type = $3 ORDER BY stream_id, version`;

const manyText = `SELECT ${eventColumns} FROM events
  WHERE tenant_id = $1 AND stream_id = ANY ($2::uuid[]) ORDER BY stream_id, version`;

const headText = 'SELECT version, head_hash FROM streams WHERE tenant_id = $1 AND stream_id = $2';

/** The events of a stream, oldest first; none when there is no such stream. */
export async function load(queries: Queryable, streamId: string, options: LoadOptions = {}): Promise<StoredEvent[]> {
  const { afterVersion = 0, recordedUpTo = 'infinity', upcast } = options;
  const values = [queries.context.tenant, streamId, afterVersion, recordedUpTo];
  const rows = await queries.query<EventRow>('event_load', loadText, values);
  const events = rows.map(storedEvent);
  return upcast === undefined ? events : events.map(upcast);
}

/** The events of several streams in one query, by stream, oldest first. A stream without events is missing. */
export async function loadMany(
  queries: Queryable,
  streamIds: readonly string[],
  upcast: Upcast,
): Promise<Map<string, StoredEvent[]>> {
  const rows = await queries.query<EventRow>('event_load_many', manyText, [queries.context.tenant, streamIds]);
  const streams = new Map<string, StoredEvent[]>();
  for (const event of rows.map(storedEvent).map(upcast)) {
    const stream = streams.get(event.streamId);
    if (stream === undefined) streams.set(event.streamId, [event]);
    else stream.push(event);
  }
  return streams;
}

/** The events of one type in several streams, stream by stream, oldest first: for who reads one fact across many cases. */
export async function loadOfType(
  queries: Queryable,
  streamIds: readonly string[],
  type: string,
  upcast: Upcast,
): Promise<StoredEvent[]> {
  const values = [queries.context.tenant, streamIds, type];
  const rows = await queries.query<EventRow>('event_load_of_type', ofTypeText, values);
  return rows.map(storedEvent).map(upcast);
}

/** Where the stream stands; version 0 when there is none. */
export async function head(queries: Queryable, streamId: string): Promise<StreamHead> {
  const values = [queries.context.tenant, streamId];
  const [row] = await queries.query<{ version: number; head_hash: Buffer }>('event_head', headText, values);
  return row === undefined ? { version: 0, headHash: null } : { version: row.version, headHash: row.head_hash };
}

export function storedEvent(row: EventRow): StoredEvent {
  return {
    streamId: row.stream_id,
    version: row.version,
    type: row.type,
    schemaVersion: row.schema_ver,
    occurredAt: row.occurred_at,
    precision: row.precision,
    recordedAt: row.recorded_at,
    commandId: row.command_id,
    data: row.data,
    sealed: row.sealed,
    meta: row.meta,
    hash: row.hash,
  };
}
