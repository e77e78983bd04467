import type { Instant } from '#libs/calendar';
import type { Database, DatabaseContext, Queryable, Transaction } from '#libs/database';
import {
  afterAnswer,
  afterFailure,
  breakerState,
  isPaused,
  later,
  probingUntil,
  type TargetHealth,
} from './breaker.js';
import type { Random } from './backoff.js';

interface HealthRow {
  readonly failures: number;
  readonly open_until: Instant | null;
  readonly paused_until: Instant | null;
}

/** Whether a target may be asked now: all of it, once to see whether it is back, or not at all. */
export type Admission = 'all' | 'probe' | 'none';

/** The circuit breaker of one target, shared by all workers through the database. */
export class Health {
  readonly #database: Database;
  readonly #context: DatabaseContext;
  readonly #target: string;
  readonly #random: Random;

  constructor(database: Database, context: DatabaseContext, target: string, random: Random) {
    this.#database = database;
    this.#context = context;
    this.#target = target;
    this.#random = random;
  }

  /** One of those who ask while the breaker is half open is let through. */
  async admit(now: Instant): Promise<Admission> {
    const health = await this.#database.read(this.#context, (queries) => this.#load(queries));
    if (isPaused(health, now)) return 'none';
    const state = breakerState(health, now);
    if (state !== 'half_open') return state === 'closed' ? 'all' : 'none';
    const values = [this.#context.tenant, this.#target, now, probingUntil(now)];
    const won = await this.#database.unitOfWork.run(this.#context, (tx) =>
      tx.query('exchange_probe', probeText, values),
    );
    return won.length > 0 ? 'probe' : 'none';
  }

  async answered(now: Instant): Promise<void> {
    const values = [this.#context.tenant, this.#target, now];
    await this.#database.unitOfWork.run(this.#context, (tx) => tx.send('exchange_answered', answeredText, values));
  }

  async failed(now: Instant, error: string): Promise<void> {
    // Several requests fail at the same time; each of them counts.
    await this.#database.unitOfWork.run(this.#context, async (tx) => {
      tx.send('exchange_health_lock', lockText, [this.#context.tenant, this.#target]);
      this.#save(tx, afterFailure(await this.#load(tx), now, this.#random), { okAt: null, error });
    });
  }

  /** It is there, and wants to be left alone for a while. */
  async busy(now: Instant, pauseMs: number): Promise<void> {
    const paused = { ...afterAnswer(), pausedUntil: later(now, pauseMs) };
    await this.#database.unitOfWork.run(this.#context, (tx) =>
      this.#save(tx, paused, { okAt: now, error: 'asks for patience' }),
    );
  }

  async #load(queries: Queryable): Promise<TargetHealth> {
    const values = [this.#context.tenant, this.#target];
    const [row] = await queries.query<HealthRow>('exchange_health', healthText, values);
    return row === undefined
      ? afterAnswer()
      : { failures: row.failures, openUntil: row.open_until, pausedUntil: row.paused_until };
  }

  #save(
    tx: Transaction,
    { failures, openUntil, pausedUntil }: TargetHealth,
    { okAt, error }: { okAt: Instant | null; error: string | null },
  ): void {
    const values = [this.#context.tenant, this.#target, failures, openUntil, pausedUntil, okAt, error];
    tx.send('exchange_health_save', saveText, values);
  }
}

const healthText = `SELECT failures, open_until, paused_until FROM exchange_targets WHERE tenant_id = $1 AND target = $2`;

/** Whoever comes second waits for the row, and then reads what the first one has written. */
const lockText = `INSERT INTO exchange_targets AS t (tenant_id, target) VALUES ($1, $2)
  ON CONFLICT (tenant_id, target) DO UPDATE SET failures = t.failures`;

const probeText = `UPDATE exchange_targets SET open_until = $4
  WHERE tenant_id = $1 AND target = $2 AND open_until <= $3 RETURNING target`;

const saveText = `INSERT INTO exchange_targets AS t (tenant_id, target, failures, open_until, paused_until, last_ok_at, last_error)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant_id, target) DO UPDATE SET failures = excluded.failures, open_until = excluded.open_until,
    paused_until = excluded.paused_until, last_ok_at = coalesce(excluded.last_ok_at, t.last_ok_at),
    last_error = excluded.last_error`;

/** Written when it is news, and every few seconds. */
const answeredText = `INSERT INTO exchange_targets AS t (tenant_id, target, last_ok_at) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, target) DO UPDATE SET failures = 0, open_until = NULL, paused_until = NULL, last_error = NULL,
    last_ok_at = excluded.last_ok_at
  WHERE t.failures > 0 OR t.open_until IS NOT NULL OR t.paused_until IS NOT NULL OR t.last_ok_at IS NULL
    OR t.last_ok_at < excluded.last_ok_at - interval '5 seconds'`;
