/** What agencies can be told of, and the events of a case that it is made of. */
export const webhookEvents = {
  'referral.sent': ['ReferralSent'],
  'referral.answered': ['ReferralAccepted', 'ReferralRejected'],
  'deadline.escalated': ['EscalationRaised'],
} as const satisfies Record<string, readonly string[]>;

export type WebhookEvent = keyof typeof webhookEvents;

/** Under which name an event of a case is told, if it is. */
export function webhookEventOf(type: string): WebhookEvent | undefined {
  const names = Object.keys(webhookEvents) as WebhookEvent[];
  return names.find((name) => (webhookEvents[name] as readonly string[]).includes(type));
}
