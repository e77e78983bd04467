import type { Queryable } from '#libs/database';

import { sha256, type RowsDigest } from './checkpoint.js';

/**
 * Where windows begin and end, as ids of transactions, rising: n + 1 bounds make n windows. A window is what one checkpoint
 * adds to the one before.
 */
export type Bounds = readonly number[];

const inWindows = `tenant_id = $1 AND txid >= ($2::bigint[])[1] AND txid < ($2::bigint[])[cardinality($2::bigint[])]`;

/**
 * A line for each stream that grew in a window: id, category, version and hash of its head, and a digest of where each of
 * its new events stands in the feed, which no chain covers.
 */
const headsText = `
  WITH grown AS (
    SELECT width_bucket(txid, $2::bigint[]) AS window, stream_id, max(version) AS version,
      (array_agg(hash ORDER BY version DESC))[1] AS hash,
      sha256(convert_to(string_agg(concat_ws(' ', version, txid, position), ',' ORDER BY version), 'UTF8')) AS places
    FROM events WHERE ${inWindows} GROUP BY 1, 2)
  SELECT grown.window, string_agg(concat_ws(' ', grown.stream_id, coalesce(category, '-'), grown.version,
    encode(hash, 'hex'), encode(places, 'hex')), E'\\n' ORDER BY grown.stream_id) AS lines
  FROM grown LEFT JOIN streams ON streams.tenant_id = $1 AND streams.stream_id = grown.stream_id
  GROUP BY grown.window`;

/** Every column by name, so that a column that is added later leaves the digests of earlier rows as they are. */
const readsText = `
  SELECT width_bucket(txid, $2::bigint[]) AS window, count(*) AS count,
    encode(sha256(string_agg(sha256(convert_to(jsonb_build_array(id, txid, (extract(epoch FROM at) * 1000)::bigint, reader,
      agency, roles, relations, purpose, route, case_ids, person_ids, classes, trace_id)::text, 'UTF8')),
      ''::bytea ORDER BY id)), 'hex') AS sha256
  FROM read_audit WHERE ${inWindows} GROUP BY 1`;

const noReads: RowsDigest = { count: 0, sha256: sha256('') };

/** The lines of the streams that grew in each window, a text for each window. */
export async function headLines(queries: Queryable, bounds: Bounds): Promise<string[]> {
  const values = [queries.context.tenant, bounds];
  const rows = await queries.query<{ window: number; lines: string }>('checkpoint_heads', headsText, values);
  return ofWindows(bounds, rows, ({ lines }) => lines, '');
}

/** What was added to the audit of reads in each window. */
export async function readDigests(queries: Queryable, bounds: Bounds): Promise<RowsDigest[]> {
  const values = [queries.context.tenant, bounds];
  const rows = await queries.query<RowsDigest & { window: number }>('checkpoint_reads', readsText, values);
  return ofWindows(bounds, rows, ({ count, sha256: digest }) => ({ count, sha256: digest }), noReads);
}

function ofWindows<Row extends { window: number }, Value>(
  bounds: Bounds,
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
  otherwise: Value,
): Value[] {
  const values = new Map(rows.map((row) => [row.window, valueOf(row)]));
  return bounds.slice(1).map((_, index) => values.get(index + 1) ?? otherwise);
}
