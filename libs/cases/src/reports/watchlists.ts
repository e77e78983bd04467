import { endOfDay, plus, type Instant, type WorkingCalendar } from '#libs/calendar';
import type { WatchlistDefinition, WatchlistMoment, Pathway, StateCode } from '#libs/pathways';
import { momentOfFact } from '../conditions/fact-moment.js';
import { holds } from '../conditions/holds.js';
import { alone, sharesNothing, viewOf, type DecideContext, type View } from '../context.js';
import type { KnownCase, TrackRow } from '../state.js';

/** A list that a case is on by its record, and the moment from which it counts, which may lie ahead. */
export interface Watchlist {
  watchlist: string;
  since: Instant;
}

/** Every list of the pathway that the case belongs on: a pure function of the record, whenever it is asked. */
export function watchlistsOf(state: KnownCase, pathway: Pathway, calendar: WorkingCalendar): Watchlist[] {
  const view = byTheRecord(state, pathway, calendar);
  return Object.entries(pathway.definition.watchlists ?? {}).flatMap(([watchlist, definition]) => {
    if (!isAmong(definition.states, state, pathway) || !isMet(definition, view)) return [];
    const since = sinceWhen(definition, state, calendar.zone);
    return since === undefined ? [] : [{ watchlist, since }];
  });
}

/** In one of these states; where none are named, in any that is not an end. */
export function isAmong(states: StateCode[] | undefined, { enrolment }: KnownCase, { definition }: Pathway): boolean {
  if (enrolment === undefined) return false;
  return states === undefined
    ? definition.states[enrolment.state]?.terminal !== true
    : states.includes(enrolment.state);
}

/** Lint sees to it that no watchlist asks for the time, the child's age or who asks: any time and anybody will do. */
function byTheRecord(state: KnownCase, pathway: Pathway, calendar: WorkingCalendar): View {
  const now = state.openedAt;
  const actor = { id: '', roles: [], agency: '' };
  const context: DecideContext = {
    now,
    actor,
    pathway: () => pathway,
    common: pathway.common,
    calendar,
    birthDate: undefined,
    person: alone,
    staff: () => undefined,
    facility: () => undefined,
    shutOut: [],
    sharing: () => sharesNothing,
  };
  return viewOf(state, context, now);
}

const isMet = ({ when }: WatchlistDefinition, view: View): boolean => when === undefined || holds(when, view);

function sinceWhen({ from }: WatchlistDefinition, state: KnownCase, zone: string): Instant | undefined {
  return from
    .map((moment) => {
      const start = startOf(moment, state, zone);
      const after = 'after' in moment ? moment.after : undefined;
      return start === undefined || after === undefined ? start : plus(start, after, zone);
    })
    .filter((since) => since !== undefined)
    .toSorted()
    .at(0);
}

function startOf(moment: WatchlistMoment, state: KnownCase, zone: string): Instant | undefined {
  if ('deadline' in moment) return dueTime(moment.deadline, state);
  if ('fact' in moment) return momentOfFact(state.facts[moment.fact], zone)?.latest;
  if ('track' in moment) return unbroken(state.tracks[moment.track.id] ?? [], moment.track.in);
  if ('taken' in moment) {
    return state.enrolment?.taken.filter(({ transition }) => moment.taken.includes(transition)).at(-1)?.at;
  }
  if ('opened' in moment) return state.openedAt;
  const reviewOn = state.decisions.at(-1)?.reviewOn;
  return reviewOn === undefined ? undefined : endOfDay(reviewOn, zone);
}

function dueTime(definition: string, { deadlines }: KnownCase): Instant | undefined {
  return Object.values(deadlines)
    .filter((deadline) => deadline.definition === definition && deadline.status === 'armed')
    .map(({ dueAt }) => dueAt)
    .toSorted()
    .at(0);
}

/** Moved from one of the states to another, or to another place, the row has been in them all the time. */
function unbroken(rows: TrackRow[], states: StateCode[]): Instant | undefined {
  return rows
    .filter(({ state }) => states.includes(state))
    .map(({ history }) => history[history.findLastIndex(({ state }) => !states.includes(state)) + 1]?.at)
    .filter((at) => at !== undefined)
    .toSorted()
    .at(0);
}
