import type { LocalDate } from '#libs/calendar';

export type Sex = 'female' | 'male' | 'other' | 'unknown';
/** Age bands follow the consent matrix (pathways 1.6). */
export type AgeBand = '0-5' | '6-11' | '12-14' | '15-17' | '18+' | 'unknown';

/** Family name first; both scripts where known; a one-word name stands as the given name (reference 15). */
export interface PersonNames {
  familyNameKm?: string;
  givenNameKm?: string;
  familyNameLatin?: string;
  givenNameLatin?: string;
  nickname?: string;
}

/** Everything that names a child: stored sealed, class `identity`. */
export interface PersonIdentity extends PersonNames {
  /** `2012-02-02`, or `2012-02` / `2012` when only that is known. */
  birthDate?: string;
  birthEstimated?: boolean;
  mosvyNumber?: string;
  phone?: string;
}

/** Where a child lives, below the district: stored sealed, class `location`. Gazetteer codes keep leading zeros. */
export interface PersonLocation {
  locationCode?: string;
  addressCode?: string;
  address?: string;
}

/** What may stand in clear: enough for worklists and honest numbers, not enough to find a child. */
export interface PersonFacts {
  sex: Sex;
  ageBand: AgeBand;
  province?: string;
  district?: string;
  synthetic: boolean;
}

export interface PersonDetails {
  facts: PersonFacts;
  identity: PersonIdentity;
  location: PersonLocation;
}

export function ageBandOf(age: number | undefined): AgeBand {
  if (age === undefined || age < 0) return 'unknown';
  if (age <= 5) return '0-5';
  if (age <= 11) return '6-11';
  if (age <= 14) return '12-14';
  if (age <= 17) return '15-17';
  return '18+';
}

/** The full birth date, when the day is known. */
export function birthDateOf(identity: PersonIdentity): LocalDate | undefined {
  return identity.birthDate?.length === 10 ? identity.birthDate : undefined;
}
