import { createHash } from 'node:crypto';

import { Webhook } from 'standardwebhooks';

import type { Instant } from '#libs/calendar';

import type { WebhookEvent } from './events.js';

/** A message owed to an agency. */
export interface Delivery {
  readonly subscriptionId: string;
  readonly agency: string;
  readonly url: string;
  readonly streamId: string;
  readonly version: number;
  readonly event: WebhookEvent;
  readonly referralId: string | null;
  readonly deadline: string | null;
  readonly occurredAt: Instant;
  readonly attempts: number;
}

export interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The message, as Standard Webhooks has it. It tells ids and codes; whoever is told reads the rest at the interface, as
 * somebody whose right to it is looked at then. The same message always has the same id, so that a second one is known.
 *
 * @param secrets all that count; a receiver that knows one of them can check it
 */
export function signedMessage(delivery: Delivery, secrets: readonly string[], now: Instant): SignedMessage {
  const { event, streamId, referralId, deadline, occurredAt } = delivery;
  const body = JSON.stringify({
    type: event,
    timestamp: occurredAt,
    data: {
      caseId: streamId,
      ...(referralId === null ? {} : { referralId }),
      ...(deadline === null ? {} : { deadline }),
    },
  });
  const id = idOf(delivery);
  const moment = new Date(now);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(moment.getTime() / 1_000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, moment, body)).join(' '),
    },
  };
}

function idOf({ subscriptionId, streamId, version }: Delivery): string {
  const digest = createHash('sha256').update(`${subscriptionId} ${streamId} ${version}`).digest('base64url');
  return `msg_${digest.slice(0, 27)}`;
}
