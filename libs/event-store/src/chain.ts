import { hash } from 'node:crypto';

/** What the hash covers of an event itself, each as the exact text that is stored. */
export interface ChainedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: string;
  readonly precision: string;
  readonly data: string;
  readonly sealed: string | null;
}

/** What the hash covers of an event's place and origin, each as the exact text that is stored. */
export interface ChainLink {
  readonly tenant: number;
  readonly streamId: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly commandOrd: number;
  readonly meta: string;
}

/**
 * SHA-256 over the hash before and the event, chained per stream. The fields of fixed form come first, a space apart,
 * times as milliseconds since 1970; those of free form follow behind their lengths in bytes, so that no two events share
 * a preimage. The verification builds the same text inside PostgreSQL, in SQL of its own: see `chainPreimageInSql`.
 */
export function chainHash(previous: Buffer | null, event: ChainedEvent, link: ChainLink): Buffer {
  const { type, data, sealed, precision, schemaVersion } = event;
  const { tenant, streamId, version, commandId, commandOrd, meta } = link;
  const before = previous === null ? '-' : previous.toString('hex');
  const place = `1 ${before} ${tenant} ${streamId} ${version} ${schemaVersion}`;
  const times = `${Date.parse(event.occurredAt)} ${precision} ${Date.parse(link.recordedAt)}`;
  const lengths = `${bytes(type)} ${bytes(data)} ${sealed === null ? '-' : bytes(sealed)} ${bytes(meta)}`;
  const text = `${place} ${times} ${commandId} ${commandOrd} ${lengths} ${type}${data}${sealed ?? ''}${meta}`;
  return hash('sha256', text, 'buffer');
}

const bytes = (text: string): number => Buffer.byteLength(text);

const millisecondsInSql = (column: string) => `(date_part('epoch', ${column}) * 1000)::bigint`;

/** The preimage of `chainHash` over the columns of an event; `before` is an expression for the hash before, or null. */
export const chainPreimageInSql = (before: string) => `concat_ws(' ', '1', coalesce(encode(${before}, 'hex'), '-'),
  tenant_id, stream_id, version, schema_ver, ${millisecondsInSql('occurred_at')}, precision,
  ${millisecondsInSql('recorded_at')}, command_id, command_ord, octet_length(type), octet_length(data::text),
  coalesce(octet_length(sealed)::text, '-'), octet_length(meta::text), type || data || coalesce(sealed, '') || meta)`;
