export type StateCode = string;
export type TransitionCode = string;
export type RoleCode = string;
export type DocumentCode = string;
export type FactValue = string | number | boolean;
export type RiskLevel = 'high' | 'medium' | 'low' | 'no_action';
export type DocumentKind = 'record' | 'assessment' | 'plan' | 'consent' | 'decision';

export type ReferralState =
  | 'DRAFT'
  | 'SENT'
  | 'ACKNOWLEDGED'
  | 'MORE_INFO'
  | 'ACCEPTED'
  | 'IN_SERVICE'
  | 'COMPLETED'
  | 'REJECTED'
  | 'REVOKED'
  | 'EXPIRED';

/** How soon a receiver must answer: within 1, 3, 24 or 72 hours, or 7 days. */
export type ReferralUrgency = 'EMERGENCY' | 'URGENT_3H' | 'URGENT' | 'SOON' | 'ROUTINE';

export type ContactKind = 'VISIT' | 'HOME_VISIT' | 'PHONE' | 'OFFICE' | 'PREPARATORY' | 'ATTEMPT';

/** The life of a request to review a decision (pathways 1.8). */
export type ReviewOutcome = 'UPHELD' | 'PARTLY_UPHELD' | 'DISMISSED';
export type ReviewState = 'FILED' | 'ACKNOWLEDGED' | 'UNDER_REVIEW' | ReviewOutcome | 'SECOND_LEVEL';
export type FeedbackState = 'RECEIVED' | 'ANSWERED';
