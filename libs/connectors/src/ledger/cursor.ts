import type { Instant } from '#libs/calendar';
import type { ConnectorParts } from '../prepared.js';

type CursorParts = Pick<ConnectorParts, 'database' | 'context' | 'clock'>;

/** Up to which moment a target was read; undefined before the first time. */
export async function loadCursor({ database, context }: CursorParts, target: string): Promise<Instant | undefined> {
  const [row] = await database.read(context, (queries) =>
    queries.query<{ cursor: string | null }>('exchange_cursor', cursorText, [context.tenant, target]),
  );
  return row?.cursor ?? undefined;
}

export async function moveCursor(
  { database, context, clock }: CursorParts,
  target: string,
  cursor: Instant,
): Promise<void> {
  const values = [context.tenant, target, cursor, clock.now()];
  await database.unitOfWork.run(context, (tx) => tx.send('exchange_cursor_move', moveText, values));
}

/** Lets one of several workers read a target at a time. @returns whether it is this one's turn */
export async function takePull({ database, context }: CursorParts, target: string, turn: PullTurn): Promise<boolean> {
  const rows = await database.unitOfWork.run(context, (tx) =>
    tx.query('exchange_pull_take', takeText, [context.tenant, target, turn.now, turn.until]),
  );
  return rows.length > 0;
}

export async function renewPull({ database, context }: CursorParts, target: string, until: Instant): Promise<void> {
  const values = [context.tenant, target, until];
  await database.unitOfWork.run(context, (tx) => tx.send('exchange_pull_renew', renewText, values));
}

export async function endPull({ database, context }: CursorParts, target: string): Promise<void> {
  await database.unitOfWork.run(context, (tx) => tx.send('exchange_pull_end', endText, [context.tenant, target]));
}

export interface PullTurn {
  readonly now: Instant;
  /** A reader that was killed leaves the target to others after that. */
  readonly until: Instant;
}

const cursorText = 'SELECT cursor FROM exchange_targets WHERE tenant_id = $1 AND target = $2';

const moveText = `INSERT INTO exchange_targets (tenant_id, target, cursor, pulled_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, target) DO UPDATE SET cursor = excluded.cursor, pulled_at = excluded.pulled_at`;

const takeText = `INSERT INTO exchange_targets AS t (tenant_id, target, pull_claim_until) VALUES ($1, $2, $4)
  ON CONFLICT (tenant_id, target) DO UPDATE SET pull_claim_until = excluded.pull_claim_until
  WHERE t.pull_claim_until IS NULL OR t.pull_claim_until <= $3 RETURNING target`;

const renewText = `UPDATE exchange_targets SET pull_claim_until = $3
  WHERE tenant_id = $1 AND target = $2 AND pull_claim_until IS NOT NULL`;

const endText = 'UPDATE exchange_targets SET pull_claim_until = NULL WHERE tenant_id = $1 AND target = $2';
