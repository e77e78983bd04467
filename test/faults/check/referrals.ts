import { groupBy, type LoggedEvent } from './logged-event.js';

/** Referrals that were accepted or rejected more than once. Each has one answer. */
export function answeredTwice(events: readonly LoggedEvent[]): string[] {
  const answers = events.filter(({ type }) => type === 'ReferralAccepted' || type === 'ReferralRejected');
  return [...groupBy(answers, ({ data }) => String(data['referralId']))]
    .filter(([, given]) => given.length > 1)
    .map(([referralId]) => referralId);
}
