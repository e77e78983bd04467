import type { LocalDate } from '#libs/calendar';
import type { Occurrence } from '../actor.js';
import type { SealedFields } from '../sealed.js';

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

export type PersonEvent =
  | ({ type: 'PersonRegistered'; data: PersonFacts; sealed: SealedFields } & Occurrence)
  | ({ type: 'PersonDetailsChanged'; data: PersonFacts & { changed: string[] }; sealed: SealedFields } & Occurrence);

export type PersonCommand = { type: 'RegisterPerson' | 'ChangePersonDetails'; data: PersonDetails } & Occurrence;

export interface PersonDetails {
  facts: PersonFacts;
  identity: PersonIdentity;
  location: PersonLocation;
}

/** A person as folded; identity and location are there only for who may open them. */
export interface PersonState {
  version: number;
  facts: PersonFacts | undefined;
  identity: PersonIdentity;
  location: PersonLocation;
}

export const noPerson: PersonState = { version: 0, facts: undefined, identity: {}, location: {} };

export function evolvePerson(state: PersonState, event: PersonEvent): PersonState {
  return {
    version: state.version + 1,
    facts: factsOf(event.data),
    identity: event.sealed.identity ?? {},
    location: event.sealed.location ?? {},
  };
}

/** A change that changes nothing makes no event, so a record received twice leaves one trace. */
export function decidePerson(command: PersonCommand, state: PersonState): PersonEvent[] {
  const { facts, identity, location } = command.data;
  const sealed: SealedFields = { identity: { ...identity }, location: { ...location } };
  const when = { occurredAt: command.occurredAt, precision: command.precision };
  if (state.facts === undefined) return [{ type: 'PersonRegistered', data: facts, sealed, ...when }];
  const changed = [
    ...changedKeys('facts', state.facts, facts),
    ...changedKeys('identity', state.identity, identity),
    ...changedKeys('location', state.location, location),
  ];
  if (changed.length === 0) return [];
  return [{ type: 'PersonDetailsChanged', data: { ...facts, changed }, sealed, ...when }];
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

function factsOf({ sex, ageBand, province, district, synthetic }: PersonFacts): PersonFacts {
  return {
    sex,
    ageBand,
    ...(province === undefined ? {} : { province }),
    ...(district === undefined ? {} : { district }),
    synthetic,
  };
}

function changedKeys(group: string, before: object, after: object): string[] {
  const left = before as Record<string, unknown>;
  const right = after as Record<string, unknown>;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((key) => left[key] !== right[key])
    .map((key) => `${group}.${key}`)
    .sort();
}
