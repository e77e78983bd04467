import type { Projection } from '#libs/event-store';

import { webhookEventOf } from './events.js';

/*
 * Agencies with a part in the case or in the referral, unless they are blocked from it; and only of what happened after
 * they asked to be told.
 */
const oweText = `INSERT INTO webhook_deliveries
    (tenant_id, subscription_id, stream_id, version, event, referral_id, deadline, occurred_at, next_try_at)
  SELECT $1, s.id, e.stream_id, e.version, e.event, e.referral_id, e.deadline, e.occurred_at, e.recorded_at
  FROM json_to_recordset($2) AS e (stream_id uuid, version int, event text, referral_id uuid, deadline text,
    to_agency text, occurred_at timestamptz, recorded_at timestamptz)
  JOIN case_summary c ON c.tenant_id = $1 AND c.stream_id = e.stream_id
  LEFT JOIN referrals r ON r.tenant_id = $1 AND r.stream_id = e.stream_id AND r.referral_id = e.referral_id
  JOIN webhook_subscriptions s ON s.tenant_id = $1 AND s.ended_at IS NULL AND e.event = ANY (s.events)
    AND s.created_at <= e.recorded_at
    AND s.agency IN (c.agency, r.from_agency, coalesce(e.to_agency, r.to_agency))
    AND s.agency <> ALL (c.conflicts)
  ON CONFLICT DO NOTHING`;

/** Finds in the feed what agencies have asked to be told of, and owes it to them: once, whatever is killed meanwhile. */
export const webhookProjection: Projection = {
  name: 'webhook_deliveries',
  version: 1,
  apply: async (tx, events) => {
    const owed = events.flatMap(({ streamId, version, type, data, occurredAt, recordedAt }) => {
      const event = webhookEventOf(type);
      if (event === undefined) return [];
      const { referralId, toAgency, deadline } = data as Partial<Record<string, string>>;
      return [
        {
          stream_id: streamId,
          version,
          event,
          referral_id: referralId,
          deadline,
          to_agency: toAgency,
          occurred_at: occurredAt,
          recorded_at: recordedAt,
        },
      ];
    });
    if (owed.length > 0) tx.send('webhook_owe', oweText, [tx.context.tenant, JSON.stringify(owed)]);
    return Promise.resolve();
  },
};
