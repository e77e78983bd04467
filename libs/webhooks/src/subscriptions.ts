import { randomBytes, randomUUID } from 'node:crypto';

import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext, Queryable, Transaction } from '#libs/database';
import type { MasterKey, WrappedColumn } from '#libs/privacy';

import type { WebhookEvent } from './events.js';
import type { HostsOfPartners } from './hosts.js';

export interface SubscriptionParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
  readonly hosts: HostsOfPartners;
}

export interface Subscription {
  readonly id: string;
  readonly agency: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly endedAt: string | null;
}

/** A subscription or a secret cannot be made as asked. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
}

/** Secrets that count at the same time, so that a receiver can change over at leisure. */
const secretsInUse = 2;
const secretBytes = 32;

/** Which agencies are told, where, and what their messages are signed with. */
export class WebhookSubscriptions {
  readonly #parts: SubscriptionParts;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  /**
   * @returns the secret, which is shown this once
   * @throws SubscriptionRefused for a host that is not listed for the agency
   */
  async add(asked: Pick<Subscription, 'agency' | 'url' | 'events'>): Promise<{ id: string; secret: string }> {
    const { database, context, clock, hosts } = this.#parts;
    const { agency, url, events } = asked;
    if (!hosts.lists(agency, url)) throw new SubscriptionRefused('the host is not listed for this agency');
    const id = randomUUID();
    const secret = await database.unitOfWork.run(context, async (tx) => {
      const values = [context.tenant, id, agency, url, events, clock.now()];
      tx.send('webhook_subscribe', subscribeText, values);
      return this.#newSecret(tx, id, 1);
    });
    return { id, secret };
  }

  /** A new secret beside the one before, which goes on counting until there is another. @throws SubscriptionRefused */
  async rotate(id: string): Promise<{ id: string; secret: string }> {
    const { database, context } = this.#parts;
    const secret = await database.unitOfWork.run(context, async (tx) => {
      const [row] = await tx.query<{ latest: number }>('webhook_latest_secret', latestText, [context.tenant, id]);
      if (row === undefined) throw new SubscriptionRefused('there is no such subscription');
      tx.send('webhook_forget_secrets', forgetText, [context.tenant, id, row.latest + 1 - secretsInUse]);
      return this.#newSecret(tx, id, row.latest + 1);
    });
    return { id, secret };
  }

  /** Nothing that is not yet under way is told any more. */
  async end(id: string): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, (tx) => tx.send('webhook_end', endText, [context.tenant, id, clock.now()]));
  }

  async all(): Promise<Subscription[]> {
    const { database, context } = this.#parts;
    return database.read(context, (queries) => queries.query('webhook_subscriptions', allText, [context.tenant]));
  }

  /** In the form of Standard Webhooks, the latest first. */
  async secretsOf(queries: Queryable, id: string): Promise<string[]> {
    const { masterKey, context } = this.#parts;
    const rows = await queries.query<{ wrapped: string }>('webhook_secrets', secretsText, [context.tenant, id]);
    const keys = await Promise.all(rows.map(({ wrapped }) => masterKey.unwrap(wrapped, boundTo(id))));
    return keys.map(written);
  }

  async #newSecret(tx: Transaction, id: string, generation: number): Promise<string> {
    const { masterKey, context, clock } = this.#parts;
    const key = randomBytes(secretBytes);
    const wrapped = await masterKey.wrap(key, boundTo(id));
    const values = [context.tenant, id, generation, masterKey.id, wrapped, clock.now()];
    tx.send('webhook_add_secret', addSecretText, values);
    return written(key);
  }
}

const boundTo = (id: string): string => `webhook ${id}`;

/** Where the secrets lie. */
export const webhookSecretColumn: WrappedColumn = {
  table: 'webhook_secrets',
  id: { subscription_id: 'uuid', generation: 'int' },
  wrapped: 'wrapped',
  masterKeyId: 'master_key_id',
  contextOf: (_tenant, { subscription_id = '' }) => boundTo(subscription_id),
};

const written = (key: Buffer): string => `whsec_${key.toString('base64')}`;

const subscribeText = `INSERT INTO webhook_subscriptions (tenant_id, id, agency, url, events, created_at)
  VALUES ($1, $2, $3, $4, $5, $6)`;
const latestText = `SELECT generation AS latest FROM webhook_secrets
  WHERE tenant_id = $1 AND subscription_id = $2 ORDER BY generation DESC LIMIT 1 FOR UPDATE`;
const forgetText = `DELETE FROM webhook_secrets WHERE tenant_id = $1 AND subscription_id = $2 AND generation <= $3`;
const addSecretText = `INSERT INTO webhook_secrets (tenant_id, subscription_id, generation, master_key_id, wrapped,
    created_at)
  VALUES ($1, $2, $3, $4, $5, $6)`;
const endText = `UPDATE webhook_subscriptions SET ended_at = $3 WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL`;
const allText = `SELECT id, agency, url, events, ended_at AS "endedAt" FROM webhook_subscriptions
  WHERE tenant_id = $1 ORDER BY agency, created_at`;
const secretsText = `SELECT wrapped FROM webhook_secrets
  WHERE tenant_id = $1 AND subscription_id = $2 ORDER BY generation DESC`;
