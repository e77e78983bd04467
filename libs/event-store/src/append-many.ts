import type { Transaction } from '#libs/database';

import { byteaArray, intArray, textArray, uuidArray } from './binary-array.js';
import { chained, type Append, type ChainedAppend } from './chained.js';
import type { StreamHead } from './event.js';

const ownTransaction = 'txid_current() + txid_base()';

/*
 * Streams are locked in the order of their ids, and those that are not as expected are left out together with their
 * events. The events are put in order before they take their positions: the feed must show a stream in its own order.
 */
const text = `WITH member AS (
    SELECT * FROM unnest($2::uuid[], $3::int[], $4::int[], $5::text[], $6::bytea[], $7::bytea[])
      AS member (stream_id, expected, version, category, previous, head)),
  created AS (
    INSERT INTO streams (tenant_id, stream_id, category, version, last_txid, head_hash)
    SELECT $1::int, stream_id, category, version, ${ownTransaction}, head FROM member
    WHERE expected = 0 AND previous IS NULL ORDER BY stream_id
    ON CONFLICT DO NOTHING RETURNING stream_id),
  extended AS (
    UPDATE streams SET version = member.version, last_txid = ${ownTransaction}, head_hash = member.head FROM member
    WHERE streams.tenant_id = $1::int AND streams.stream_id = member.stream_id AND streams.version = member.expected
      AND streams.category = member.category AND streams.head_hash = member.previous
      AND streams.last_txid <= ${ownTransaction} AND streams.status = 0
    RETURNING streams.stream_id),
  taken AS (SELECT stream_id FROM created UNION ALL SELECT stream_id FROM extended),
  added AS (
    INSERT INTO events (tenant_id, stream_id, version, txid, position, command_id, command_ord, recorded_at, meta,
      type, schema_ver, occurred_at, precision, data, sealed, hash)
    SELECT $1::int, stream_id, version, ${ownTransaction}, nextval('event_position'), command_id, command_ord,
      recorded_at::timestamptz, meta::json, type, schema_ver, occurred_at::timestamptz, precision, data::json, sealed, hash
    FROM (SELECT event.* FROM taken JOIN
      unnest($8::uuid[], $9::int[], $10::uuid[], $11::int[], $12::text[], $13::text[], $14::text[], $15::int[],
        $16::text[], $17::text[], $18::text[], $19::text[], $20::bytea[])
        AS event (stream_id, version, command_id, command_ord, recorded_at, meta, type, schema_ver, occurred_at,
          precision, data, sealed, hash) USING (stream_id) ORDER BY event.stream_id, event.version) AS event)
  SELECT stream_id FROM taken`;

/**
 * Adds to many streams with one statement. Members whose stream is not where they expect it are left out, the others
 * are taken; a command that a stream holds already fails the whole transaction.
 *
 * @param members at most one for each stream.
 * @returns the new head for each member in turn, or undefined for one left out.
 */
export async function appendMany(tx: Transaction, members: readonly Append[]): Promise<(StreamHead | undefined)[]> {
  const { tenant } = tx.context;
  const links = members.map((member) => chained(tenant, member));
  const rows = await tx.query<{ stream_id: string }>('event_append_many', text, [
    tenant,
    ...streamColumns(members, links),
    ...eventColumns(members, links),
  ]);
  const taken = new Set(rows.map(({ stream_id }) => stream_id));
  return links.map(({ streamId, version, headHash }) => (taken.has(streamId) ? { version, headHash } : undefined));
}

function streamColumns(members: readonly Append[], links: readonly ChainedAppend[]): Buffer[] {
  return [
    uuidArray(links.map(({ streamId }) => streamId)),
    intArray(members.map(({ expectedVersion }) => expectedVersion)),
    intArray(links.map(({ version }) => version)),
    textArray(members.map(({ stream }) => stream.category)),
    byteaArray(members.map(({ info }) => info.headHash)),
    byteaArray(links.map(({ headHash }) => headHash)),
  ];
}

function eventColumns(members: readonly Append[], links: readonly ChainedAppend[]): Buffer[] {
  const rows = members.flatMap(({ events, expectedVersion, info }, member) =>
    events.map((event, ord) => ({ event, ord, expectedVersion, info, link: links[member] as ChainedAppend })),
  );
  return [
    uuidArray(rows.map(({ link }) => link.streamId)),
    intArray(rows.map(({ expectedVersion, ord }) => expectedVersion + 1 + ord)),
    uuidArray(rows.map(({ link }) => link.commandId)),
    intArray(rows.map(({ ord }) => ord)),
    textArray(rows.map(({ info }) => info.recordedAt)),
    textArray(rows.map(({ link }) => link.meta)),
    textArray(rows.map(({ event }) => event.type)),
    intArray(rows.map(({ event }) => event.schemaVersion)),
    textArray(rows.map(({ event }) => event.occurredAt)),
    textArray(rows.map(({ event }) => event.precision)),
    textArray(rows.map(({ event }) => event.data)),
    textArray(rows.map(({ event }) => event.sealed)),
    byteaArray(rows.map(({ link, ord }) => link.hashes[ord] as Buffer)),
  ];
}
