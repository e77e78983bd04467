import type { Instant } from '#libs/calendar';
import type { Occurrence } from '../actor.js';
import type { Recorded } from '../events.js';
import type { SealedFields } from '../sealed.js';
import type { PersonDetails, PersonFacts, PersonIdentity, PersonLocation } from './details.js';

/** What happened to a person's record, by type: the clear part. Names, homes and reasons are sealed. */
export interface PersonEventData {
  PersonRegistered: PersonFacts;
  PersonDetailsChanged: PersonFacts & { changed: string[] };
  /** Something that every case of the child must heed, without being told why. */
  PersonFlagRaised: { flagId: string; kind: string; caseId: string };
  PersonFlagLifted: { flagId: string };
  /** The case that owns the child's safety agrees to a move that another case prepares. */
  MoveAgreed: { caseId: string; byCase: string };
  /** A person decided that this record and another are of the same child. */
  PersonMerged: { into: string };
  PersonUnmerged: { from: string };
  /** Somebody proposed to forget the child; a second person has to agree. */
  ErasureProposed: { erasureId: string; because: ErasureReason };
  ErasureWithdrawn: { erasureId: string };
  /** The child's keys are destroyed: nothing sealed opens any more, and the record is closed to everything. */
  ChildErased: { erasureId: string };
}

/** Why a child may be forgotten. */
export const erasureReasons = ['retention_over', 'asked_by_child', 'court_order', 'recorded_in_error'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

export type PersonEventType = keyof PersonEventData;

export type PersonEvent<T extends PersonEventType = PersonEventType> = {
  [K in T]: { type: K; data: PersonEventData[K]; sealed: SealedFields } & Occurrence;
}[T];

export interface PersonCommandData {
  RegisterPerson: PersonDetails;
  ChangePersonDetails: PersonDetails;
  RaisePersonFlag: { flagId: string; kind: string; caseId: string; reason: string };
  LiftPersonFlag: { flagId: string; reason: string };
  AgreeToMove: { caseId: string; byCase: string; reason: string };
  MergePerson: { into: string; reason: string };
  UnmergePerson: { reason: string };
  ProposeErasure: { erasureId: string; because: ErasureReason; reason: string };
  WithdrawErasure: { erasureId: string; reason: string };
  ApproveErasure: { erasureId: string };
}

export type PersonCommandType = keyof PersonCommandData;

export type PersonCommand<T extends PersonCommandType = PersonCommandType> = {
  [K in T]: { type: K; data: PersonCommandData[K] } & Occurrence;
}[T];

export interface PersonFlag {
  flagId: string;
  kind: string;
  caseId: string;
  by: string;
}

/** A person as folded; identity and location are there only for who may open them. */
export interface PersonState {
  version: number;
  facts: PersonFacts | undefined;
  identity: PersonIdentity;
  location: PersonLocation;
  flags: PersonFlag[];
  agreements: { caseId: string; at: Instant }[];
  merged: { into: string; at: Instant } | undefined;
  /** Proposed, and not agreed to yet. */
  erasure: { erasureId: string; because: ErasureReason; by: string } | undefined;
  erased: boolean;
}

export const noPerson: PersonState = {
  version: 0,
  facts: undefined,
  identity: {},
  location: {},
  flags: [],
  agreements: [],
  merged: undefined,
  erasure: undefined,
  erased: false,
};

export function evolvePerson(state: PersonState, { event, by, recordedAt }: Recorded<PersonEvent>): PersonState {
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'PersonRegistered':
    case 'PersonDetailsChanged':
      return {
        ...next,
        facts: factsOf(event.data),
        identity: event.sealed.identity ?? {},
        location: event.sealed.location ?? {},
      };
    case 'PersonFlagRaised':
      return { ...next, flags: [...state.flags, { ...event.data, by }] };
    case 'PersonFlagLifted':
      return { ...next, flags: state.flags.filter(({ flagId }) => flagId !== event.data.flagId) };
    case 'MoveAgreed':
      return { ...next, agreements: [...state.agreements, { caseId: event.data.caseId, at: recordedAt }] };
    case 'PersonMerged':
      return { ...next, merged: { into: event.data.into, at: recordedAt } };
    case 'PersonUnmerged':
      return { ...next, merged: undefined };
    case 'ErasureProposed':
      return { ...next, erasure: { ...event.data, by } };
    case 'ErasureWithdrawn':
      return { ...next, erasure: undefined };
    case 'ChildErased':
      return { ...next, erased: true, identity: {}, location: {} };
  }
}

/** Whether the event holds the person's details whole. */
export function holdsDetails(type: string): boolean {
  return type === 'PersonRegistered' || type === 'PersonDetailsChanged';
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
