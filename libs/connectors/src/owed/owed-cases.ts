import type { Instant } from '#libs/calendar';
import type { Database, DatabaseContext, Transaction } from '#libs/database';
import { later } from '../asking/breaker.js';
import { claimMs } from '../renewing.js';

/** A case that somebody has taken to tell a target of. */
export interface OwedCase {
  readonly caseId: string;
  readonly version: number;
  readonly attempts: number;
  /** How often the target itself could not take it. */
  readonly refusals: number;
  readonly claim: string;
}

/** What is owed to one target. PostgreSQL is the truth; queues only wake. */
export class OwedCases {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #target: string;

  constructor(database: Database, context: DatabaseContext, target: string) {
    this.#database = database;
    this.#context = context;
    this.#target = target;
  }

  /** Takes the next cases, urgent ones first, then in the order in which they changed. */
  async claim(claim: string, now: Instant, limit: number): Promise<OwedCase[]> {
    const values = [this.#context.tenant, this.#target, now, limit, claim, later(now, claimMs)];
    return this.#database.unitOfWork.run(this.#context, (tx) =>
      tx.query<OwedCase>('exchange_claim', claimText, values),
    );
  }

  /** Goes on holding a case that takes longer, so that no two ever send the same. */
  renew(owed: OwedCase, now: Instant): Promise<void> {
    return this.#write((tx) => tx.send('exchange_renew', renewText, this.#key(owed, later(now, claimMs))));
  }

  /** The target knows it as it was when it was taken; what changed since is owed still. */
  done(owed: OwedCase, now: Instant): Promise<void> {
    return this.#write((tx) => {
      tx.send('exchange_done', doneText, this.#key(owed, owed.version));
      tx.send('exchange_go_on', goOnText, this.#key(owed, now));
    });
  }

  /** To be tried again. */
  failed(owed: OwedCase, { at, refused, error }: { at: Instant; refused: boolean; error: string }): Promise<void> {
    return this.#write((tx) => tx.send('exchange_failed', failedText, this.#key(owed, at, refused ? 1 : 0, error)));
  }

  /** To be looked at by a person. The next change of the case tries it again. */
  park(owed: OwedCase, now: Instant, error: string): Promise<void> {
    return this.#write((tx) => tx.send('exchange_park', parkText, this.#key(owed, now, error)));
  }

  #write(work: (tx: Transaction) => void): Promise<void> {
    return this.#database.unitOfWork.run(this.#context, work);
  }

  #key({ caseId, claim }: OwedCase, ...more: unknown[]): unknown[] {
    return [this.#context.tenant, this.#target, caseId, claim, ...more];
  }
}

/** Owes a case to a target now, as when a person wants it sent again. */
export function oweNow(tx: Transaction, target: string, caseId: string, now: Instant): void {
  tx.send('exchange_owe_now', oweNowText, [tx.context.tenant, target, caseId, now]);
}

const claimText = `UPDATE exchange_owed SET attempts = attempts + 1, claim = $5, next_try_at = $6
  WHERE (tenant_id, target, stream_id) IN (
    SELECT tenant_id, target, stream_id FROM exchange_owed
    WHERE tenant_id = $1 AND target = $2 AND parked_at IS NULL AND next_try_at <= $3
    ORDER BY urgent DESC, owed_since LIMIT $4 FOR UPDATE SKIP LOCKED)
  RETURNING stream_id AS "caseId", version, attempts, refusals, claim`;

const ours = 'tenant_id = $1 AND target = $2 AND stream_id = $3 AND claim = $4';

const renewText = `UPDATE exchange_owed SET next_try_at = $5 WHERE ${ours}`;

const doneText = `DELETE FROM exchange_owed WHERE ${ours} AND version = $5`;

const goOnText = `UPDATE exchange_owed SET claim = NULL, attempts = 0, refusals = 0, last_error = NULL, next_try_at = $5
  WHERE ${ours}`;

const failedText = `UPDATE exchange_owed SET claim = NULL, next_try_at = $5, refusals = refusals + $6, last_error = $7
  WHERE ${ours}`;

const parkText = `UPDATE exchange_owed SET claim = NULL, parked_at = $5, last_error = $6 WHERE ${ours}`;

const oweNowText = `INSERT INTO exchange_owed AS o (tenant_id, target, stream_id, urgent, owed_since, next_try_at)
  VALUES ($1, $2, $3, false, $4, $4)
  ON CONFLICT (tenant_id, target, stream_id) DO UPDATE SET version = o.version + 1, parked_at = NULL, refusals = 0,
    next_try_at = CASE WHEN o.claim IS NULL THEN least(o.next_try_at, excluded.next_try_at) ELSE o.next_try_at END`;
