import { sealEvents } from '#libs/case-log';
import type { Transaction } from '#libs/database';
import { append } from '#libs/event-store';
import { VersionConflict } from './errors.js';
import { commandIdOf, keepAnswer } from './idempotency.js';
import type { CaseCommandsParts } from './parts.js';
import type { Answer, Envelope } from './request.js';

/** Events on their way into a stream that was read before. */
export interface Appending {
  id: string;
  category: string;
  /** Whose keys seal what the events hold of people. */
  personId: string;
  loaded: { state: { version: number }; headHash: Buffer | null };
  events: Parameters<typeof sealEvents>[3];
  recordedAt: string;
}

/** Seals the events and sends them to their stream, with who asks and why. */
export async function record(
  tx: Transaction,
  { sealer }: Pick<CaseCommandsParts, 'sealer'>,
  request: Envelope,
  { id, category, personId, loaded, events, recordedAt }: Appending,
): Promise<void> {
  const { version } = loaded.state;
  const sealed = await sealEvents(tx, sealer, { personId, streamId: id, version }, events);
  append(tx, { id, category }, version, sealed, {
    commandId: commandIdOf(request.idempotency),
    recordedAt,
    headHash: loaded.headHash,
    meta: {
      actor: request.actor.id,
      purpose: request.purpose,
      traceId: request.traceId,
      ...(request.onBehalfOf === undefined ? {} : { onBehalfOf: request.onBehalfOf }),
      ...(request.legalBasis === undefined ? {} : { legalBasis: request.legalBasis }),
    },
  });
}

/** Nothing changed, but the key is used up: sent again later, the request must not undo what came in between. */
export async function keepOnly(
  { database, context }: Pick<CaseCommandsParts, 'database' | 'context'>,
  { idempotency }: Envelope,
  answer: Answer,
): Promise<Answer> {
  if (idempotency !== undefined) {
    await database.unitOfWork.run(context, (tx) => keepAnswer(tx, idempotency, answer));
  }
  return answer;
}

export function answerOf(id: string, version: number, events: readonly { type: string }[]): Answer {
  return { id, version, events: events.map(({ type }) => type), repeated: false };
}

/** @throws VersionConflict when the caller saw another version. */
export function assertVersion(expected: number | undefined, present: number): void {
  if (expected !== undefined && expected !== present) throw new VersionConflict('precondition', present);
}
