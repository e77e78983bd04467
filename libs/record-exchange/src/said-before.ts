import type { Instant } from '#libs/calendar';
import type { ForeignSystem } from '#libs/cases';
import type { ExchangeParts } from './parts.js';

/** A record that went over, one way or the other, and when. */
export interface SaidBefore {
  readonly record: unknown;
  readonly at: Instant;
}

interface SaidRow {
  readonly record_id: string;
  readonly person_id: string;
  readonly sealed: string;
  readonly at: Instant;
}

/** What a system last said of a case; of a system with several instances, what this one said. */
export async function lastSaid(
  { database, context, sealer }: ExchangeParts,
  system: ForeignSystem,
  caseId: string,
  target: string | undefined,
): Promise<SaidBefore | undefined> {
  return database.read(context, async (queries) => {
    const values = [context.tenant, caseId, system, target ?? null];
    const [row] = await queries.query<SaidRow>('ledger_last_said', lastSaidText, values);
    if (row === undefined) return undefined;
    const place = { personId: row.person_id, streamId: row.record_id, version: 1 };
    const { identity } = await sealer.unseal(queries, place, row.sealed);
    return identity === undefined ? undefined : { record: identity['record'], at: row.at };
  });
}

const lastSaidText = `SELECT record_id, person_id, sealed, settled_at AS at FROM received_records
  WHERE tenant_id = $1 AND stream_id = $2 AND system = $3 AND target IS NOT DISTINCT FROM $4
    AND state = 'taken_in' AND reason IS NULL AND sealed <> '' ORDER BY settled_at DESC, record_id DESC LIMIT 1`;
