import type { Instant } from '#libs/calendar';
import type { Queryable } from '#libs/database';
import type { StoredEvent } from '#libs/event-store';
import type { ClearFields, Sealer } from '#libs/privacy';
import { fieldsShown, type Shown } from './shown.js';
import { decodeCursor, InvalidCursor, pageOf, type Page, type PageRequest } from './page.js';

/** One entry of a case's history, in the order in which it was recorded. */
export interface TimelineEntry {
  version: number;
  type: string;
  occurredAt: Instant;
  precision: string;
  recordedAt: Instant;
  by: string;
  data: Readonly<Record<string, unknown>>;
  /** What was written by people, where it can still be opened. */
  opened: ClearFields;
}

export async function timelinePage(
  queries: Queryable,
  sealer: Sealer,
  personId: string,
  stored: readonly StoredEvent[],
  page: PageRequest,
  shown: Shown,
): Promise<Page<TimelineEntry>> {
  const [after = 0] = decodeCursor(page.cursor, 1) ?? [];
  if (!Number.isInteger(after)) throw new InvalidCursor('cursor');
  const following = stored.filter(({ version }) => version > Number(after)).slice(0, page.limit + 1);
  const entries: TimelineEntry[] = [];
  for (const event of following) {
    const { streamId, version, type, occurredAt, precision, recordedAt, meta, data, sealed } = event;
    const opened = fieldsShown(await sealer.unseal(queries, { personId, streamId, version }, sealed), shown);
    entries.push({ version, type, occurredAt, precision, recordedAt, by: meta.actor, data, opened });
  }
  return pageOf(
    entries,
    page,
    (entry) => entry,
    ({ version }) => [version],
  );
}
