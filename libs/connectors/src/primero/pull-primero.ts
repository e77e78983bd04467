import type { Instant } from '#libs/calendar';
import { receiveRecord } from '#libs/record-exchange';
import type { ConnectorTools } from '../connector.js';
import { later } from '../asking/breaker.js';
import { loadCursor, moveCursor } from '../ledger/cursor.js';
import { primeroPageSize, type PrimeroClient, type PrimeroRecord } from './primero-client.js';

/** Everything is read for the first time from here on. */
const beginning = '2000-01-01T00:00:00.000Z';
/** Read again each time (milliseconds): a record that was being saved while the last page was read is not missed. */
const overlapMs = 2 * 60_000;

/**
 * Takes in the cases that changed since last time, page by page. The cursor moves only when a whole range was taken in;
 * a record that is read twice is known by its content and changes nothing.
 */
export async function pullPrimero({ parts, target }: ConnectorTools, client: PrimeroClient): Promise<number> {
  const cursor = await loadCursor(parts, target.id);
  const until = parts.clock.now();
  const from = cursor === undefined ? beginning : later(cursor, -overlapMs);
  let taken = 0;
  for (let page = 1; ; page += 1) {
    const { records, total } = await client.changed(from, until, page);
    for (const record of records) {
      await receiveRecord(parts, 'primero', await withReferrals(client, record), { target: target.id });
    }
    taken += records.length;
    if (records.length === 0 || page * primeroPageSize >= total) break;
  }
  await moveCursor(parts, target.id, until);
  return taken;
}

/** Every case, for a comparison; nothing is taken in. */
export async function allOfPrimero(client: PrimeroClient, until: Instant): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { records, total } = await client.changed(beginning, until, page);
    all.push(...records);
    if (records.length === 0 || page * primeroPageSize >= total) return all;
  }
}

/** What became of a referral stands beside the case, so it is read along where there is a service to refer for. */
async function withReferrals(client: PrimeroClient, record: unknown): Promise<unknown> {
  const { id, services_section: rows } = (record ?? {}) as PrimeroRecord;
  if (typeof id !== 'string' || !Array.isArray(rows) || rows.length === 0) return record;
  return { ...(record as PrimeroRecord), referrals: await client.referralsOf(id) };
}
