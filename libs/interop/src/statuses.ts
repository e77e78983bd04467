import type { ReferralState } from '#libs/pathways';
import { entryOf } from './objects.js';

/** Statuses of a transition in Primero. Its documentation spells the first one `inprogress`. */
export type TransitionStatus = 'in_progress' | 'accepted' | 'rejected' | 'done' | 'revoked';
/** Cambodia's status of a service row, in which decisions travel between the two systems. */
export type RowStatus = 'pending_310366' | 'accepted_340953' | 'rejected_936484';

const transitionStatuses: Record<string, TransitionStatus> = {
  in_progress: 'in_progress',
  inprogress: 'in_progress',
  accepted: 'accepted',
  rejected: 'rejected',
  done: 'done',
  revoked: 'revoked',
};

const rowStatuses: Record<string, RowStatus> = {
  pending_310366: 'pending_310366',
  accepted_340953: 'accepted_340953',
  rejected_936484: 'rejected_936484',
};

/** `Accetped` is a typing error that lives on in the other system's data. */
const oscarStates: Record<string, ReferralState> = {
  Referred: 'SENT',
  Accepted: 'ACCEPTED',
  Accetped: 'ACCEPTED',
  Active: 'IN_SERVICE',
  Exited: 'REJECTED',
  Rejected: 'REJECTED',
};

/** Undefined for a word that is no status; then the record needs a person. */
export const readTransitionStatus = (word: string): TransitionStatus | undefined =>
  entryOf(transitionStatuses, word.trim());
export const readRowStatus = (word: string): RowStatus | undefined => entryOf(rowStatuses, word.trim());

/** OSCaR's `Exited` means rejected here; read with our own state, the case may know better (pathways, section 7). */
export const readOscarStatus = (word: string): ReferralState | undefined => entryOf(oscarStates, word.trim());

export interface PrimeroAnswer {
  transition: TransitionStatus | undefined;
  row: RowStatus | undefined;
  /** The row says that the service was delivered. */
  implemented: boolean;
  /** The row says that an OSCaR partner is delivering it. */
  provided: boolean;
  /** The row's note from the provider is our own word for a referral taken back. */
  revoked: boolean;
}

/**
 * Primero holds the answer twice, in the transition and in the service row. A transition that has been answered
 * decides; the row tells what an open one does not yet say.
 */
export function stateFromPrimero({ transition, row, implemented, provided, revoked }: PrimeroAnswer): ReferralState {
  if (transition === 'revoked') return 'REVOKED';
  if (transition === 'rejected') return 'REJECTED';
  if (transition === 'done') return 'COMPLETED';
  if (transition !== 'accepted' && row === 'rejected_936484') return revoked ? 'REVOKED' : 'REJECTED';
  if (implemented) return 'COMPLETED';
  if (provided) return 'IN_SERVICE';
  return transition === 'accepted' || row === 'accepted_340953' ? 'ACCEPTED' : 'SENT';
}

/** States in which a referral has left the sender; a draft goes nowhere. */
export type SentState = Exclude<ReferralState, 'DRAFT'>;

interface Outward {
  transition: TransitionStatus;
  row: RowStatus;
  oscar: string;
}

const waiting: Outward = { transition: 'in_progress', row: 'pending_310366', oscar: 'Referred' };

const outward: Record<SentState, Outward> = {
  SENT: waiting,
  ACKNOWLEDGED: waiting,
  MORE_INFO: waiting,
  EXPIRED: waiting,
  ACCEPTED: { transition: 'accepted', row: 'accepted_340953', oscar: 'Accepted' },
  IN_SERVICE: { transition: 'accepted', row: 'accepted_340953', oscar: 'Active' },
  COMPLETED: { transition: 'done', row: 'accepted_340953', oscar: 'Active' },
  REJECTED: { transition: 'rejected', row: 'rejected_936484', oscar: 'Exited' },
  REVOKED: { transition: 'revoked', row: 'rejected_936484', oscar: 'Exited' },
};

/** What each system is told of a referral (pathways, section 7). */
export const outwardStatus = (state: SentState): Outward => outward[state];
