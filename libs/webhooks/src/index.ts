export { webhookEvents, type WebhookEvent } from './events.js';
export { HostsOfPartners } from './hosts.js';
export { webhookProjection } from './owed.js';
export { WebhookSender, type SenderParts } from './sender.js';
export { SubscriptionRefused, webhookSecretColumn, WebhookSubscriptions, type Subscription } from './subscriptions.js';
