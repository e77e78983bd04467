import { expect } from '@jest/globals';
import { cambodia, type Instant } from '#libs/calendar';
import {
  decideFacility,
  evolveFacility,
  noFacility,
  registerOf,
  type Actor,
  type FacilityCommand,
  type FacilityCommandData,
  type FacilityCommandType,
  type FacilityContext,
  type FacilityEvent,
  type FacilityEventData,
  type FacilityEventType,
  type FacilityState,
  type KnownFacility,
  type Outcome,
  type Recorded,
  type Refusal,
} from '#libs/cases';
import { START, supervisor, type Circumstances } from './case-specification.js';
import { testPathway } from './test-pathway.js';
import { testCommon } from './test-vocabulary.js';

/** One command of a story: who asks for it, when it happened, and when the system learns of it. */
export interface AskedOfFacility {
  command: FacilityCommand;
  actor: Actor;
  now: Instant;
  residents: number;
}

export function tell<T extends FacilityCommandType>(
  type: T,
  data: FacilityCommandData[T],
  {
    actor = supervisor,
    at = START,
    precision = 'moment',
    recordedAt = at,
    residents = 0,
  }: Circumstances & { residents?: number } = {},
): AskedOfFacility {
  const command = { type, data, occurredAt: at, precision } as unknown as FacilityCommand;
  return { command, actor, now: recordedAt, residents };
}

export interface ExpectedOfFacility<T extends FacilityEventType = FacilityEventType> {
  type: T;
  data?: Partial<FacilityEventData[T]>;
  sealed?: FacilityEvent['sealed'];
}

export function fact<T extends FacilityEventType>(
  type: T,
  data: Partial<FacilityEventData[T]> = {},
): ExpectedOfFacility {
  return { type, data };
}

/** A facility after commands that were all accepted; `when` asks for one more. */
export interface FacilityStory {
  readonly state: FacilityState;
  readonly history: readonly Recorded<FacilityEvent>[];
  and(...more: AskedOfFacility[]): FacilityStory;
  known(): KnownFacility;
  when(asked: AskedOfFacility): FacilityVerdict;
}

export interface FacilityVerdict {
  readonly outcome: Outcome<FacilityEvent>;
  then(...expected: ExpectedOfFacility[]): FacilityStory;
  thenRefused(...codes: string[]): void;
  thenConflict(...codes: string[]): void;
  thenUnknown(...codes: string[]): void;
  thenNothingHappened(): void;
}

/** The register of the tests. */
export const testRegister = registerOf(testPathway)!;

export function facilityContext({ actor, now, residents }: Omit<AskedOfFacility, 'command'>): FacilityContext {
  return { now, actor, common: testCommon, calendar: cambodia, register: testRegister, residents };
}

export function facility(...asked: AskedOfFacility[]): FacilityStory {
  return continued(asked, noFacility, []);
}

function continued(
  asked: readonly AskedOfFacility[],
  from: FacilityState,
  past: readonly Recorded<FacilityEvent>[],
): FacilityStory {
  let state = from;
  const history = [...past];
  for (const { command, ...circumstances } of asked) {
    const outcome = decideFacility(command, state, facilityContext(circumstances));
    if (!outcome.ok) throw new Error(`cannot be told: ${command.type} ${codesOf(outcome.refusal).join()}`);
    for (const event of outcome.events) {
      const recorded = { event, by: circumstances.actor.id, recordedAt: circumstances.now };
      state = evolveFacility(state, recorded);
      history.push(recorded);
    }
  }
  return {
    state,
    history,
    and: (...more) => continued(more, state, history),
    known: () => {
      if (state.status === 'none') throw new Error('no facility yet');
      return state;
    },
    when: ({ command, ...circumstances }) => verdict({ command, ...circumstances }, state, history),
  };
}

function verdict(
  asked: AskedOfFacility,
  state: FacilityState,
  history: readonly Recorded<FacilityEvent>[],
): FacilityVerdict {
  const outcome = decideFacility(asked.command, state, facilityContext(asked));
  const events = (): FacilityEvent[] => {
    if (!outcome.ok) throw new Error(`refused: ${codesOf(outcome.refusal).join()}`);
    return outcome.events;
  };
  const expectRefusal = (kind: Refusal['kind'], codes: string[]): void => {
    expect(outcome.ok ? outcome.events.map(({ type }) => type) : codesOf(outcome.refusal)).toEqual(codes.toSorted());
    expect(outcome).toMatchObject({ ok: false, refusal: { kind } });
  };
  return {
    outcome,
    then: (...expected) => {
      expect(events().map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
      expect(events()).toMatchObject(expected);
      return continued([asked], state, history);
    },
    thenRefused: (...codes) => expectRefusal('unmet', codes),
    thenConflict: (...codes) => expectRefusal('state', codes),
    thenUnknown: (...codes) => expectRefusal('unknown', codes),
    thenNothingHappened: () => expect(events()).toEqual([]),
  };
}

function codesOf({ unmet }: Refusal): string[] {
  return unmet.map(({ code, subject }) => `${code} ${subject}`).toSorted();
}
