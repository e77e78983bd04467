import { v7 as uuidv7 } from 'uuid';

import type { Caller } from '#libs/access';
import type { Instant } from '#libs/calendar';
import type { Transaction } from '#libs/database';

import { administers } from '../administration/administrators.js';
import { noteIdentityEvent, type IdentityEventKind } from '../identity-events.js';
import type { IdentityParts } from '../parts.js';
import { IdentityRefused } from '../refusal.js';
import { digestOf } from '../secret-token.js';
import { dayMs, later } from '../time.js';
import { serviceColumns, type ServiceAccount } from './service-account.js';
import { newServiceKey, type ServiceKeys } from './service-keys.js';

const keysAtMost = 2;
/** An old key counts for so long after a new one was made, so that programs can be told the new one. */
const handOverMs = 7 * dayMs;

/** A key, told once. */
export interface MadeKey {
  readonly id: string;
  readonly key: string;
  /** When the key before it counts no more. */
  readonly previousUntil: Instant | null;
}

export type NewService = Omit<ServiceAccount, 'frozenAt'>;

/** Service accounts, as those who administer accounts keep them. */
export class ServiceRegister {
  readonly #parts: IdentityParts;
  readonly #keys: ServiceKeys;

  constructor(parts: IdentityParts, keys: ServiceKeys) {
    this.#parts = parts;
    this.#keys = keys;
  }

  async of(caller: Caller): Promise<ServiceAccount[]> {
    const { database, context } = this.#parts;
    const text = `SELECT ${serviceColumns} FROM service_accounts a
      WHERE a.tenant_id = $1 AND a.closed_at IS NULL ORDER BY a.id`;
    const all = await database.read(context, (queries) =>
      queries.query<ServiceAccount>('services_all', text, [context.tenant]),
    );
    return all.filter(({ agency }) => administers(caller, { agency }));
  }

  /** @throws IdentityRefused `not-administrator`, `already-exists` */
  async open(service: NewService, caller: Caller): Promise<MadeKey> {
    const { database, context, clock } = this.#parts;
    const { id, agency, title, scopes, addresses, dailyRecords } = service;
    if (!administers(caller, { agency })) throw new IdentityRefused('not-administrator');
    return database.unitOfWork.run(context, async (tx) => {
      const text = `INSERT INTO service_accounts (tenant_id, id, agency, title, scopes, addresses, daily_records, created_by, created_at)
        VALUES ($1, $2, $3, $4, $5, ARRAY(SELECT network(each::inet) FROM unnest($6::text[]) AS each), $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`;
      const values = [context.tenant, id, agency, title, scopes, addresses, dailyRecords, caller.id, clock.now()];
      if ((await tx.query('service_open', text, values)).length === 0) throw new IdentityRefused('already-exists');
      this.#note(tx, 'service_opened', id, caller);
      return this.#makeKey(tx, id, caller);
    });
  }

  /**
   * Makes the key that follows the present one, which counts for a week still.
   *
   * @throws IdentityRefused `not-found`, `not-administrator`, `keys-in-use` while the key before is still good
   */
  async rotate(id: string, caller: Caller): Promise<MadeKey> {
    return this.#changing(id, caller, async (tx) => this.#makeKey(tx, id, caller));
  }

  /** Every key but the newest counts no more, from now on. @throws IdentityRefused */
  async withdrawOldKeys(id: string, caller: Caller): Promise<void> {
    const { context, clock } = this.#parts;
    await this.#changing(id, caller, async (tx) => {
      const text = `UPDATE service_keys SET not_after = $3 WHERE tenant_id = $1 AND account = $2 AND not_after > $3`;
      tx.send('service_keys_withdraw', text, [context.tenant, id, clock.now()]);
      this.#note(tx, 'key_withdrawn', id, caller);
    });
  }

  /** A person has looked why it took so much. @throws IdentityRefused */
  async unfreeze(id: string, caller: Caller): Promise<void> {
    const { context } = this.#parts;
    await this.#changing(id, caller, async (tx) => {
      const key = [context.tenant, id];
      tx.send('service_unfreeze', 'UPDATE service_accounts SET frozen_at = NULL WHERE tenant_id = $1 AND id = $2', key);
      tx.send('service_use_forget', 'UPDATE service_use SET records = 0 WHERE tenant_id = $1 AND account = $2', key);
      this.#note(tx, 'service_unfrozen', id, caller);
    });
  }

  /** @throws IdentityRefused */
  async close(id: string, caller: Caller): Promise<void> {
    const { context, clock } = this.#parts;
    await this.#changing(id, caller, async (tx) => {
      const text = 'UPDATE service_accounts SET closed_at = $3 WHERE tenant_id = $1 AND id = $2';
      tx.send('service_close', text, [context.tenant, id, clock.now()]);
      this.#note(tx, 'service_closed', id, caller);
    });
  }

  async #changing<Result>(id: string, caller: Caller, change: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { database, context } = this.#parts;
    return database.unitOfWork.run(context, async (tx) => {
      const text = `SELECT agency FROM service_accounts
        WHERE tenant_id = $1 AND id = $2 AND closed_at IS NULL FOR UPDATE`;
      const [row] = await tx.query<{ agency: string }>('service_account_lock', text, [context.tenant, id]);
      if (row === undefined) throw new IdentityRefused('not-found');
      if (!administers(caller, row)) throw new IdentityRefused('not-administrator');
      tx.afterCommit(() => this.#keys.forget(id));
      return change(tx);
    });
  }

  async #makeKey(tx: Transaction, account: string, caller: Caller): Promise<MadeKey> {
    const { tenant } = tx.context;
    const now = this.#parts.clock.now();
    const good = `SELECT id FROM service_keys
      WHERE tenant_id = $1 AND account = $2 AND (not_after IS NULL OR not_after > $3)`;
    const keys = await tx.query<{ id: string }>('service_keys_good', good, [tenant, account, now]);
    if (keys.length >= keysAtMost) throw new IdentityRefused('keys-in-use');
    const previousUntil = keys.length === 0 ? null : later(now, handOverMs);
    const end = `UPDATE service_keys SET not_after = $3 WHERE tenant_id = $1 AND account = $2 AND not_after IS NULL`;
    tx.send('service_keys_end', end, [tenant, account, previousUntil]);
    const [id, key] = [uuidv7(), newServiceKey()];
    const add = 'INSERT INTO service_keys (tenant_id, id, account, key_hash, created_at) VALUES ($1, $2, $3, $4, $5)';
    tx.send('service_key_add', add, [tenant, id, account, digestOf(key), now]);
    this.#note(tx, 'key_made', account, caller);
    return { id, key, previousUntil };
  }

  #note(tx: Transaction, kind: IdentityEventKind, subject: string, { id: by }: Caller): void {
    noteIdentityEvent(tx, this.#parts.clock.now(), { kind, subject, by });
  }
}
