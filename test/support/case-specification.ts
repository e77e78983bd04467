import { expect } from '@jest/globals';
import { cambodia, type Instant, type LocalDate, type Precision, type WorkingCalendar } from '#libs/calendar';
import {
  alone,
  decide,
  evolve,
  noCase,
  type Actor,
  type CaseCommand,
  type CaseCommandData,
  type CaseCommandType,
  type CaseEvent,
  type CaseEventData,
  type CaseEventType,
  type CaseState,
  type DecideContext,
  type FacilitySnapshot,
  type KnownCase,
  type Outcome,
  type Recorded,
  type Refusal,
  type SealedFields,
} from '#libs/cases';
import type { CommonDefinition, Pathway } from '#libs/pathways';
import { testPathway } from './test-pathway.js';
import { testCommon } from './test-vocabulary.js';

/** Monday 2 March 2026, nine in the morning in Phnom Penh: when stories begin unless they say otherwise. */
export const START: Instant = '2026-03-02T02:00:00.000Z';

export const worker: Actor = { id: 'worker-1', roles: ['OSVY_SW'], agency: 'osvy' };
export const supervisor: Actor = { id: 'supervisor-1', roles: ['PDOSVY_SUP'], agency: 'pdosvy' };
export const chair: Actor = { id: 'chair-1', roles: ['GK_CHAIR'], agency: 'pdosvy' };
export const system: Actor = { id: 'system', roles: ['SYSTEM'], agency: 'spean' };

/** One command of a story: who asks for it, when it happened, and when the system learns of it. */
export interface Asked {
  command: CaseCommand;
  actor: Actor;
  now: Instant;
}

export interface Circumstances {
  actor?: Actor;
  /** When it happened; recorded at the same moment unless `recordedAt` says otherwise. */
  at?: Instant;
  precision?: Precision;
  recordedAt?: Instant;
}

export function ask<T extends CaseCommandType>(
  type: T,
  data: CaseCommandData[T],
  { actor = worker, at = START, precision = 'moment', recordedAt = at }: Circumstances = {},
): Asked {
  return { command: { type, data, occurredAt: at, precision } as unknown as CaseCommand, actor, now: recordedAt };
}

/** What the world of a story is like besides its commands. */
export interface World {
  birthDate?: LocalDate;
  person?: DecideContext['person'];
  calendar?: WorkingCalendar;
  pathways?: Record<string, Pathway>;
  common?: CommonDefinition;
  staff?: DecideContext['staff'];
  /** The register of facilities, by code. */
  facilities?: Record<string, FacilitySnapshot>;
  /** Agencies that must not come near the child. */
  shutOut?: string[];
}

/** Everybody whom a story names is in the directory, with the agency that `member` gives them. */
export const anybody: DecideContext['staff'] = (id) => ({
  agency: `agency of ${id}`,
  roles: ['GK_CHAIR', 'GK_MEMBER', 'PDOSVY_SUP'],
});

export interface Expected<T extends CaseEventType = CaseEventType> {
  type: T;
  data?: Partial<CaseEventData[T]>;
  occurredAt?: Instant;
  sealed?: SealedFields;
}

/** An event that is looked for: its type and as much of its data as matters. */
export function event<T extends CaseEventType>(type: T, data: Partial<CaseEventData[T]> = {}): Expected {
  return { type, data };
}

/** A case after commands that were all accepted; `when` asks for one more. */
export interface Story {
  readonly state: CaseState;
  readonly history: readonly Recorded[];
  and(...more: Asked[]): Story;
  when(asked: Asked): Verdict;
  known(): KnownCase;
  context(actor?: Actor, now?: Instant): DecideContext;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** Exactly these events, in this order. */
  then(...expected: Expected[]): Story;
  /** These events in this order, among others. */
  thenAmongOthers(...expected: Expected[]): Story;
  /** No event of these types. */
  thenNone(...types: CaseEventType[]): Story;
  /** Refused with exactly these `Code subject` pairs, in any order. */
  thenRefused(...codes: string[]): void;
  /** The case has moved on. */
  thenConflict(...codes: string[]): void;
  thenUnknown(...codes: string[]): void;
  thenNothingHappened(): void;
}

