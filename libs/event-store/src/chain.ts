import { hash } from 'node:crypto';

/** Everything that the hash of an event covers, as the exact text that is stored. */
export interface HashedEvent {
  readonly tenant: number;
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly occurredAt: string;
  readonly precision: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly commandOrd: number;
  readonly data: string;
  readonly sealed: string | null;
  readonly meta: string;
}

/**
 * SHA-256 over the hash before and the event, chained per stream. Fields of fixed form stand one to a line; those of
 * free form follow behind the list of their lengths in bytes, so that no two events share a preimage.
 */
export function chainHash(previous: Buffer | null, event: HashedEvent): Buffer {
  const { type, data, sealed, meta } = event;
  const lengths = [type, data, sealed, meta].map((text) => (text === null ? '-' : Buffer.byteLength(text))).join(' ');
  const preimage = `1
${previous === null ? '-' : previous.toString('hex')}
${event.tenant} ${event.streamId} ${event.version} ${event.schemaVersion}
${event.occurredAt} ${event.precision} ${event.recordedAt}
${event.commandId} ${event.commandOrd}
${lengths}
${type}${data}${sealed ?? ''}${meta}`;
  return hash('sha256', preimage, 'buffer');
}
