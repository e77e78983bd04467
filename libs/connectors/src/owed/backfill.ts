import type { SharingPolicy } from '#libs/access';
import type { Clock } from '#libs/calendar';
import type { ExchangeTarget } from '#libs/configuration';
import type { Database, DatabaseContext } from '#libs/database';
import { servesCase, urgentCase } from './owed-projection.js';

export interface BackfillParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly sharing: Pick<SharingPolicy, 'ahead'>;
}

/**
 * Owes a target every case that it serves: one that was added later has heard of none of them. They go after whatever
 * changes meanwhile, and what the target has heard of already is not told again, so that it may be done twice.
 *
 * @returns how many cases it is owed that it was not owed before
 */
export async function backfill(
  { database, context, clock, sharing: { ahead } }: BackfillParts,
  { id, serves }: ExchangeTarget,
): Promise<number> {
  const values = [context.tenant, id, serves.agencies, serves.provinces, ahead.pathways, ahead.ladders, clock.now()];
  const rows = await database.unitOfWork.run(context, (tx) => tx.query('exchange_backfill', backfillText, values));
  return rows.length;
}

const backfillText = `INSERT INTO exchange_owed (tenant_id, target, stream_id, urgent, owed_since, next_try_at)
  SELECT $1, $2, c.stream_id, ${urgentCase('$5', '$6')}, 'infinity', $7
  FROM case_summary c WHERE c.tenant_id = $1 AND ${servesCase({ id: '$2', agencies: '$3::text[]', provinces: '$4::text[]' })}
  ON CONFLICT (tenant_id, target, stream_id) DO NOTHING RETURNING stream_id`;
