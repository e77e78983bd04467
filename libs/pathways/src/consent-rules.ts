import type { Duration } from '#libs/calendar';
import type { DocumentCode, RoleCode } from './codes.js';
import type { Sourced } from './sourced.js';

export type ConsentGiver = 'child' | 'caregiver' | 'other_adult' | 'case_worker';

/** How a consent was given. Thumbprints count as signatures; a spoken one without witness is a young child's assent only. */
export type ConsentManner = 'signature' | 'thumbprint' | 'written' | 'witnessed_verbal' | 'remote_recorded' | 'spoken';

/** Whose consent is needed at which age, and what stands in for a guardian who is not asked (pathways 1.6). */
export interface ConsentRules extends Sourced {
  /** Kinds of consent that the age matrix rules. Others need one consent, by one of the givers named below. */
  kinds: DocumentCode[];
  /** Who may give the kinds that the matrix does not rule; anybody, where a kind is not listed. */
  givers: Record<DocumentCode, ConsentGiver[]>;
  bands: ConsentBand[];
  /** Manners that need a witness, whose name is kept sealed. */
  witnessed: ConsentManner[];
  exceptions: Record<string, ExceptionRule>;
  /** Roles that may approve an exception, and how soon that must be; afterwards it counts no longer. */
  approvers: RoleCode[];
  approvedWithin: Duration;
  /** Papers that must be on record before an exception is approved. */
  approvalNeeds: DocumentCode[];
}

export interface ConsentBand {
  /** Years of age. */
  from: number;
  to?: number;
  child: 'none' | 'informal' | 'written';
  caregiver: 'required' | 'with_permission' | 'none';
  /** Who consents in the caregiver's stead when an exception sets the caregiver aside. */
  otherwise: ('child' | 'mature_child' | 'other_adult' | 'case_worker')[];
}

export interface ExceptionRule {
  /** `caregiver`: the caregiver is not asked and somebody else consents instead; `all`: no consent is needed. */
  standsIn: 'caregiver' | 'all';
  /** Nothing may ever reach this caregiver again. */
  blocks?: true;
  /** Ages, in years, at which it can be used. */
  ages?: { atLeast?: number; atMost?: number };
}

/** Whose consent is missing, and in which form. */
export type MissingConsent = 'anyone' | 'caregiver' | 'instead_of_caregiver' | 'child_assent' | 'child_in_writing';
