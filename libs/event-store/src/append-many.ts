import type { Transaction } from '#libs/database';

import { chained, type Append, type ChainedAppend } from './chained.js';
import type { StreamHead } from './event.js';
import { recordArray, type Field } from './record-array.js';

const ownTransaction = 'txid_current() + txid_base()';

/*
 * Streams are looked for by the list of ids, not only through the join: a plan made while the table was small would go
 * through all of a tenant's streams for each batch, and be kept.
 */
const lockStreams = `WITH member AS (SELECT * FROM unnest($2::appended_stream[])),
  created AS (
    INSERT INTO streams (tenant_id, stream_id, category, version, last_txid, head_hash)
    SELECT $1::int, stream_id, category, version, ${ownTransaction}, head FROM member
    WHERE expected = 0 AND previous IS NULL
    ON CONFLICT DO NOTHING RETURNING stream_id),
  extended AS (
    UPDATE streams SET version = member.version, last_txid = ${ownTransaction}, head_hash = member.head FROM member
    WHERE streams.tenant_id = $1::int AND streams.stream_id = ANY ($3::uuid[])
      AND streams.stream_id = member.stream_id AND streams.version = member.expected
      AND streams.category = member.category AND streams.head_hash = member.previous
      AND streams.last_txid <= ${ownTransaction} AND streams.status = 0
    RETURNING streams.stream_id)
  SELECT refuse_append($1::int, stream_id, expected, command_id) FROM member
  WHERE stream_id NOT IN (SELECT stream_id FROM created UNION ALL SELECT stream_id FROM extended)`;

const addEvents = `INSERT INTO events (tenant_id, stream_id, version, txid, position, command_id, command_ord, recorded_at,
    meta, type, schema_ver, occurred_at, precision, data, sealed, hash)
  SELECT $1::int, stream_id, version, ${ownTransaction}, nextval('event_position'), command_id, command_ord, recorded_at,
    meta, type, schema_ver, occurred_at, precision, data, sealed, hash FROM unnest($2::appended_event[])`;

/**
 * Adds to many streams with two statements, sent and not awaited, like `append`: when one stream is not where its member
 * expects it, or holds the command already, the transaction fails and nothing of any member is stored.
 *
 * @param members at most one for each stream, in the order of the streams' ids, in which they are locked.
 * @returns the new head for each member in turn, true once the unit of work resolves.
 */
export function appendMany(tx: Transaction, members: readonly Append[]): StreamHead[] {
  const { tenant } = tx.context;
  const links = members.map((member) => chained(tenant, member));
  const streams = recordArray(members.map((member, index) => streamRow(member, links[index] as ChainedAppend)));
  const events = recordArray(members.flatMap((member, index) => eventRows(member, links[index] as ChainedAppend)));
  tx.send('event_lock_streams', lockStreams, [tenant, streams, links.map(({ streamId }) => streamId)]);
  tx.send('event_append_many', addEvents, [tenant, events]);
  return links.map(({ version, headHash }) => ({ version, headHash }));
}

/** As the type appended_stream has them. */
function streamRow({ stream, expectedVersion, info }: Append, link: ChainedAppend): Field[] {
  return [
    uuid(link.streamId),
    { type: 'int4', value: expectedVersion },
    { type: 'int4', value: link.version },
    { type: 'text', value: stream.category },
    { type: 'bytea', value: info.headHash },
    { type: 'bytea', value: link.headHash },
    uuid(link.commandId),
  ];
}

/** As the type appended_event has them; the feed shows a stream in the order in which its events are added. */
function eventRows({ events, expectedVersion, info }: Append, link: ChainedAppend): Field[][] {
  return events.map((event, ord) => [
    uuid(link.streamId),
    { type: 'int4', value: expectedVersion + 1 + ord },
    uuid(link.commandId),
    { type: 'int2', value: ord },
    { type: 'timestamptz', value: info.recordedAt },
    { type: 'json', value: link.meta },
    { type: 'text', value: event.type },
    { type: 'int2', value: event.schemaVersion },
    { type: 'timestamptz', value: event.occurredAt },
    { type: 'text', value: event.precision },
    { type: 'json', value: event.data },
    { type: 'text', value: event.sealed },
    { type: 'bytea', value: link.hashes[ord] as Buffer },
  ]);
}

const uuid = (text: string): Field => ({ type: 'uuid', value: text.replaceAll('-', '') });
