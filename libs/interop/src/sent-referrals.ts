import type { KnownCase, ReferralStatus } from '#libs/cases';
import type { SentState } from './statuses.js';

export type SentReferral = ReferralStatus & { state: SentState };

/** Referrals that have left the sender. A draft is nobody else's business yet. */
export const sentReferrals = ({ referrals }: KnownCase): SentReferral[] =>
  Object.values(referrals).filter((referral): referral is SentReferral => referral.state !== 'DRAFT');
