import type { Queryable } from '#libs/database';
import { load, type StoredEvent } from '#libs/event-store';
import { v5 as uuidv5 } from 'uuid';
import type { PathwayEvent, RecordedPathwayEvent } from './events.js';
import { evolvePathway, noHistory, type PathwayHistory } from './history.js';

/** Namespace of the streams of pathways. */
const namespace = '2b9d7c64-8f0a-5d3e-a1c7-54d1f6f3b0e8';

export const pathwayCategory = 'pathway';

/** A pathway has one stream, which is found by its id. */
export const pathwayStreamOf = (pathway: string): string => uuidv5(pathway, namespace);

/** The history of a pathway as the log has it. */
export interface LoadedHistory {
  state: PathwayHistory;
  headHash: Buffer | null;
}

export async function loadHistory(queries: Queryable, pathway: string): Promise<LoadedHistory> {
  const stored = await load(queries, pathwayStreamOf(pathway));
  return { state: stored.map(pathwayEventOf).reduce(evolvePathway, noHistory), headHash: stored.at(-1)?.hash ?? null };
}

export function pathwayEventOf({
  type,
  data,
  occurredAt,
  precision,
  meta,
  recordedAt,
}: StoredEvent): RecordedPathwayEvent {
  return { event: { type, data, occurredAt, precision } as unknown as PathwayEvent, by: meta.actor, recordedAt };
}
