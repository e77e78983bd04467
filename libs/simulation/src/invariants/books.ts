import type { Instant } from '#libs/calendar';
import type { CaseEvent, CaseEventData } from '#libs/cases';

// The books that the rules look into: what the events said so far, added up here anew and not by the core.

export interface KeptDeadline {
  armed: CaseEventData['DeadlineArmed'];
  /** When the system learned of it. */
  armedAt: Instant;
  reached: Set<number>;
  pause: { from: Instant; until: Instant } | undefined;
  extendedUntil: Instant | undefined;
  ended: { at: Instant; as: 'met' | CaseEventData['DeadlineCancelled']['because'] } | undefined;
}

export interface KeptReferral {
  state: string;
  toAgency: string;
}

export type KeptConsent = CaseEventData['ConsentGiven'] & { withdrawn: boolean };

export interface KeptException {
  code: string;
  kinds: string[];
  by: string;
  at: Instant;
  approved: boolean;
  ended: boolean;
}

export interface Books {
  version: number;
  state: string | undefined;
  /** Who took the step that led into the present state. */
  submitter: string | undefined;
  /** Outcomes that were decided since. */
  decided: Set<string>;
  deadlines: Map<string, KeptDeadline>;
  referrals: Map<string, KeptReferral>;
  consents: Map<string, KeptConsent>;
  exceptions: Map<string, KeptException>;
  documents: Set<string>;
  facts: Map<string, unknown>;
}

/** An event with what is known of its recording. */
export interface Entry<E = CaseEvent> {
  event: E;
  by: string;
  recordedAt: Instant;
}

export const newBooks = (): Books => ({
  version: 0,
  state: undefined,
  submitter: undefined,
  decided: new Set(),
  deadlines: new Map(),
  referrals: new Map(),
  consents: new Map(),
  exceptions: new Map(),
  documents: new Set(),
  facts: new Map(),
});

/** Enters one event. */
export function enter(books: Books, { event, by, recordedAt }: Entry): void {
  books.version += 1;
  if (event.type.startsWith('Deadline') || event.type === 'RungReached') return enterDeadline(books, event, recordedAt);
  if (event.type.startsWith('Referral')) return enterReferral(books, event);
  if (event.type.startsWith('ConsentException')) return enterException(books, event, by);
  switch (event.type) {
    case 'CaseEnrolled':
      return enterState(books, event.data.state, by);
    case 'TransitionTaken':
      return enterState(books, event.data.to, by);
    case 'DecisionRecorded':
      books.decided.add(event.data.outcome);
      books.documents.add(event.data.document);
      return;
    case 'DocumentRecorded':
      books.documents.add(event.data.code);
      return;
    case 'ConsentGiven':
      books.consents.set(event.data.consentId, { ...event.data, withdrawn: false });
      return;
    case 'ConsentWithdrawn':
      return change(books.consents, event.data.consentId, { withdrawn: true });
    case 'FactsRecorded':
      for (const [name, value] of Object.entries(event.data.facts)) books.facts.set(name, value);
      return;
    default:
      return;
  }
}

function enterState(books: Books, state: string, by: string): void {
  books.state = state;
  books.submitter = by;
  books.decided = new Set();
}

function enterDeadline({ deadlines }: Books, event: CaseEvent, recordedAt: Instant): void {
  switch (event.type) {
    case 'DeadlineArmed':
      deadlines.set(event.data.deadline, {
        armed: event.data,
        armedAt: recordedAt,
        reached: new Set(event.data.reachedBefore),
        pause: undefined,
        extendedUntil: undefined,
        ended: undefined,
      });
      return;
    case 'DeadlineMet':
      return change(deadlines, event.data.deadline, { ended: { at: recordedAt, as: 'met' } });
    case 'DeadlineCancelled':
      return change(deadlines, event.data.deadline, { ended: { at: recordedAt, as: event.data.because } });
    case 'DeadlinePaused':
      return change(deadlines, event.data.deadline, { pause: { from: event.occurredAt, until: event.data.until } });
    case 'DeadlineExtended':
      return change(deadlines, event.data.deadline, { extendedUntil: event.data.until });
    case 'RungReached':
      deadlines.get(event.data.deadline)?.reached.add(event.data.rung);
      return;
    default:
      return;
  }
}

/** Where each event leads a referral. */
export const referralStates: Partial<Record<CaseEvent['type'], string>> = {
  ReferralDrafted: 'DRAFT',
  ReferralSent: 'SENT',
  ReferralAcknowledged: 'ACKNOWLEDGED',
  ReferralInformationRequested: 'MORE_INFO',
  ReferralInformationProvided: 'ACKNOWLEDGED',
  ReferralAccepted: 'ACCEPTED',
  ReferralRejected: 'REJECTED',
  ReferralServiceStarted: 'IN_SERVICE',
  ReferralCompleted: 'COMPLETED',
  ReferralRevoked: 'REVOKED',
  ReferralExpired: 'EXPIRED',
};

function enterReferral({ referrals }: Books, { type, data }: CaseEvent): void {
  const state = referralStates[type];
  if (state === undefined || !('referralId' in data)) return;
  const referralId = data.referralId ?? '';
  const before = referrals.get(referralId);
  const toAgency = 'toAgency' in data ? data.toAgency : (before?.toAgency ?? '');
  referrals.set(referralId, { state, toAgency });
}

function enterException({ exceptions }: Books, event: CaseEvent, by: string): void {
  switch (event.type) {
    case 'ConsentExceptionRecorded': {
      const { exceptionId, code, kinds } = event.data;
      exceptions.set(exceptionId, { code, kinds, by, at: event.occurredAt, approved: false, ended: false });
      return;
    }
    case 'ConsentExceptionApproved':
      return change(exceptions, event.data.exceptionId, { approved: true });
    case 'ConsentExceptionRejected':
      return change(exceptions, event.data.exceptionId, { ended: true });
    case 'ConsentExceptionReviewed':
      return event.data.ends ? change(exceptions, event.data.exceptionId, { ended: true }) : undefined;
    default:
      return;
  }
}

function change<T>(kept: Map<string, T>, key: string, difference: Partial<T>): void {
  const before = kept.get(key);
  if (before !== undefined) kept.set(key, { ...before, ...difference });
}
