import type { CaseEvent, CaseEventType, NewNames, Recorded } from '../events.js';
import { renamedDeadline, renamedState, renamedTrackState } from './names.js';

/**
 * What happened to a case, told as if it had always been under the version it was moved to last. Deadline events are left
 * out: they are what the telling is to find out.
 */
export function translated(history: readonly Recorded[]): Recorded[] {
  const told: Recorded[] = [];
  const later: NewNames[] = [];
  let pathway: string | undefined;
  for (const recorded of history.toReversed()) {
    const { event } = recorded;
    if (isDeadlineEvent(event)) continue;
    told.push({
      ...recorded,
      event: later.reduce((each, names) => renamedIn(each, names), withPathway(event, pathway)),
    });
    if (event.type === 'CaseMigrated') {
      pathway ??= event.data.to;
      later.unshift(event.data.renamed);
    }
  }
  return told.reverse();
}

const deadlineEvents: readonly CaseEventType[] = [
  'DeadlineArmed',
  'DeadlineAwaited',
  'DeadlineDismissed',
  'DeadlineMet',
  'DeadlineCancelled',
  'DeadlinePaused',
  'DeadlineExtended',
  'RungReached',
  'EscalationRaised',
];

const isDeadlineEvent = ({ type }: CaseEvent): boolean => deadlineEvents.includes(type);

/** Enrolled in, or moved to, the last version at once. */
function withPathway(event: CaseEvent, pathway: string | undefined): CaseEvent {
  if (event.type === 'CaseMigrated')
    return { ...event, data: { ...event.data, to: pathway ?? event.data.to, renamed: none } };
  if (event.type !== 'CaseEnrolled' || pathway === undefined) return event;
  return { ...event, data: { ...event.data, pathway } };
}

const none: NewNames = { states: {}, tracks: {}, deadlines: {} };

function renamedIn(event: CaseEvent, names: NewNames): CaseEvent {
  switch (event.type) {
    case 'CaseEnrolled':
      return { ...event, data: { ...event.data, state: renamedState(names, event.data.state) } };
    case 'TransitionTaken': {
      const { from, to } = event.data;
      return { ...event, data: { ...event.data, from: renamedState(names, from), to: renamedState(names, to) } };
    }
    case 'TrackMoved': {
      const { track, from, to } = event.data;
      const now = (state: string) => renamedTrackState(names, track, state);
      return { ...event, data: { ...event.data, to: now(to), ...(from === undefined ? {} : { from: now(from) }) } };
    }
    case 'CaseMigrated': {
      const anew = event.data.anew.flatMap((id) => renamedDeadline(names, id) ?? []);
      return { ...event, data: { ...event.data, anew } };
    }
    default:
      return event;
  }
}
