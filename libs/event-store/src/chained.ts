import { chainHash } from './chain.js';
import type { AppendInfo, EventToAppend, StreamRef } from './event.js';

/** Half of what a smallint counts and well below the 65,535 parameters of one statement. */
const mostEvents = 5_000;

/** The hash covers the text of the times, so it must be the very text that a reader will see. */
const instantShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The events of one command for one stream, which is expected to be at a version. */
export interface Append {
  readonly stream: StreamRef;
  readonly expectedVersion: number;
  readonly events: readonly EventToAppend[];
  readonly info: AppendInfo;
}

/** An append with its links of the chain, and every id as PostgreSQL will write it. */
export interface ChainedAppend {
  readonly streamId: string;
  readonly commandId: string;
  readonly meta: string;
  readonly hashes: readonly Buffer[];
  readonly version: number;
  readonly headHash: Buffer;
}

/** @throws RangeError for no or too many events, and for times that are not in their normal form. */
export function chained(tenant: number, { stream, expectedVersion, events, info }: Append): ChainedAppend {
  if (events.length === 0 || events.length > mostEvents) {
    throw new RangeError(`an append takes 1 to ${mostEvents} events`);
  }
  const { recordedAt } = info;
  if (!instantShape.test(recordedAt) || !events.every(({ occurredAt }) => instantShape.test(occurredAt))) {
    throw new RangeError('times are appended in the form in which they come back, YYYY-MM-DDTHH:mm:ss.sssZ');
  }
  const streamId = stream.id.toLowerCase();
  const commandId = info.commandId.toLowerCase();
  const meta = JSON.stringify(info.meta);
  const hashes: Buffer[] = [];
  let headHash = info.headHash;
  let version = expectedVersion;
  for (const [commandOrd, event] of events.entries()) {
    version += 1;
    headHash = chainHash(headHash, event, { tenant, streamId, version, recordedAt, commandId, commandOrd, meta });
    hashes.push(headHash);
  }
  return { streamId, commandId, meta, hashes, version, headHash: headHash as Buffer };
}
