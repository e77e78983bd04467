export { Mailer, messageIdOf, type MailSettings } from './mailer.js';
export { Notifier, type NotifierParts } from './notifier.js';
export type { OwedNotice } from './outbox.js';
export { render, templates, type Language, type Template, type TemplateName } from './templates.js';
export { notificationProcessor, notificationQueue, NotificationSweep, owedNotices, wakeNotifier } from './waking.js';