export function given(...asked: Asked[]): Story {
  return storyIn({})(...asked);
}

export function storyIn(world: World): (...asked: Asked[]) => Story {
  return (...asked) => continued(asked, noCase, [], world);
}

export function contextIn(world: World, actor: Actor, now: Instant): DecideContext {
  const pathways = world.pathways ?? { 'TEST@1.0.0': { definition: testPathway, common: testCommon } };
  return {
    now,
    actor,
    pathway: (key) => pathways[key],
    common: world.common ?? testCommon,
    calendar: world.calendar ?? cambodia,
    birthDate: world.birthDate,
    person: world.person ?? alone,
    staff: world.staff ?? anybody,
    facility: (code) => world.facilities?.[code],
    shutOut: world.shutOut ?? [],
    sharing: () => ({ purpose: 'service', classes: ['identity'], atMost: 'P1Y', afterwards: 'P30D' }),
  };
}

function continued(asked: readonly Asked[], from: CaseState, past: readonly Recorded[], world: World): Story {
  let state = from;
  const history = [...past];
  for (const each of asked) {
    const outcome = decide(each.command, state, { ...contextIn(world, each.actor, each.now), history: [...history] });
    if (!outcome.ok)
      throw new Error(`the story cannot be told: ${each.command.type} ${codesOf(outcome.refusal).join()}`);
    for (const recorded of outcome.events.map((made) => recordedBy(each, made))) {
      state = evolve(state, recorded);
      history.push(recorded);
    }
  }
  return {
    state,
    history,
    and: (...more) => continued(more, state, history, world),
    when: (one) => verdict(one, state, history, world),
    known: () => knownCase(state),
    context: (actor = worker, now = START) => contextIn(world, actor, now),
  };
}

function verdict(asked: Asked, state: CaseState, history: readonly Recorded[], world: World): Verdict {
  const outcome = decide(asked.command, state, { ...contextIn(world, asked.actor, asked.now), history });
  const after = (): Story => continued([asked], state, history, world);
  return {
    outcome,
    then: (...expected) => {
      expect(eventsOf(outcome).map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
      expect(eventsOf(outcome)).toMatchObject(expected);
      return after();
    },
    thenAmongOthers: (...expected) => {
      const events = eventsOf(outcome);
      let from = 0;
      for (const each of expected) {
        const index = events.findIndex((made, place) => place >= from && isLike(made, each));
        if (index < 0) expect(events.slice(from)).toContainEqual(expect.objectContaining(each));
        from = index + 1;
      }
      return after();
    },
    thenNone: (...types) => {
      expect(eventsOf(outcome).filter(({ type }) => types.includes(type))).toEqual([]);
      return after();
    },
    thenRefused: (...codes) => expectRefusal(outcome, 'unmet', codes),
    thenConflict: (...codes) => expectRefusal(outcome, 'state', codes),
    thenUnknown: (...codes) => expectRefusal(outcome, 'unknown', codes),
    thenNothingHappened: () => expect(eventsOf(outcome)).toEqual([]),
  };
}

function expectRefusal(outcome: Outcome, kind: Refusal['kind'], codes: string[]): void {
  expect(outcome.ok ? outcome.events.map(({ type }) => type) : codesOf(outcome.refusal)).toEqual(codes.toSorted());
  expect(outcome).toMatchObject({ ok: false, refusal: { kind } });
}

function codesOf({ unmet }: Refusal): string[] {
  return unmet.map(({ code, subject }) => `${code} ${subject}`).toSorted();
}

function eventsOf(outcome: Outcome): CaseEvent[] {
  if (!outcome.ok) throw new Error(`refused: ${codesOf(outcome.refusal).join()}`);
  return outcome.events;
}

function recordedBy({ actor, now }: Asked, made: CaseEvent): Recorded {
  return { event: made, by: actor.id, recordedAt: now };
}

function knownCase(state: CaseState): KnownCase {
  if (state.status === 'none') throw new Error('the story has no case yet');
  return state;
}

function isLike(made: CaseEvent, expected: Expected): boolean {
  try {
    expect(made).toMatchObject({ ...expected });
    return true;
  } catch {
    return false;
  }
}
