import type { Instant } from '#libs/calendar';

import type { IdentityParts } from '../parts.js';
import { digestOf, newToken } from '../secret-token.js';
import { hourMs, later } from '../time.js';
import { serviceColumns, type ServiceAccount } from './service-account.js';
import { callsFrom, type ServiceKeys } from './service-keys.js';

/** Where a token counts: at the addresses that speak as this system does, and nowhere else. */
type SpokenAs = 'primero' | 'oscar';

/** What a program shows to get a token: the account's id or title, and one of its keys. */
export interface ShownKey {
  readonly name: string;
  readonly key: string;
  readonly address: string;
}

/** A token, told once. */
export interface GivenToken {
  readonly account: ServiceAccount;
  readonly token: string;
  readonly expiresAt: Instant;
}

/** An hourly job is through by then; whoever takes longer signs in again. */
const lifeMs = 2 * hourMs;
/** Programs at once on one account; one more ends the oldest token. */
const mostAtOnce = 10;

const findText = `SELECT ${serviceColumns} FROM service_tokens t
  JOIN service_accounts a ON a.tenant_id = t.tenant_id AND a.id = t.account
  JOIN service_keys k ON k.tenant_id = t.tenant_id AND k.key_hash = t.key_hash
  WHERE t.tenant_id = $1 AND t.token_hash = $2 AND t.system = $3 AND t.not_after > $4
    AND a.closed_at IS NULL AND (k.not_after IS NULL OR k.not_after > $4)`;

const addText = `INSERT INTO service_tokens (tenant_id, token_hash, account, key_hash, system, made_at, not_after)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const dropText = `DELETE FROM service_tokens WHERE tenant_id = $1 AND account = $2 AND (not_after <= $3 OR (system = $4
  AND token_hash NOT IN (SELECT token_hash FROM service_tokens WHERE tenant_id = $1 AND account = $2 AND system = $4
    ORDER BY made_at DESC LIMIT $5)))`;

/**
 * Tokens for programs that can't send a key with every call, because they speak as they would to another system. Random and
 * kept hashed, like sessions: one ends at once with its key or its account, on every process.
 */
export class ServiceTokens {
  readonly #parts: IdentityParts;
  readonly #keys: ServiceKeys;

  constructor(parts: IdentityParts, keys: ServiceKeys) {
    this.#parts = parts;
    this.#keys = keys;
  }

  /** The account that is shown by name and key together; undefined when they do not belong together. */
  async accountOf({ name, key, address }: ShownKey): Promise<ServiceAccount | undefined> {
    const account = await this.#keys.find(key, address);
    return account !== undefined && [account.id, account.title].includes(name) ? account : undefined;
  }

  /** @returns undefined when name and key do not belong together */
  async give(shown: ShownKey, system: SpokenAs): Promise<GivenToken | undefined> {
    const account = await this.accountOf(shown);
    if (account === undefined) return undefined;
    const { database, context, clock } = this.#parts;
    const [token, now] = [newToken(), clock.now()];
    const expiresAt = later(now, lifeMs);
    await database.unitOfWork.run(context, (tx) => {
      const values = [digestOf(token), account.id, digestOf(shown.key), system, now, expiresAt];
      tx.send('service_token_add', addText, [context.tenant, ...values]);
      tx.send('service_tokens_drop', dropText, [context.tenant, account.id, now, system, mostAtOnce]);
      return Promise.resolve();
    });
    return { account, token, expiresAt };
  }

  /** @returns undefined for a token that nobody has, or no longer, and for one used from elsewhere */
  async find(token: string, system: SpokenAs, address: string): Promise<ServiceAccount | undefined> {
    const { database, context, clock } = this.#parts;
    const [account] = await database.read(context, (queries) =>
      queries.query<ServiceAccount>('service_by_token', findText, [
        ...[context.tenant, digestOf(token), system],
        clock.now(),
      ]),
    );
    return account !== undefined && callsFrom(account, address) ? account : undefined;
  }
}
