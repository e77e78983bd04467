import { sqlState, type Transaction } from '#libs/database';

import { chained } from './chained.js';
import { ConcurrencyConflict, DuplicateCommand, OrderRetry, StreamErased } from './errors.js';
import type { AppendInfo, EventToAppend, StreamHead, StreamRef } from './event.js';

/** Commands yield a handful of events; for more than these the statement is parsed anew each time. */
const mostPreparedEvents = 16;
/**
 * Adds the events of one command to a stream, if it is still where the decision found it. One statement, sent and not
 * awaited: when the stream has moved on, the statement fails the transaction, so that nothing sent behind it takes
 * effect and COMMIT itself can travel in the same round trip. What is returned holds once the unit of work resolves.
 *
 * The unit of work throws
 * ConcurrencyConflict when the stream is at another version or head,
 * DuplicateCommand when it holds the command already,
 * StreamErased when it is closed for good,
 * OrderRetry when a younger transaction kept overtaking this one.
 */
export function append(
  tx: Transaction,
  stream: StreamRef,
  expectedVersion: number,
  events: readonly EventToAppend[],
  info: AppendInfo,
): StreamHead & { headHash: Buffer } {
  const { tenant } = tx.context;
  const { streamId, commandId, meta, hashes, version, headHash } = chained(tenant, {
    stream,
    expectedVersion,
    events,
    info,
  });
  const values: unknown[] = [tenant, streamId, expectedVersion, stream.category, info.headHash, commandId];
  values.push(info.recordedAt, meta);
  for (const [ord, event] of events.entries()) {
    const { type, schemaVersion, occurredAt, precision, data, sealed } = event;
    values.push(expectedVersion + 1 + ord, type, schemaVersion, occurredAt, precision, data, sealed, hashes[ord]);
  }
  const form = expectedVersion === 0 ? 'create' : 'extend';
  const name = events.length <= mostPreparedEvents ? `event_${form}_${events.length}` : '';
  const explain = (error: Error) => refusal(error, streamId, expectedVersion, commandId);
  tx.locks(streamId);
  tx.send(name, statementFor(form, events.length), values, explain);
  return { version, headHash };
}

type Form = 'create' | 'extend';

const statements = new Map<string, string>();

function statementFor(form: Form, count: number): string {
  const key = `${form} ${count}`;
  const known = statements.get(key);
  if (known !== undefined) {
    return known;
  }
  const text = statementText(form, count);
  if (count <= mostPreparedEvents) {
    statements.set(key, text);
  }
  return text;
}

const sharedParameters = 8;
const eventParameters = ['int', 'text', 'smallint', 'timestamptz', 'text', 'json', 'text', 'bytea'];
const ownTransaction = 'txid_current() + txid_base()';

/**
 * The stream row is the lock: it is inserted or updated first, on the condition that it is as expected, and the events
 * take their transaction id from it. Where there is none to take, the statement fails and says why. Values are written
 * out by event, because arrays would escape the JSON a second time.
 */
function statementText(form: Form, count: number): string {
  const parameter = (event: number, index: number) =>
    `$${sharedParameters + event * eventParameters.length + index + 1}::${eventParameters[index]}`;
  const rows = Array.from({ length: count }, (_, event) => {
    const parameters = eventParameters.map((_type, index) => parameter(event, index));
    return `(${[event, ...parameters].join(', ')})`;
  });
  const version = parameter(count - 1, 0);
  const head = parameter(count - 1, eventParameters.length - 1);
  const locked = {
    create: `INSERT INTO streams (tenant_id, stream_id, category, version, last_txid, head_hash)
      SELECT $1::int, $2::uuid, $4::text, ${version}, ${ownTransaction}, ${head} WHERE $3::int = 0 AND $5::bytea IS NULL
      ON CONFLICT DO NOTHING RETURNING last_txid`,
    extend: `UPDATE streams SET version = ${version}, last_txid = ${ownTransaction}, head_hash = ${head}
      WHERE tenant_id = $1::int AND stream_id = $2::uuid AND version = $3::int AND category = $4::text
        AND head_hash = $5::bytea AND last_txid <= ${ownTransaction} AND status = 0 RETURNING last_txid`,
  }[form];
  return `WITH locked AS (${locked})
    INSERT INTO events (tenant_id, stream_id, txid, position, command_id, recorded_at, meta, command_ord, version, type,
      schema_ver, occurred_at, precision, data, sealed, hash)
    SELECT $1::int, $2::uuid, coalesce((SELECT last_txid FROM locked), refuse_append($1::int, $2::uuid, $3::int, $6::uuid)),
      nextval('event_position'), $6::uuid, $7::timestamptz, $8::json, event.*
    FROM (VALUES ${rows.join(', ')}) AS event`;
}

const uniqueViolation = '23505';

/** What the statement's error means for the caller. The codes are those of refuse_append in the schema. */
function refusal(error: Error, streamId: string, expected: number, commandId: string): Error {
  const cause = { cause: error };
  switch (sqlState(error)) {
    case 'SP001':
      return new ConcurrencyConflict(streamId, expected, Number((error as { detail?: string }).detail), cause);
    case 'SP002':
      return new DuplicateCommand(streamId, commandId, cause);
    case 'SP003':
      return new StreamErased(streamId, cause);
    case '40001':
      return new OrderRetry(streamId, cause);
    case uniqueViolation:
      return (error as { constraint?: string }).constraint === 'events_command'
        ? new DuplicateCommand(streamId, commandId, cause)
        : error;
    default:
      return error;
  }
}
