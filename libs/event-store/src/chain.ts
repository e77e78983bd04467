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
 * SHA-256 over the hash before and the event, chained per stream. Fields of fixed form stand one to a line; those of
 * free form follow behind the list of their lengths in bytes, so that no two events share a preimage.
 */
export function chainHash(previous: Buffer | null, event: ChainedEvent, link: ChainLink): Buffer {
  const { type, data, sealed } = event;
  const { meta } = link;
  const preimage = `1
${previous === null ? '-' : previous.toString('hex')}
${link.tenant} ${link.streamId} ${link.version} ${event.schemaVersion}
${event.occurredAt} ${event.precision} ${link.recordedAt}
${link.commandId} ${link.commandOrd}
${bytes(type)} ${bytes(data)} ${sealed === null ? '-' : bytes(sealed)} ${bytes(meta)}
${type}${data}${sealed ?? ''}${meta}`;
  return hash('sha256', preimage, 'buffer');
}

const bytes = (text: string): number => Buffer.byteLength(text);
