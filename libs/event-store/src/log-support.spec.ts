import { v7 as uuidv7 } from 'uuid';
import type { DatabaseContext, UnitOfWork } from '#libs/database';
import { append } from './append.js';
import type { AppendInfo, EventToAppend, StreamHead, StreamRef } from './event.js';

/** What the tests of the log write: synthetic events of no meaning. */
export const context: DatabaseContext = { tenant: 1, principals: ['agency:1'] };

export const emptyHead: StreamHead = { version: 0, headHash: null };

export const newStream = (): StreamRef => ({ id: uuidv7(), category: 'case' });

export const someEvent = (change: Partial<EventToAppend> = {}): EventToAppend => ({
  type: 'ReferralSent',
  schemaVersion: 1,
  occurredAt: '2026-03-04T05:06:07.080Z',
  precision: 'moment',
  data: '{"service" : "HEALTH",  "note": "ភាសា \\u0041"}',
  sealed: null,
  ...change,
});

export const infoFor = (headHash: Buffer | null, commandId: string = uuidv7()): AppendInfo => ({
  commandId,
  recordedAt: '2026-03-04T05:06:08.000Z',
  meta: { actor: 'worker-1', purpose: 'CASE_WORK', traceId: 'trace-1' },
  headHash,
});

/** Appends to the stream in a transaction of its own and hands back the new head. */
export async function appendTo(
  unitOfWork: UnitOfWork,
  stream: StreamRef,
  head: StreamHead,
  events: readonly EventToAppend[] = [someEvent()],
  commandId?: string,
): Promise<StreamHead> {
  const info = infoFor(head.headHash, commandId);
  return unitOfWork.run(context, (tx) => append(tx, stream, head.version, events, info));
}
