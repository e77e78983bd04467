import type { Instant } from '#libs/calendar';
import { sealEvents } from '#libs/case-log';
import type { Transaction } from '#libs/database';
import { append } from '#libs/event-store';
import type { Sealer } from '#libs/privacy';
import { commandIdOf } from './idempotency.js';
import type { Envelope } from './request.js';

/** Events that follow a stream as it was loaded. */
export interface Appending {
  id: string;
  category: 'case' | 'person';
  /** Whose keys seal the events. */
  personId: string;
  loaded: { state: { version: number }; headHash: Buffer | null };
  events: Parameters<typeof sealEvents>[3];
  recordedAt: Instant;
}

/** Seals events and appends them to their stream, with who asked and why. */
export async function appendEvents(
  tx: Transaction,
  sealer: Sealer,
  envelope: Envelope,
  { id, category, personId, loaded, events, recordedAt }: Appending,
): Promise<void> {
  const { version } = loaded.state;
  const sealed = await sealEvents(tx, sealer, { personId, streamId: id, version }, events);
  const { actor, purpose, traceId, onBehalfOf, legalBasis } = envelope;
  append(tx, { id, category }, version, sealed, {
    commandId: commandIdOf(envelope.idempotency),
    recordedAt,
    headHash: loaded.headHash,
    meta: {
      actor: actor.id,
      purpose,
      traceId,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      ...(legalBasis === undefined ? {} : { legalBasis }),
    },
  });
}
