import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';

import { chainPreimageInSql } from './chain.js';

/** The first place where the log is not what was written. */
export interface BadEvent {
  readonly streamId: string;
  /** The event, or the one that is missing. */
  readonly version: number;
  /** Null for an event that is missing. */
  readonly type: string | null;
  readonly reason:
    /** The event, or the hash of the one before it, is not what was hashed. */
    | 'changed'
    /** An event is missing between two others. */
    | 'missing'
    /** The stream's own row names another last event: the end was cut off, or added to. */
    | 'head differs'
    /** There are events, but no stream that they belong to. */
    | 'stream missing';
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  /** Null when the log is whole. */
  readonly bad: BadEvent | null;
}

interface SliceRow {
  events: number;
  streams: number;
  bad: BadEvent | null;
}

/** Streams verified by one statement, so that none of them runs for long. */
const streamsAtOnce = 5_000;

const sliceEndText = `SELECT stream_id FROM streams WHERE tenant_id = $1 AND stream_id > $2
  ORDER BY stream_id OFFSET ${streamsAtOnce} LIMIT 1`;

const withinSlice = (table: string) => `${table}.tenant_id = $1 AND ${table}.stream_id > $2
  AND ($3::uuid IS NULL OR ${table}.stream_id <= $3)
  AND ($4::timestamptz IS NULL OR ${table}.stream_id IN
    (SELECT recent.stream_id FROM events recent WHERE recent.tenant_id = $1 AND recent.recorded_at >= $4))`;

const walkText = `
  WITH walked AS (
    SELECT stream_id, version, type, hash, coalesce(lag(version) OVER stream, 0) + 1 AS expected_version,
      sha256(convert_to(${chainPreimageInSql('lag(hash) OVER stream')}, 'UTF8')) AS expected_hash
    FROM events WHERE ${withinSlice('events')} WINDOW stream AS (PARTITION BY stream_id ORDER BY version)),
  judged AS (
    SELECT walked.*, CASE
      WHEN walked.version <> expected_version THEN 'missing'
      WHEN hash <> expected_hash THEN 'changed'
      WHEN streams.version IS NULL THEN 'stream missing'
      WHEN walked.version > streams.version THEN 'head differs' END AS reason
    FROM walked LEFT JOIN streams ON streams.tenant_id = $1 AND streams.stream_id = walked.stream_id)
  SELECT count(*) AS events, count(*) FILTER (WHERE expected_version = 1) AS streams,
    (array_agg(json_build_object('streamId', stream_id, 'reason', reason,
      'version', CASE reason WHEN 'missing' THEN expected_version ELSE version END,
      'type', CASE reason WHEN 'missing' THEN NULL ELSE type END) ORDER BY stream_id, version)
      FILTER (WHERE reason IS NOT NULL))[1] AS bad
  FROM judged`;

const headsText = `
  SELECT 0 AS events, 0 AS streams, json_build_object('streamId', streams.stream_id, 'version', streams.version,
    'type', events.type, 'reason', 'head differs') AS bad
  FROM streams LEFT JOIN events ON events.tenant_id = streams.tenant_id AND events.stream_id = streams.stream_id
    AND events.version = streams.version
  WHERE ${withinSlice('streams')} AND events.hash IS DISTINCT FROM streams.head_hash
  ORDER BY streams.stream_id LIMIT 1`;

const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * Works the hash of every event of the tenant out again, and checks that versions have no gap and that each stream's row
 * names its last event. Stops at the first fault. PostgreSQL does the work, so that the log need not be carried out of
 * it; to be called within `Database.read`, which shows all of it as of one moment.
 *
 * A chain shows that an event was changed, added or taken out by someone who did not rewrite all that follows. Against
 * that, compare the heads with a signed checkpoint kept elsewhere.
 *
 * @param since only streams with an event recorded at or after this moment, each from its beginning.
 */
export async function verify(queries: Queryable, { since }: { since?: Instant } = {}): Promise<Verification> {
  const { tenant } = queries.context;
  let [events, streams] = [0, 0];
  let after = lowestId;
  for (;;) {
    const [end] = await queries.query<{ stream_id: string }>('verify_slice', sliceEndText, [tenant, after]);
    const slice = [tenant, after, end?.stream_id ?? null, since ?? null];
    const [[walked], [head]] = await Promise.all([
      queries.query<SliceRow>('verify_walk', walkText, slice),
      queries.query<SliceRow>('verify_heads', headsText, slice),
    ]);
    events += walked?.events ?? 0;
    streams += walked?.streams ?? 0;
    const bad = walked?.bad ?? head?.bad ?? null;
    if (bad !== null || end === undefined) {
      return { events, streams, bad };
    }
    after = end.stream_id;
  }
}
