import { createHmac } from 'node:crypto';

import { milliseconds, type Instant } from '#libs/calendar';
import type { Transaction } from '#libs/database';

import { noteIdentityEvent } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { IdentityRefused } from '../refusal.js';
import { dayMs, hourMs, later, minuteMs, secondMs } from '../time.js';

type Kind = 'account' | 'address';

/** Failures without any delay. Behind one address there may be an office in which many people mistype. */
const free: Record<Kind, number> = { account: 5, address: 50 };
const firstDelayMs = minuteMs;
const longestDelayMs = hourMs;
/** After so long without a failure, it is as if there had been none. */
const forgottenAfterMs = dayMs;

interface FailureRow {
  failures: number;
  last_at: Instant;
  locked_until: Instant | null;
}

/**
 * Counts failures by the name given and by network address, in PostgreSQL, so that no process and no restart forgets
 * them. A name that nobody has is counted and delayed like any other: the answer tells nothing.
 */
export class Failures {
  readonly #parts: IdentityParts;

  constructor(parts: IdentityParts) {
    this.#parts = parts;
  }

  /**
   * Counts an attempt as failed before it is judged, so that attempts made at the same moment are all counted.
   *
   * @throws IdentityRefused `too-many-attempts` while name or address has to wait
   */
  async begin(account: string, address: string): Promise<void> {
    const { database, context } = this.#parts;
    const waitMs = await database.unitOfWork.run(context, async (tx) =>
      Math.max(await this.#count(tx, 'account', account), await this.#count(tx, 'address', address)),
    );
    if (waitMs > 0) throw new IdentityRefused('too-many-attempts', Math.ceil(waitMs / secondMs));
  }

  /** The attempt was right after all, which the address is not held against. */
  async right(tx: Transaction, address: string): Promise<void> {
    const text = `UPDATE sign_in_failures SET failures = greatest(failures - 1, 0)
      WHERE tenant_id = $1 AND kind = 'address' AND subject = $2`;
    tx.send('failures_right', text, [tx.context.tenant, await this.#digest('address', address)]);
  }

  /** Everything asked of the account's owner was given: it begins anew. */
  async forget(tx: Transaction, account: string): Promise<void> {
    const text = `UPDATE sign_in_failures SET failures = 0, locked_until = NULL
      WHERE tenant_id = $1 AND kind = 'account' AND subject = $2`;
    tx.send('failures_forget', text, [tx.context.tenant, await this.#digest('account', account)]);
  }

  /** @returns how long to wait still (milliseconds); the attempt counts only when that is nothing */
  async #count(tx: Transaction, kind: Kind, subject: string): Promise<number> {
    const { tenant } = tx.context;
    const now = this.#parts.clock.now();
    const key = [tenant, kind, await this.#digest(kind, subject)];
    const insert = `INSERT INTO sign_in_failures (tenant_id, kind, subject, failures, last_at) VALUES ($1, $2, $3, 0, $4)
      ON CONFLICT DO NOTHING`;
    tx.send('failures_begin', insert, [...key, now]);
    const select = `SELECT failures, last_at, locked_until FROM sign_in_failures
      WHERE tenant_id = $1 AND kind = $2 AND subject = $3 FOR UPDATE`;
    const [row] = await tx.query<FailureRow>('failures_lock', select, key);
    if (row === undefined) return 0;
    const waitMs = row.locked_until === null ? 0 : milliseconds(now, row.locked_until);
    if (waitMs > 0) return waitMs;
    const before = milliseconds(row.last_at, now) > forgottenAfterMs ? 0 : row.failures;
    const failures = before + 1;
    const delayMs = delayAfter(failures - free[kind]);
    const update = `UPDATE sign_in_failures SET failures = $4, last_at = $5, locked_until = $6
      WHERE tenant_id = $1 AND kind = $2 AND subject = $3`;
    tx.send('failures_count', update, [...key, failures, now, delayMs === 0 ? null : later(now, delayMs)]);
    if (delayMs > 0) noteIdentityEvent(tx, now, { kind: 'locked_out', detail: kind });
    return 0;
  }

  async #digest(kind: Kind, subject: string): Promise<Buffer> {
    const key = await this.#parts.masterKey.derive('sign-in failures');
    return createHmac('sha256', key).update(`${kind} ${subject}`).digest();
  }
}

/** One minute after the last free failure, then twice as long each time, an hour at most. */
const delayAfter = (beyond: number): number => (beyond < 0 ? 0 : Math.min(firstDelayMs * 2 ** beyond, longestDelayMs));
