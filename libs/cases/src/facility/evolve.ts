import type { Instant } from '#libs/calendar';
import { applyDeadlineEvent } from '../deadlines/apply.js';
import type { DeadlineEvent, DeadlineEventType } from '../events.js';
import type { Recorded } from '../events.js';
import type { Stamp } from '../state.js';
import type { FacilityEvent, FacilityEventType } from './events.js';
import type { FacilityState, KnownFacility, NoFacility } from './state.js';

export const noFacility: NoFacility = { status: 'none', version: 0 };

/** Folds one event. Every event is a fact: nothing is refused here. */
export function evolveFacility(state: FacilityState, recorded: Recorded<FacilityEvent>): FacilityState {
  const { event, by, recordedAt } = recorded;
  const stamp: Stamp = { version: state.version + 1, at: event.occurredAt, by };
  if (event.type === 'FacilityRegistered' || event.type === 'UnregisteredFacilityReported')
    return entered(event, stamp);
  if (state.status === 'none') throw new TypeError(`${event.type} before the facility was known`);
  return { ...apply(state, event, stamp, recordedAt), version: stamp.version };
}

function entered(
  { data }: FacilityEvent<'FacilityRegistered' | 'UnregisteredFacilityReported'>,
  { version, at }: Stamp,
): KnownFacility {
  return {
    status: 'known',
    version,
    code: data.code,
    type: data.type,
    state: data.state,
    province: data.province,
    district: data.district,
    village: data.village,
    agency: data.agency,
    owner: data.owner,
    synthetic: data.synthetic,
    knownSince: at,
    stateSince: at,
    capacity: 'capacity' in data ? data.capacity : undefined,
    reportedChildren: 'reportedChildren' in data ? data.reportedChildren : undefined,
    closesOn: undefined,
    moves: [],
    inspections: [],
    accusations: [],
    undecided: undefined,
    deadlines: {},
    awaited: [],
    armings: {},
  };
}

type OwnEvents = Exclude<FacilityEventType, 'FacilityRegistered' | 'UnregisteredFacilityReported' | DeadlineEventType>;

const own: {
  [T in OwnEvents]: (state: KnownFacility, event: FacilityEvent<T>, stamp: Stamp) => KnownFacility;
} = {
  FacilityMoved: (state, { data }, stamp) => ({
    ...state,
    state: data.to,
    stateSince: stamp.at,
    moves: [...state.moves, { ...data, ...stamp }],
    // Counted anew for where it is now.
    undecided: undefined,
  }),
  FacilityInspected: (state, { data }, stamp) => ({
    ...state,
    inspections: [...state.inspections, { ...data, ...stamp }],
  }),
  FacilityDetailsChanged: (state, { data }) => ({
    ...state,
    capacity: data.capacity ?? state.capacity,
    agency: data.agency ?? state.agency,
    owner: data.owner ?? state.owner,
    village: data.village ?? state.village,
  }),
  FacilityAccused: (state, { data }, stamp) => ({
    ...state,
    accusations: [...state.accusations, { accusationId: data.accusationId, cleared: undefined, ...stamp }],
  }),
  FacilityCleared: (state, { data }, stamp) => ({
    ...state,
    accusations: state.accusations.map((each) =>
      each.accusationId === data.accusationId ? { ...each, cleared: stamp } : each,
    ),
  }),
  ClosingDateSet: (state, { data }) => ({ ...state, closesOn: data.closesOn }),
  UndecidedCounted: (state, { data }) => ({ ...state, undecided: data.undecided }),
};

function apply(state: KnownFacility, event: FacilityEvent, stamp: Stamp, recordedAt: Instant): KnownFacility {
  const handler = own[event.type as OwnEvents] as
    ((state: KnownFacility, event: FacilityEvent, stamp: Stamp) => KnownFacility) | undefined;
  if (handler !== undefined) return handler(state, event, stamp);
  return applyDeadlineEvent(state, event as DeadlineEvent, stamp.version, recordedAt);
}
