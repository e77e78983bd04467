import type { Clock, Instant } from '#libs/calendar';
import type { ExchangeTarget } from '#libs/configuration';
import type { Database, DatabaseContext } from '#libs/database';
import { breakerState, type BreakerState } from '../asking/breaker.js';

/** How one target fares, for those who look after the exchange. */
export interface TargetState {
  readonly target: string;
  readonly system: string;
  /** Whether it is asked: always, not for a while, or once to see whether it is back. */
  readonly breaker: BreakerState;
  readonly failures: number;
  readonly pausedUntil: Instant | null;
  readonly lastOkAt: Instant | null;
  readonly lastError: string | null;
  /** Up to when it was read. */
  readonly readUntil: string | null;
  readonly owed: number;
  readonly urgent: number;
  readonly oldestOwed: Instant | null;
  /** Wait for a person. */
  readonly parked: number;
}

interface StateRow {
  readonly id: string;
  readonly failures: number | null;
  readonly open_until: Instant | null;
  readonly paused_until: Instant | null;
  readonly last_ok_at: Instant | null;
  readonly last_error: string | null;
  readonly cursor: string | null;
  readonly owed: number;
  readonly urgent: number;
  readonly oldest: Instant | null;
  readonly parked: number;
}

/** The state of every target that is configured. */
export async function targetStates(
  { database, context, clock }: { database: Database; context: DatabaseContext; clock: Clock },
  targets: readonly ExchangeTarget[],
): Promise<TargetState[]> {
  const ids = targets.map(({ id }) => id);
  const rows = await database.read(context, (queries) =>
    queries.query<StateRow>('exchange_states', statesText, [context.tenant, ids]),
  );
  return targets.flatMap(({ id, system }) => {
    const row = rows.find((each) => each.id === id);
    return row === undefined ? [] : [stateOf(row, system, clock.now())];
  });
}

function stateOf(row: StateRow, system: string, now: Instant): TargetState {
  const health = { failures: row.failures ?? 0, openUntil: row.open_until, pausedUntil: row.paused_until };
  return {
    target: row.id,
    system,
    breaker: breakerState(health, now),
    failures: health.failures,
    pausedUntil: row.paused_until,
    lastOkAt: row.last_ok_at,
    lastError: row.last_error,
    readUntil: row.cursor,
    owed: row.owed,
    urgent: row.urgent,
    oldestOwed: row.oldest,
    parked: row.parked,
  };
}

const statesText = `SELECT i.id, t.failures, t.open_until, t.paused_until, t.last_ok_at, t.last_error, t.cursor,
    o.owed, o.urgent, o.oldest, o.parked + s.parked AS parked
  FROM unnest($2::text[]) AS i (id)
  LEFT JOIN exchange_targets t ON t.tenant_id = $1 AND t.target = i.id
  CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE parked_at IS NULL))::int AS owed,
      (count(*) FILTER (WHERE parked_at IS NULL AND urgent))::int AS urgent,
      min(owed_since) FILTER (WHERE parked_at IS NULL AND isfinite(owed_since)) AS oldest,
      (count(*) FILTER (WHERE parked_at IS NOT NULL))::int AS parked
    FROM exchange_owed WHERE tenant_id = $1 AND target = i.id) o
  CROSS JOIN LATERAL (SELECT count(*)::int AS parked FROM sent_records
    WHERE tenant_id = $1 AND target = i.id AND state = 'parked') s`;
