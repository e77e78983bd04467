import type { Queryable } from '#libs/database';

import type { StoredEvent } from './event.js';
import { eventColumns, storedEvent, type EventRow } from './load.js';
import type { Upcast } from './upcasting.js';

/** How far a follower has read: the pair, never the position alone. */
export interface Checkpoint {
  readonly txid: number;
  readonly position: number;
}

export interface FeedEvent extends StoredEvent, Checkpoint {}

/** The raised channel that says: something was committed. */
export const feedChannel = 'spean_feed';

export const beginningOfFeed: Checkpoint = { txid: 0, position: 0 };

/*
 * Positions are given out before commit, so a slower transaction may still bring lower ones. No transaction at or above
 * the horizon is read, and all below it are over: what lies below it is complete and stays so. Ordered by transaction
 * first, because that is what the horizon speaks of; a stream's own order is kept by the guard in the append.
 */
const feedText = `SELECT txid, position, ${eventColumns} FROM events
  WHERE tenant_id = $1 AND (txid, position) > ($2::bigint, $3::bigint)
    AND txid < txid_snapshot_xmin(txid_current_snapshot()) + txid_base()
  ORDER BY txid, position LIMIT $4`;

/** The next events of all streams, in an order that never skips one: a later call never finds an earlier event. */
export async function readFeed(
  queries: Queryable,
  after: Checkpoint,
  limit: number,
  upcast?: Upcast,
): Promise<FeedEvent[]> {
  const values = [queries.context.tenant, after.txid, after.position, limit];
  const rows = await queries.query<EventRow & Checkpoint>('event_feed', feedText, values);
  return rows.map((row) => {
    const event = storedEvent(row);
    return { ...(upcast === undefined ? event : upcast(event)), txid: row.txid, position: row.position };
  });
}
