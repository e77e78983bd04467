import { createHash } from 'node:crypto';
import type { Spean } from '#libs/composition';

/** How long the pages of a list may be asked for after the first. */
const keptMs = 3_600_000;

/** Says the same of two requests that ask for the same list, whichever page of it. */
export const listKey = (asked: object): string => createHash('sha256').update(JSON.stringify(asked)).digest('hex');

const keepText = `INSERT INTO exchange_listings (tenant_id, account, asked, taken_at, case_ids) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, account, asked) DO UPDATE SET taken_at = excluded.taken_at, case_ids = excluded.case_ids`;

/**
 * Fixes which cases a list has, and their order, for the pages that follow: what changes or comes in meanwhile would else
 * push a record over the edge of a page, so that it is told twice or never.
 */
export async function keepListing(
  spean: Spean,
  account: string,
  key: string,
  caseIds: readonly string[],
): Promise<void> {
  const now = spean.clock.now();
  await spean.database.unitOfWork.run(spean.context, (tx) => {
    const { tenant } = tx.context;
    const drop = 'DELETE FROM exchange_listings WHERE tenant_id = $1 AND taken_at < $2';
    tx.send('exchange_listings_drop', drop, [tenant, new Date(Date.parse(now) - keptMs).toISOString()]);
    tx.send('exchange_listing_keep', keepText, [tenant, account, key, now, caseIds]);
    return Promise.resolve();
  });
}

/** The list that the first page was cut from; undefined when nobody asked for it within the hour. */
export async function findListing(spean: Spean, account: string, key: string): Promise<string[] | undefined> {
  const since = new Date(Date.parse(spean.clock.now()) - keptMs).toISOString();
  const [row] = await spean.database.read(spean.context, (queries) =>
    queries.query<{ case_ids: string[] }>(
      'exchange_listing_find',
      'SELECT case_ids FROM exchange_listings WHERE tenant_id = $1 AND account = $2 AND asked = $3 AND taken_at >= $4',
      [queries.context.tenant, account, key, since],
    ),
  );
  return row?.case_ids;
}
