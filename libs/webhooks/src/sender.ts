import { errorName, pauseAfter } from '#libs/background';
import type { Instant } from '#libs/calendar';
import type { Log } from '#libs/logging';
import type { OutboundHttp } from '#libs/outbound';

import { signedMessage, type Delivery } from './message.js';
import type { SubscriptionParts, WebhookSubscriptions } from './subscriptions.js';

export interface SenderParts extends Omit<SubscriptionParts, 'masterKey'> {
  readonly subscriptions: WebhookSubscriptions;
  readonly outbound: OutboundHttp;
  readonly log: Log;
}

const pageSize = 20;
/** A sender that was killed leaves what it took to others after this time (milliseconds). */
const claimMs = 60_000;
/** What could not be told for so long is not told any more: whoever was away asks at the interface. */
const giveUpAfterMs = 3 * 24 * 60 * 60_000;

/** The receiver took the message, but said no. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';

  constructor(readonly code: string) {
    super(code);
  }
}

/** Sends what is owed, again and again with growing pauses until it was taken. */
export class WebhookSender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** @returns how many were tried */
  async sweepOnce(): Promise<number> {
    await this.#dropBlocked();
    for (let tried = 0; ;) {
      const page = await this.#claim();
      await Promise.all(page.map((delivery) => this.#deliver(delivery)));
      tried += page.length;
      if (page.length < pageSize) return tried;
    }
  }

  /** A conflict of interest may have been declared, or the subscription ended, since it was owed. */
  async #dropBlocked(): Promise<void> {
    const { database, context, clock } = this.#parts;
    await database.unitOfWork.run(context, (tx) => tx.send('webhook_drop', dropText, [context.tenant, clock.now()]));
  }

  async #claim(): Promise<Delivery[]> {
    const { database, context, clock } = this.#parts;
    const now = clock.now();
    return database.unitOfWork.run(context, (tx) =>
      tx.query<Delivery>('webhook_claim', claimText, [context.tenant, now, later(now, claimMs), pageSize]),
    );
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      await this.#send(delivery);
      await this.#write(doneText, 'webhook_done', delivery, [clock.now()]);
    } catch (error) {
      const { streamId, version, attempts, occurredAt } = delivery;
      log.warn('a partner could not be told', { streamId, version, count: attempts, error });
      const now = clock.now();
      const givenUp = Date.parse(now) - Date.parse(occurredAt) > giveUpAfterMs ? now : null;
      const failure = [later(now, pauseAfter(attempts)), givenUp, errorName(error)];
      await this.#write(failedText, 'webhook_failed', delivery, failure);
    }
  }

  async #send(delivery: Delivery): Promise<void> {
    const { database, context, subscriptions, outbound, hosts, clock } = this.#parts;
    const secrets = await database.read(context, (queries) =>
      subscriptions.secretsOf(queries, delivery.subscriptionId),
    );
    const message = signedMessage(delivery, secrets, clock.now());
    const partner = { hosts: hosts.of(delivery.agency) };
    const { status } = await outbound.send(delivery.url, partner, { method: 'POST', ...message });
    if (status < 200 || status > 299) throw new NotTaken(String(status));
  }

  async #write(text: string, name: string, delivery: Delivery, values: readonly unknown[]): Promise<void> {
    const { database, context } = this.#parts;
    const { subscriptionId, streamId, version } = delivery;
    await database.unitOfWork.run(context, (tx) =>
      tx.send(name, text, [context.tenant, subscriptionId, streamId, version, ...values]),
    );
  }
}

const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();

const dropText = `UPDATE webhook_deliveries d SET given_up_at = $2, last_error = 'NotTheirsAnyMore'
  FROM webhook_subscriptions s, case_summary c
  WHERE d.tenant_id = $1 AND d.done_at IS NULL AND d.given_up_at IS NULL AND d.next_try_at <= $2
    AND s.tenant_id = $1 AND s.id = d.subscription_id AND c.tenant_id = $1 AND c.stream_id = d.stream_id
    AND (s.ended_at IS NOT NULL OR s.agency = ANY (c.conflicts))`;

const claimText = `UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_try_at = $3
  FROM webhook_subscriptions s
  WHERE s.tenant_id = d.tenant_id AND s.id = d.subscription_id
    AND (d.tenant_id, d.subscription_id, d.stream_id, d.version) IN (
      SELECT tenant_id, subscription_id, stream_id, version FROM webhook_deliveries
      WHERE tenant_id = $1 AND done_at IS NULL AND given_up_at IS NULL AND next_try_at <= $2
      ORDER BY next_try_at LIMIT $4 FOR UPDATE SKIP LOCKED)
  RETURNING d.subscription_id AS "subscriptionId", s.agency, s.url, d.stream_id AS "streamId", d.version, d.event,
    d.referral_id AS "referralId", d.deadline, d.occurred_at AS "occurredAt", d.attempts`;

const doneText = `UPDATE webhook_deliveries SET done_at = $5, last_error = NULL
  WHERE tenant_id = $1 AND subscription_id = $2 AND stream_id = $3 AND version = $4`;

const failedText = `UPDATE webhook_deliveries SET next_try_at = $5, given_up_at = $6, last_error = $7
  WHERE tenant_id = $1 AND subscription_id = $2 AND stream_id = $3 AND version = $4`;
